package dev.rookery.daemon.internal.http;

import dev.rookery.api.dialect.NodeCall;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection: takes its requests one after the other, reading from the client only what is needed next. Everything here runs
 * on the channel's event loop and never blocks; the answers are made by workers, or here where the node has them in memory.
 */
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    /** How long the rest of a body is read and dropped, so that the client gets to read its answer. */
    private static final long DRAIN_SECONDS = 10;

    private final Edge edge;
    private final SlowHeadGuard headGuard;
    private final WriteGate gate;
    private final ResponseWriter writer;
    private final Gatekeeper gatekeeper;
    private @Nullable Exchange current;
    private boolean readPending;
    private boolean closing;

    HttpConnection(Edge edge, SlowHeadGuard headGuard, WriteGate gate) {
        this.edge = edge;
        this.headGuard = headGuard;
        this.gate = gate;
        this.gatekeeper = new Gatekeeper(edge.credentials(), edge.routes());
        this.writer = new ResponseWriter(edge, gate);
    }

    /** Lets a running request finish and closes the connection then, or at once if there is none. */
    void closeGracefully(ChannelHandlerContext ctx) {
        closing = true;
        var exchange = current;
        if (exchange == null) {
            ctx.close();
        } else {
            exchange.keepAlive = false;
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        readNext(ctx);
        ctx.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        readPending = false;
        if (message instanceof HttpRequest head) {
            begin(ctx, head);
        }
        var exchange = current;
        if (message instanceof HttpContent content && exchange != null) {
            body(ctx, exchange, content);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // A wish to read that brought no whole message is forgotten below us: repeat it.
        if (readPending) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gate.signal();
        if (current != null) {
            current.gone.cancel();
        }
        if (current != null && current.streamed != null) {
            current.streamed.fail(
                    new IOException("the client closed the connection before its whole body had arrived"));
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        gate.signal();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && waitsForClient(ctx)) {
            LOG.debug("closing a connection whose client neither sends nor reads");
            cut(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        if (failure instanceof IOException) {
            LOG.debug("connection lost: {}", failure.toString());
        } else {
            LOG.warn("closing a connection after an unforeseen failure", failure);
        }
        ctx.close();
    }

    /** Closes; what a client does not read is dropped, since the kernel would keep it for long. */
    static void cut(ChannelHandlerContext ctx) {
        var outbound = ctx.channel().unsafe().outboundBuffer();
        if (outbound != null && outbound.totalPendingWriteBytes() > 0) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ctx.close();
    }

    private boolean waitsForClient(ChannelHandlerContext ctx) {
        var exchange = current;
        var outbound = ctx.channel().unsafe().outboundBuffer();
        if (exchange == null || outbound == null || outbound.totalPendingWriteBytes() > 0) {
            return true;
        }
        if (exchange.answered) {
            return exchange.writtenOut;
        }
        if (exchange.streamed != null) {
            return !exchange.streamed.waitsForReader();
        }
        return !exchange.bodyArrived;
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        headGuard.headArrived();
        var exchange = new Exchange(
                head, edge.options().trustedProxies().client(ctx.channel().remoteAddress(), head.headers()));
        current = exchange;
        if (closing) {
            exchange.keepAlive = false;
        }
        if (head.decoderResult().isFailure()) {
            exchange.keepAlive = false;
            exchange.bodyArrived = true;
            answer(ctx, exchange, malformed(head.decoderResult().cause()));
            return;
        }
        var refusal = gatekeeper.check(exchange);
        if (refusal == null && exchange.match != null) {
            refusal = accept(ctx, exchange, exchange.match);
        }
        if (refusal != null) {
            // A client that waits for leave to send its body will not send it now.
            exchange.keepAlive = exchange.keepAlive && !HttpUtil.is100ContinueExpected(head);
            answer(ctx, exchange, refusal);
        }
    }

    /** Prepares for the body; returns an answer if that is not wanted. */
    private @Nullable Response accept(ChannelHandlerContext ctx, Exchange exchange, Routes.Match match) {
        boolean chunked = HttpUtil.isTransferEncodingChunked(exchange.head);
        boolean streamed =
                match.streamed() && (HttpUtil.isContentLengthSet(exchange.head) || (chunked && match.multipart()));
        if (match.streamed() && !streamed && chunked) {
            return Response.error(400, "Missing Content-Length");
        }
        if (!streamed
                && HttpUtil.getContentLength(exchange.head, 0L) > edge.limits().jsonBodyBytes()) {
            return tooLarge();
        }
        if (HttpUtil.is100ContinueExpected(exchange.head)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        if (streamed) {
            exchange.streamed = new RequestBody(() -> ctx.executor().execute(() -> readOn(ctx, exchange)));
            work(ctx, exchange, match);
        } else if (match.call() != NodeCall.CONSOLE) {
            var timeout = edge.limits().idleTimeout();
            ctx.executor().schedule(() -> giveUpBody(ctx, exchange), timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        readNext(ctx);
        return null;
    }

    /** Asks for one more message; at most one request for one is under way, so that nothing of the next exchange comes early. */
    private void readNext(ChannelHandlerContext ctx) {
        if (!readPending) {
            readPending = true;
            ctx.read();
        }
    }

    private void readOn(ChannelHandlerContext ctx, Exchange exchange) {
        if (current == exchange && !exchange.bodyArrived) {
            readNext(ctx);
        }
    }

    private void giveUpBody(ChannelHandlerContext ctx, Exchange exchange) {
        if (current == exchange && !exchange.bodyArrived && !exchange.answered) {
            exchange.keepAlive = false;
            answer(ctx, exchange, Response.error(408, "The request's body did not arrive in time."));
        }
    }

    private void body(ChannelHandlerContext ctx, Exchange exchange, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (content.decoderResult().isFailure()) {
            ctx.close();
            return;
        }
        exchange.bodyArrived |= last;
        if (exchange.answered) {
            drained(ctx, exchange);
        } else if (exchange.streamed != null) {
            stream(ctx, exchange.streamed, content, last);
        } else if (!exchange.hold(content.content(), edge.limits().jsonBodyBytes())) {
            answer(ctx, exchange, tooLarge());
        } else if (last && exchange.match != null) {
            work(ctx, exchange, exchange.match);
        } else {
            readNext(ctx);
        }
    }

    private void stream(ChannelHandlerContext ctx, RequestBody body, HttpContent content, boolean last) {
        boolean more = true;
        if (content.content().isReadable()) {
            more = body.offer(content.content().retain());
        }
        if (last) {
            body.complete();
        } else if (more) {
            readNext(ctx);
        }
    }

    private void work(ChannelHandlerContext ctx, Exchange exchange, Routes.Match match) {
        var work = new RequestWork(
                edge,
                exchange,
                match,
                outcome -> ctx.executor().execute(() -> {
                    if (outcome instanceof RequestWork.Upgrade upgrade) {
                        upgrade(ctx, exchange, upgrade);
                    } else if (outcome instanceof RequestWork.Answer answer) {
                        answer(ctx, exchange, answer.response());
                    }
                }));
        if (edge.prompt(match.call())) {
            work.run();
            return;
        }
        try {
            edge.workers().execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("refused a request while closing", e);
            exchange.keepAlive = false;
            answer(ctx, exchange, Response.error(503, "The node is shutting down.", exchange.requestId));
        }
    }

    private void answer(ChannelHandlerContext ctx, Exchange exchange, Response response) {
        if (exchange.answered) {
            ResponseWriter.discard(response);
            return;
        }
        exchange.answered = true;
        AccessLog.log(exchange, response.status());
        writer.write(ctx, exchange, response, sent -> {
            exchange.writtenOut = true;
            if (!sent) {
                ctx.close();
            } else if (exchange.bodyArrived) {
                finish(ctx, exchange);
            } else {
                ctx.executor().schedule(() -> giveUpDrain(ctx, exchange), DRAIN_SECONDS, TimeUnit.SECONDS);
                readNext(ctx);
            }
        });
    }

    private void giveUpDrain(ChannelHandlerContext ctx, Exchange exchange) {
        if (current == exchange) {
            ctx.close();
        }
    }

    private void drained(ChannelHandlerContext ctx, Exchange exchange) {
        if (exchange.bodyArrived && exchange.writtenOut) {
            finish(ctx, exchange);
        } else if (!exchange.bodyArrived) {
            readNext(ctx);
        }
    }

    private void finish(ChannelHandlerContext ctx, Exchange exchange) {
        if (current != exchange) {
            return;
        }
        current = null;
        if (!exchange.keepAlive || closing) {
            ctx.close();
            return;
        }
        headGuard.awaitHead();
        readNext(ctx);
    }

    private void upgrade(ChannelHandlerContext ctx, Exchange exchange, RequestWork.Upgrade upgrade) {
        exchange.answered = true;
        new ConsoleUpgrade(edge, exchange, upgrade, gate).start(ctx, refusal -> {
            exchange.answered = false;
            answer(ctx, exchange, refusal);
        });
    }

    private static Response tooLarge() {
        return Response.error(413, "The request's body is too large.");
    }

    private static Response malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Response.error(414, "The request line is too long.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Response.error(431, "The request's headers are too long.");
        }
        return Response.error(400, "The request is not valid HTTP.");
    }
}
