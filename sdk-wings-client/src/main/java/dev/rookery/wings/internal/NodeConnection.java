package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.FileDialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.api.dialect.NodeRoute;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeMachine;
import dev.rookery.api.node.NodeTransfers;
import dev.rookery.api.permission.Permission;
import dev.rookery.wings.NodeDeadlines;
import dev.rookery.wings.calagopus.CalagopusNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** A node behind HTTP, asked by one caller within one set of bounds: what all groups of calls are made with. Immutable. */
public final class NodeConnection {

    private final NodeSettings settings;
    private final Caller caller;
    private final CallOptions options;

    /** Creates the connection; nothing is sent yet. */
    public NodeConnection(NodeSettings settings, Caller caller, CallOptions options) {
        this.settings = settings;
        this.caller = caller;
        this.options = options;
    }

    /** Returns the same node asked by someone else. */
    public NodeConnection as(Caller other) {
        return new NodeConnection(settings, other, options);
    }

    /** Returns the same node within other bounds. */
    public NodeConnection with(CallOptions other) {
        return new NodeConnection(settings, caller, other);
    }

    /** Returns what the node speaks; asks it unless that is known. */
    public Dialect dialect() {
        return settings.flavour().dialect().orElseGet(() -> {
            try {
                askSystem();
            } catch (RookeryException e) {
                // An error of the daemon itself shows its dialect too.
                return settings.flavour().dialect().orElseThrow(() -> e);
            }
            return settings.flavour().dialect().orElse(Dialect.PELICAN);
        });
    }

    /**
     * Asks the node which groups of calls it has. What it announces is the whole list if it names one of its dialect's own, and what it has
     * beyond them otherwise.
     */
    public Set<Capability> capabilities() {
        var announced = Flavour.capabilities(askSystem().headers());
        var usual = NodeDialect.of(dialect()).capabilities();
        if (announced.stream().anyMatch(usual::contains)) {
            return announced;
        }
        var all = new LinkedHashSet<>(usual);
        all.addAll(announced);
        return Set.copyOf(all);
    }

    /** Returns a handle for one server. */
    public HttpNodeServer server(ServerId id) {
        return new HttpNodeServer(this, id);
    }

    /** Returns the node's machine. */
    public NodeMachine machine() {
        return new HttpNodeMachine(this);
    }

    /** Returns the receiving side of transfers. */
    public NodeTransfers transfers() {
        return new HttpNodeTransfers(this);
    }

    /** Returns what only nodes of Calagopus offer. */
    public CalagopusNode calagopus() {
        return new CalagopusNodeCalls(ExtraCalls.of(this, Dialect.CALAGOPUS));
    }

    /** Begins a call that a node answers at once. */
    RemoteCall query(NodeCall call, String... arguments) {
        return call(call, deadlines().query(), arguments);
    }

    /** Begins a call during which a node asks its panel or works on containers. */
    RemoteCall slow(NodeCall call, String... arguments) {
        return call(call, deadlines().slow(), arguments);
    }

    /** Begins a call during which a node works on files. */
    RemoteCall work(NodeCall call, String... arguments) {
        return call(call, deadlines().work(), arguments);
    }

    /** Begins a call that may take as long as bytes flow. */
    RemoteCall streaming(NodeCall call, String... arguments) {
        return call(call, Duration.ZERO, arguments);
    }

    /**
     * Checks that the node has a call, without making it.
     *
     * @throws NotOfferedException if it does not
     */
    void requireCall(NodeCall call) {
        route(call);
    }

    private RemoteCall call(NodeCall call, Duration deadline, String... arguments) {
        var endpoint = Endpoint.of(call, route(call));
        return RemoteCall.of(endpoint, endpoint.url(base(), arguments).build(), deadline);
    }

    /** Says where the node offers a call; asks what it speaks only where that makes a difference. */
    private NodeRoute route(NodeCall call) {
        if (settings.flavour().dialect().isEmpty()) {
            var common = NodeDialect.common(call);
            if (common.isPresent()) {
                return common.get();
            }
        }
        var spoken = dialect();
        return NodeDialect.of(spoken)
                .route(call)
                .or(() -> announced(call))
                .orElseThrow(() -> settings.transport().failures().notOffered(call, spoken));
    }

    private Optional<NodeRoute> announced(NodeCall call) {
        return call.capability()
                .filter(settings.flavour().announced()::contains)
                .flatMap(capability -> NodeDialect.announced(call));
    }

    Answer ask(RemoteCall call) {
        try {
            return settings.transport().exchange(call, options);
        } catch (NotOfferedException e) {
            settings.flavour().missed();
            throw e;
        }
    }

    OpenAnswer open(RemoteCall call) {
        try {
            return settings.transport().open(call, options);
        } catch (NotOfferedException e) {
            settings.flavour().missed();
            throw e;
        }
    }

    Answer askSystem() {
        return ask(query(NodeCall.SYSTEM));
    }

    /** Returns whether the node is one of Nexus, which is never found out but always told. */
    boolean nexus() {
        return settings.flavour().dialect().filter(Dialect.NEXUS::equals).isPresent();
    }

    NodeDialect nodeDialect() {
        return NodeDialect.of(dialect());
    }

    FileDialect fileDialect() {
        return FileDialect.of(dialect());
    }

    /** Returns the files of the node's dialect if that is known, for bodies that are alike in all of them. */
    FileDialect anyFileDialect() {
        return FileDialect.of(settings.flavour().dialect().orElse(Dialect.PELICAN));
    }

    NodeSettings settings() {
        return settings;
    }

    Caller caller() {
        return caller;
    }

    CallOptions options() {
        return options;
    }

    HttpUrl base() {
        return settings.base();
    }

    NodeDeadlines deadlines() {
        return settings.deadlines();
    }

    Path spoolDirectory() {
        return settings.profile().spoolDirectory();
    }

    void require(Permission permission) {
        caller.require(permission, settings.clock().instant());
    }

    boolean may(Permission permission) {
        return caller.may(permission, settings.clock().instant());
    }

    void requirePanel(String what) {
        if (caller instanceof Caller.User user) {
            throw new DeniedException("user " + user.user() + " may not " + what + " (expected: the panel itself)");
        }
    }
}
