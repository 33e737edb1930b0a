package dev.rookery.daemon.internal.http;

import dev.rookery.api.Content;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers. Called on the event loop; a body that is only a stream is pumped by a worker at the client's speed. */
final class ResponseWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Edge edge;
    private final WriteGate gate;

    ResponseWriter(Edge edge, WriteGate gate) {
        this.edge = edge;
        this.gate = gate;
    }

    /**
     * Writes an answer.
     *
     * @param done told on the event loop whether everything was handed to the kernel
     */
    void write(ChannelHandlerContext ctx, Exchange exchange, Response response, Consumer<Boolean> done) {
        if (response.content() != null) {
            writeContent(ctx, exchange, response, response.content(), done);
            return;
        }
        var status = HttpResponseStatus.valueOf(response.status());
        var full = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(response.bytes()));
        addHeaders(full.headers(), exchange, response);
        if (response.status() != HttpResponseStatus.NO_CONTENT.code()) {
            full.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.bytes().length);
        }
        report(ctx.writeAndFlush(full), done);
    }

    /** Closes what an answer that nobody gets holds. */
    static void discard(Response response) {
        if (response.content() != null) {
            close(response.content());
        }
    }

    private void addHeaders(HttpHeaders headers, Exchange exchange, Response response) {
        edge.headers().addTo(headers, exchange.origin(), exchange.requestId);
        if (exchange.guarded) {
            edge.headers().addProtected(headers);
        }
        response.headers().forEach(headers::set);
        if (!exchange.keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (!exchange.head.protocolVersion().isKeepAliveDefault()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private void writeContent(
            ChannelHandlerContext ctx, Exchange exchange, Response response, Content content, Consumer<Boolean> done) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
        var size = content.sizeBytes();
        if (size.isPresent()) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, size.getAsLong());
        } else if (exchange.head.protocolVersion().isKeepAliveDefault()) {
            HttpUtil.setTransferEncodingChunked(head, true);
        } else {
            // HTTP/1.0 knows the end of such a body by the end of the connection.
            exchange.keepAlive = false;
        }
        addHeaders(head.headers(), exchange, response);
        ctx.write(head);
        var file = content.file();
        if (HttpMethod.HEAD.equals(exchange.head.method())) {
            close(content);
            report(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), done);
        } else if (content instanceof FilePart part) {
            closeAfter(writeFile(ctx, part.channel(), part.from(), part.count()), content, done);
        } else if (file.isPresent() && size.isPresent()) {
            closeAfter(writeFile(ctx, file.get(), 0, size.getAsLong()), content, done);
        } else {
            ctx.flush();
            pump(ctx, content, done);
        }
    }

    private static void closeAfter(ChannelFuture written, Content content, Consumer<Boolean> done) {
        report(written, sent -> {
            close(content);
            done.accept(sent);
        });
    }

    private static ChannelFuture writeFile(ChannelHandlerContext ctx, FileChannel file, long from, long size) {
        if (size > 0 && ctx.pipeline().get(SslHandler.class) == null) {
            ctx.write(new DefaultFileRegion(file, from, size));
        } else if (size > 0) {
            return ctx.writeAndFlush(new HttpChunkedInput(new FileChunks(file, from, size)));
        }
        return ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void pump(ChannelHandlerContext ctx, Content content, Consumer<Boolean> done) {
        try {
            edge.workers().execute(() -> {
                boolean whole = copy(ctx, content);
                close(content);
                ctx.executor().execute(() -> {
                    if (whole) {
                        report(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), done);
                    } else {
                        done.accept(false);
                    }
                });
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("dropped an answer while closing", e);
            close(content);
            done.accept(false);
        }
    }

    private boolean copy(ChannelHandlerContext ctx, Content content) {
        try {
            var in = content.stream();
            long left = content.sizeBytes().orElse(Long.MAX_VALUE);
            while (left > 0) {
                if (!gate.await(() -> true)) {
                    return false;
                }
                var chunk = ctx.alloc().buffer(CHUNK_BYTES);
                int count;
                try {
                    count = chunk.writeBytes(in, (int) Math.min(CHUNK_BYTES, left));
                } catch (IOException | RuntimeException e) {
                    chunk.release();
                    throw e;
                }
                if (count < 0) {
                    chunk.release();
                    return content.sizeBytes().isEmpty();
                }
                left -= count;
                ctx.writeAndFlush(new DefaultHttpContent(chunk));
            }
            return true;
        } catch (IOException | RuntimeException e) {
            // The status line has left: all that can be done is to cut the body short.
            LOG.warn("an answer's body failed on its way", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void report(ChannelFuture written, Consumer<Boolean> done) {
        written.addListener(future -> {
            if (!future.isSuccess()) {
                LOG.debug("an answer did not reach its client: {}", String.valueOf(future.cause()));
            }
            done.accept(future.isSuccess());
        });
    }

    private static void close(Content content) {
        try {
            content.close();
        } catch (IOException e) {
            LOG.warn("cannot close an answer's body", e);
        }
    }
}
