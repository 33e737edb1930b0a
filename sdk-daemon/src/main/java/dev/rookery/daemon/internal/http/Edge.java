package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.node.Node;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.TokenVerifier;
import io.netty.channel.group.ChannelGroup;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What all connections of an edge share.
 *
 * @param node who answers
 * @param credentials what the panel knows us by
 * @param tokens judges the tokens of browsers
 * @param options how we listen
 * @param handlers the answers
 * @param headers the headers of every answer
 * @param workers runs everything that may block
 * @param clock tells the time
 * @param channels the open connections
 * @param sockets counts console sockets
 */
record Edge(
        Node node,
        NodeCredentials credentials,
        TokenVerifier tokens,
        HttpEdgeOptions options,
        Handlers handlers,
        CommonHeaders headers,
        Executor workers,
        Clock clock,
        ChannelGroup channels,
        SocketCounts sockets) {

    Edge(
            Node node,
            NodeCredentials credentials,
            HttpEdgeOptions options,
            Executor workers,
            Clock clock,
            ChannelGroup channels) {
        this(
                node,
                credentials,
                TokenVerifier.builder(credentials, clock).build(),
                options,
                new Handlers(node),
                new CommonHeaders(options, credentials, node.as(Caller.panel()).capabilities()),
                workers,
                clock,
                channels,
                new SocketCounts(options.limits().socketsPerServer()));
    }

    HttpEdgeLimits limits() {
        return options.limits();
    }
}
