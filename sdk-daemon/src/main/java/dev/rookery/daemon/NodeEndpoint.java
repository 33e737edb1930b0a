package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.node.Node;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.internal.http.HttpEdge;
import dev.rookery.daemon.internal.http.HttpEdgeOptions;
import dev.rookery.daemon.internal.http.TrustedProxies;
import dev.rookery.daemon.internal.machine.HostFacts;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * Serves any {@link Node} over HTTP as a Wings-compatible node: to panels, to browsers with signed URLs and consoles, and to other nodes.
 * A {@link Daemon} has one of its own; this is for nodes that are not a daemon.
 *
 * <p>Thread-safe. The node is called on threads of the endpoint, never on an event loop; closing the endpoint does not close the node.
 *
 * <pre>{@code
 * try (var endpoint = NodeEndpoint.builder(node, credentials).panelUrl("https://panel.example.com").build()) {
 *     endpoint.start();
 *     ...
 * }
 * }</pre>
 */
public final class NodeEndpoint implements AutoCloseable {

    private final ApiOptions api;
    private final HttpEdge edge;

    private NodeEndpoint(Builder builder) {
        this.api = builder.api;
        if (api.selfSigned() && api.tls().isEmpty()) {
            throw new InvalidInputException(
                    "api.selfSigned: true (expected: certificate and key; only a daemon has a place for its own)");
        }
        this.edge = HttpEdge.builder(
                        builder.node,
                        builder.credentials,
                        edgeOptions(builder.api, builder.api.tls(), builder.panelUrl))
                .clock(builder.clock)
                .build();
    }

    /**
     * Returns a builder.
     *
     * @param node who answers
     * @param credentials what the panel knows the node by
     */
    public static Builder builder(Node node, NodeCredentials credentials) {
        return new Builder(node, credentials);
    }

    /**
     * Begins to listen. Repeating has no effect.
     *
     * @throws IOException if the address is not free, or certificate and key cannot be used
     */
    public void start() throws IOException {
        edge.start();
    }

    /**
     * Returns where it can be reached from this machine, without a path.
     *
     * @throws IllegalStateException if it is not running
     */
    public URI url() {
        var host = api.host().equals("0.0.0.0") || api.host().equals("::") ? "127.0.0.1" : api.host();
        var literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create((api.tls().isPresent() ? "https" : "http") + "://" + literal + ":" + edge.port());
    }

    /** Stops to listen and lets running requests finish. Repeating has no effect. */
    @Override
    public void close() {
        edge.close();
    }

    static HttpEdgeOptions edgeOptions(ApiOptions api, Optional<ApiOptions.Tls> tls, String panelUrl) {
        return HttpEdgeOptions.builder()
                .host(api.host())
                .port(api.port())
                .tls(tls.map(files -> new HttpEdgeOptions.Tls(files.certificate(), files.key())))
                .panelUrl(panelUrl)
                .allowedOrigins(api.allowedOrigins())
                .trustedProxies(TrustedProxies.of(api.trustedProxies()))
                .allowPrivateNetwork(api.privateNetworkAllowed())
                .version(HostFacts.version())
                .dialect(api.dialect())
                .uploadLimitBytes((long) api.uploadLimitMebibytes() << 20)
                .build();
    }

    /** Collects what an endpoint needs. */
    public static final class Builder {

        private final Node node;
        private final NodeCredentials credentials;
        private ApiOptions api = ApiOptions.builder().build();
        private String panelUrl = "";
        private Clock clock = Clock.systemUTC();

        private Builder(Node node, NodeCredentials credentials) {
            this.node = requireNonNull(node, "node");
            this.credentials = requireNonNull(credentials, "credentials");
        }

        /** Sets how to listen and to speak; by default on every address at port 8080, like Pelican's daemon. */
        public Builder api(ApiOptions api) {
            this.api = requireNonNull(api, "api");
            return this;
        }

        /** Sets the panel's URL, whose pages may open consoles; by default none may. */
        public Builder panelUrl(String panelUrl) {
            this.panelUrl = requireNonNull(panelUrl, "panelUrl");
            return this;
        }

        /** Sets the clock that tokens are judged by, the system's by default. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Returns an endpoint that does not listen yet. */
        public NodeEndpoint build() {
            return new NodeEndpoint(this);
        }
    }
}
