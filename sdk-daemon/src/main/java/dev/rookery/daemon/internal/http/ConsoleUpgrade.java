package dev.rookery.daemon.internal.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns an HTTP connection into a console socket. Runs on the event loop. Source: node API §4.1. */
final class ConsoleUpgrade {

    /** The largest inbound message. Source: node API §4.2. */
    static final int MAX_MESSAGE_BYTES = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleUpgrade.class);

    private final Edge edge;
    private final Exchange exchange;
    private final RequestWork.Upgrade upgrade;
    private final WriteGate gate;

    ConsoleUpgrade(Edge edge, Exchange exchange, RequestWork.Upgrade upgrade, WriteGate gate) {
        this.edge = edge;
        this.exchange = exchange;
        this.upgrade = upgrade;
        this.gate = gate;
    }

    /**
     * Shakes hands.
     *
     * @param refused gets the answer if the client's half of the handshake is no good
     */
    void start(ChannelHandlerContext ctx, Consumer<Response> refused) {
        var head = exchange.head;
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                head.method(),
                head.uri(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
        var frames = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(edge.manner().consoleMessageBytes())
                .build();
        var handshaker = new WebSocketServerHandshakerFactory(head.uri(), null, frames).newHandshaker(request);
        if (handshaker == null) {
            refused.accept(Response.text(400, Response.TEXT_UTF8, "Bad Request\n"));
            return;
        }
        var headers = new DefaultHttpHeaders();
        edge.headers().addTo(headers, exchange.origin(), exchange.requestId);
        if (edge.manner().pelican()) {
            headers.set("Content-Security-Policy", "default-src 'self'");
            headers.set("X-Frame-Options", "DENY");
        }
        try {
            handshaker
                    .handshake(ctx.channel(), request, headers, ctx.newPromise())
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            open(ctx);
                        } else {
                            LOG.debug("handshake of a console failed: {}", String.valueOf(done.cause()));
                            ctx.close();
                        }
                    });
        } catch (WebSocketHandshakeException e) {
            LOG.debug("refused the handshake of a console", e);
            refused.accept(Response.text(400, Response.TEXT_UTF8, "Bad Request\n"));
        }
    }

    private void open(ChannelHandlerContext ctx) {
        AccessLog.log(exchange, 101);
        edge.consoles().await(upgrade.server(), ctx.channel());
        var pipeline = ctx.pipeline();
        pipeline.remove(SlowHeadGuard.class);
        pipeline.remove(IdleStateHandler.class);
        pipeline.addFirst(new IdleStateHandler(
                true, ConsoleSocket.PING_SECONDS, 0, edge.limits().idleTimeout().toSeconds(), TimeUnit.SECONDS));
        pipeline.addLast(new Utf8FrameValidator());
        pipeline.addLast(new WebSocketFrameAggregator(edge.manner().consoleMessageBytes()));
        var session = new ConsoleSession(edge, upgrade.server(), exchange, ctx.channel(), gate);
        pipeline.addLast(new ConsoleSocket(edge, session, gate, upgrade.suspended()));
        pipeline.remove(HttpConnection.class);
        pipeline.remove(FlowControlHandler.class);
        ctx.channel().config().setAutoRead(true);
    }
}
