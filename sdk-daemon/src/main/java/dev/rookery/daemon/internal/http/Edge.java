package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.node.Node;
import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.api.token.TokenVerifier;
import io.netty.channel.group.ChannelGroup;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.Executor;

/** What all connections of an edge share. Thread-safe. */
final class Edge {

    private final Node node;
    private final RotatingCredentials credentials;
    private final HttpEdgeOptions options;
    private final Executor workers;
    private final Clock clock;
    private final ChannelGroup channels;
    private final Manner manner;
    private final TokenVerifier tokens;
    private final Routes routes;
    private final CommonHeaders headers;
    private final OpenConsoles consoles;
    private final TextFrames frames;
    private final DetailsWriter details;
    private final Set<NodeCall> prompt;
    private final EdgeListener listener;
    private final Handlers handlers;

    /**
     * Creates what connections share.
     *
     * @param node who answers
     * @param credentials what the panel knows us by
     * @param options how we listen
     * @param workers runs everything that may block
     * @param clock tells the time
     * @param channels the open connections
     * @param prompt calls that never block
     * @param listener hears what browsers did
     */
    Edge(
            Node node,
            RotatingCredentials credentials,
            HttpEdgeOptions options,
            Executor workers,
            Clock clock,
            ChannelGroup channels,
            Set<NodeCall> prompt,
            EdgeListener listener) {
        this.node = node;
        this.credentials = credentials;
        this.options = options;
        this.workers = workers;
        this.clock = clock;
        this.channels = channels;
        this.prompt = Set.copyOf(prompt);
        this.listener = listener;
        manner = new Manner(options.dialect());
        tokens = TokenVerifier.builder(credentials, clock)
                .dialect(options.dialect())
                .acceptUnscoped(manner.acceptsUnscopedTokens())
                // Denials live as long as the edge: a token of before may have been taken back. In whole seconds, as
                // tokens have them, so that one made right after the start is good.
                .startedAt(clock.instant().truncatedTo(ChronoUnit.SECONDS))
                .build();
        routes = new Routes(options.dialect(), node.as(Caller.panel()).capabilities());
        headers = new CommonHeaders(options, credentials, routes.capabilities());
        consoles = new OpenConsoles(
                manner.limitsConsoles() ? options.limits().socketsPerServer() : Integer.MAX_VALUE,
                options.limits().waitingSocketsPerServer());
        frames = new TextFrames(manner.events());
        details = new DetailsWriter(manner);
        handlers = new Handlers(this);
    }

    Node node() {
        return node;
    }

    RotatingCredentials credentials() {
        return credentials;
    }

    HttpEdgeOptions options() {
        return options;
    }

    HttpEdgeLimits limits() {
        return options.limits();
    }

    Executor workers() {
        return workers;
    }

    Clock clock() {
        return clock;
    }

    ChannelGroup channels() {
        return channels;
    }

    /** Returns how the dialect differs. */
    Manner manner() {
        return manner;
    }

    /** Returns who judges the tokens of browsers. */
    TokenVerifier tokens() {
        return tokens;
    }

    /** Returns what is served. */
    Routes routes() {
        return routes;
    }

    /** Returns the headers of every answer. */
    CommonHeaders headers() {
        return headers;
    }

    /** Returns the console sockets. */
    OpenConsoles consoles() {
        return consoles;
    }

    /** Returns who writes what consoles say. */
    TextFrames frames() {
        return frames;
    }

    /** Returns who writes the details of servers. */
    DetailsWriter details() {
        return details;
    }

    /** Returns whether the node answers a call from memory, without blocking. */
    boolean prompt(NodeCall call) {
        return prompt.contains(call);
    }

    /** Returns who hears what browsers did. */
    EdgeListener listener() {
        return listener;
    }

    /** Returns the answers. */
    Handlers handlers() {
        return handlers;
    }
}
