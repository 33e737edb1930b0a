package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeMachine;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.NodeTransfers;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.calagopus.CalagopusNode;
import dev.rookery.wings.internal.HttpNodeServers;
import dev.rookery.wings.internal.NodeConnection;
import dev.rookery.wings.internal.SignedCalls;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A node reached over HTTP: any daemon that speaks the protocol of Wings. Immutable and thread-safe; holds no resources of its own
 * beyond those of the HTTP client it was given, or of the one that all nodes share, so there is nothing to close.
 *
 * <pre>{@code
 * Node node = HttpNode.builder(URI.create("https://node.example:8080"), credentials)
 *         .panelUrl("https://panel.example")
 *         .build();
 * node.server(id).power(PowerAction.START);
 * }</pre>
 *
 * <p><b>Failures.</b> 400, 413, 415, 417 and 422 become {@code InvalidInput}; 401 and 403 {@code Denied}; 404 {@code NotFound}, but
 * {@code NotOffered} if the daemon does not know the call at all; 409 {@code Conflict}; 408 and 504 {@code Deadline}; 429 and other 5xx
 * {@code Unavailable}. A refused power action and a command to a stopped server (502 in Wings) are {@code Conflict}. A plain 500 is
 * {@code Unavailable} too, because Wings answers it to nearly everything that went wrong behind it, from an engine that is down to a
 * panel that did not answer; it is the only kind of {@code Unavailable} that is not tried again by itself. A node of ours names the
 * kind in a header, which wins over the status. {@link dev.rookery.api.RookeryException#answer()} has status and request id.
 *
 * <p><b>Dialects.</b> What the node speaks is told to the builder or found out from its answers, and found out again when they contradict.
 * A call that its dialect lacks throws {@code NotOffered} without being sent. Which dialect has what says {@link
 * dev.rookery.api.dialect.NodeDialect}; quirks of the wire reach no caller.
 *
 * <p><b>Repeating.</b> Reading calls are repeated within {@link NodeDeadlines#retryBudget()}, after network failures, 429 and 502 to 504;
 * nothing else is ever sent twice. Redirects are followed on the same scheme, host and port only.
 *
 * <p><b>Callers.</b> Wings knows the panel and, on the console only, users. So for a {@link Caller.User} the console carries a token of
 * that user, while for all other calls the permission is checked here and the call goes out in the panel's name. Calls for the whole
 * node, and sync and delete, are the panel's alone.
 */
public final class HttpNode implements Node {

    private final NodeConnection connection;

    HttpNode(NodeConnection connection) {
        this.connection = connection;
    }

    /**
     * Returns a builder.
     *
     * @param baseUrl where the node's API is, such as {@code https://node.example:8080}
     * @param credentials what panel and node know each other by
     */
    public static HttpNodeBuilder builder(URI baseUrl, NodeCredentials credentials) {
        return new HttpNodeBuilder(baseUrl, credentials);
    }

    @Override
    public HttpNode as(Caller caller) {
        return new HttpNode(connection.as(requireNonNull(caller, "caller")));
    }

    @Override
    public HttpNode with(CallOptions options) {
        return new HttpNode(connection.with(requireNonNull(options, "options")));
    }

    @Override
    public Set<Capability> capabilities() {
        return connection.capabilities();
    }

    @Override
    public SystemInformation system() {
        return new HttpNodeServers(connection).system();
    }

    @Override
    public List<ServerDetails> servers() {
        return new HttpNodeServers(connection).list();
    }

    @Override
    public void createServer(CreateServer request) {
        new HttpNodeServers(connection).create(requireNonNull(request, "request"));
    }

    @Override
    public NodeServer server(ServerId id) {
        return connection.server(requireNonNull(id, "id"));
    }

    @Override
    public NodeMachine machine() {
        return connection.machine();
    }

    @Override
    public NodeTransfers transfers() {
        return connection.transfers();
    }

    @Override
    public void deauthorize(Deauthorization request) {
        new HttpNodeServers(connection).deauthorize(requireNonNull(request, "request"));
    }

    /** Returns what the node speaks: what the builder was told, or what the node's answers show. Asks the node unless that is known. */
    public Dialect dialect() {
        return connection.dialect();
    }

    /**
     * Returns the calls that only nodes of Calagopus have. Asks the node what it speaks unless that is known.
     *
     * @throws dev.rookery.api.NotOfferedException if it speaks something else
     */
    public CalagopusNode calagopus() {
        return connection.calagopus();
    }

    /**
     * Returns signed URLs of a server, which stand for this node's caller. Making one asks the node what it speaks unless that is known, and
     * nothing else.
     *
     * @param server which server
     */
    public SignedUrls signedUrls(ServerId server) {
        return new SignedUrls(new SignedCalls(connection, requireNonNull(server, "server")));
    }
}
