package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.ConsoleFrames;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network's side of a console socket: framing, rate limits, time-outs. Runs on the event loop and never blocks; what the frames
 * mean is {@link ConsoleSession}'s matter. Source: node API §4.
 */
final class ConsoleSocket extends SimpleChannelInboundHandler<WebSocketFrame> {

    /** A silent client is asked for a sign of life after this long, and given up after twice as long. */
    static final int PING_SECONDS = 45;

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSocket.class);
    /** Ours to choose (4000 to 4999): the panels know it. */
    private static final WebSocketCloseStatus SUSPENDED = new WebSocketCloseStatus(4409, "server is suspended");

    private final Edge edge;
    private final ConsoleSession session;
    private final WriteGate gate;
    private final boolean suspended;
    private final RateLimits limits = new RateLimits(System::nanoTime);
    private boolean pinged;

    ConsoleSocket(Edge edge, ConsoleSession session, WriteGate gate, boolean suspended) {
        this.edge = edge;
        this.session = session;
        this.gate = gate;
        this.suspended = suspended;
    }

    /** Tells the client that it should come back later. */
    static void closeGracefully(ChannelHandlerContext ctx) {
        close(ctx, new WebSocketCloseStatus(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "node is shutting down"));
    }

    static void close(ChannelHandlerContext ctx, WebSocketCloseStatus status) {
        ctx.writeAndFlush(new CloseWebSocketFrame(status)).addListener(written -> ctx.close());
    }

    /** Returns how a socket is closed when its console ended for the given reason. */
    static WebSocketCloseStatus statusOf(String reason) {
        return reason.contains("suspended")
                ? SUSPENDED
                : new WebSocketCloseStatus(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), shortened(reason));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (suspended) {
            close(ctx, SUSPENDED);
            return;
        }
        var limit = edge.limits().authenticationTimeout();
        ctx.executor()
                .schedule(
                        () -> {
                            if (!session.authenticated() && ctx.channel().isActive()) {
                                close(ctx, new WebSocketCloseStatus(1008, "not authenticated in time"));
                            }
                        },
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        pinged = false;
        if (frame instanceof TextWebSocketFrame text) {
            text(ctx, text.text());
        } else if (frame instanceof PingWebSocketFrame ping) {
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            ctx.writeAndFlush(close.retain()).addListener(written -> ctx.close());
        }
        // Binary frames are dropped, as the Go daemons do.
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gate.signal();
        session.closed();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        // A client that does not read is not listened to either: answers to it would pile up.
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        gate.signal();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent idle) {
            idle(ctx, idle.state());
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        if (failure instanceof TooLongFrameException) {
            close(ctx, WebSocketCloseStatus.MESSAGE_TOO_BIG);
            return;
        }
        if (failure instanceof IOException) {
            LOG.debug("console socket lost: {}", failure.toString());
        } else {
            LOG.debug("closing a console socket", failure);
        }
        ctx.close();
    }

    private void idle(ChannelHandlerContext ctx, IdleState state) {
        var outbound = ctx.channel().unsafe().outboundBuffer();
        boolean stalled = outbound == null || outbound.totalPendingWriteBytes() > 0;
        if (state == IdleState.ALL_IDLE && stalled) {
            LOG.debug("closing a console socket whose client does not read");
            HttpConnection.cut(ctx);
        } else if (state == IdleState.READER_IDLE && pinged) {
            LOG.debug("closing a console socket whose client gives no sign of life");
            ctx.close();
        } else if (state == IdleState.READER_IDLE && !stalled) {
            pinged = true;
            ctx.writeAndFlush(new PingWebSocketFrame());
        }
    }

    private void text(ChannelHandlerContext ctx, String text) {
        if (edge.manner().limitsConsoles() && !passes(ctx, limits.message())) {
            return;
        }
        ConsoleFrames.Frame frame;
        try {
            frame = ConsoleFrames.read(text);
        } catch (InvalidInputException e) {
            // Dropped without an answer, as the Go daemons do.
            LOG.debug("dropped a frame: {}", e.getMessage());
            return;
        }
        if (!edge.manner().limitsConsoles() || passes(ctx, limits.event(frame.event()))) {
            session.receive(frame);
        }
    }

    private static boolean passes(ChannelHandlerContext ctx, RateLimits.Verdict verdict) {
        verdict.announce()
                .ifPresent(name -> ctx.writeAndFlush(
                        new TextWebSocketFrame(ConsoleFrames.write(ConsoleFrames.Frame.of("throttled", name)))));
        return verdict.passed();
    }

    private static String shortened(String reason) {
        // A close frame holds 123 bytes of text at most.
        var plain = reason.replaceAll("[^ -~]", "?");
        return plain.length() <= 120 ? plain : plain.substring(0, 120);
    }
}
