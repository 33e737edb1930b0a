package dev.rookery.daemon.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request line and headers take too long from their first byte on, however busily the client drips them.
 * Sits below the HTTP codec; runs on the event loop.
 */
final class SlowHeadGuard extends ChannelInboundHandlerAdapter {

    private final Duration timeout;
    private boolean awaiting = true;
    private @Nullable ScheduledFuture<?> timer;

    SlowHeadGuard(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (awaiting && timer == null) {
            timer = ctx.executor().schedule((Runnable) ctx::close, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        headArrived();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        headArrived();
    }

    /** Another request may begin. */
    void awaitHead() {
        awaiting = true;
    }

    /** The headers are there. */
    void headArrived() {
        awaiting = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
