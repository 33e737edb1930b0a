package dev.rookery.daemon.internal.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket and the pipeline of every connection it accepts.
 *
 * @param channel the listening socket
 * @param loops the event loops
 * @param tls certificate and key, null for plain HTTP
 */
record Listener(
        Channel channel, EventLoopGroup loops, @Nullable TlsFiles tls) {

    private static final int BACKLOG = 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    /** Opens the socket, or leaves nothing behind. */
    static Listener open(Edge edge) throws IOException {
        var files = edge.options().tls();
        var tls = files.isPresent() ? TlsFiles.open(files.get()) : null;
        var transport = Transport.best();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        var loops = transport.eventLoops(threads, "edge-loop");
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.channel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Connections(edge, tls))
                .bind(edge.options().host(), edge.options().port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            var failure = new BindException("cannot listen on " + edge.options().host() + ":"
                    + edge.options().port() + ": " + bound.cause().getMessage());
            failure.initCause(bound.cause());
            throw failure;
        }
        return new Listener(bound.channel(), loops, tls);
    }

    private static final class Connections extends ChannelInitializer<SocketChannel> {

        private final Edge edge;
        private final @Nullable TlsFiles tls;

        Connections(Edge edge, @Nullable TlsFiles tls) {
            this.edge = edge;
            this.tls = tls;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            if (edge.channels().size() >= edge.limits().connections()) {
                channel.close();
                return;
            }
            edge.channels().add(channel);
            var pipeline = channel.pipeline();
            // Notices progress of a single large write too, so that a slow reader is not taken for a dead one.
            pipeline.addLast(
                    new IdleStateHandler(true, 0, 0, edge.limits().idleTimeout().toMillis(), TimeUnit.MILLISECONDS));
            if (tls != null) {
                pipeline.addLast(tls.context().newHandler(channel.alloc()));
            }
            pipeline.addLast(new FlushConsolidationHandler(256, true));
            var headGuard = new SlowHeadGuard(edge.limits().headTimeout());
            pipeline.addLast(headGuard);
            pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                    .setMaxInitialLineLength(MAX_LINE_BYTES)
                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                    .setMaxChunkSize(CHUNK_BYTES)));
            if (tls != null) {
                pipeline.addLast(new ChunkedWriteHandler());
            }
            pipeline.addLast(new FlowControlHandler());
            pipeline.addLast(new HttpConnection(edge, headGuard, new WriteGate(channel)));
        }
    }
}
