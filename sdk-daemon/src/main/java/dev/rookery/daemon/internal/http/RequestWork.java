package dev.rookery.daemon.internal.http;

import dev.rookery.api.Content;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.NodeCall;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The blocking part of a request, for a worker: asks the node and hands over exactly one outcome. */
final class RequestWork implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestWork.class);

    private final Edge edge;
    private final Exchange exchange;
    private final Routes.Match match;
    private final Consumer<Outcome> done;

    RequestWork(Edge edge, Exchange exchange, Routes.Match match, Consumer<Outcome> done) {
        this.edge = edge;
        this.exchange = exchange;
        this.match = match;
        this.done = done;
    }

    @Override
    public void run() {
        try {
            AccessLog.tagged(exchange.correlationId, match.server(), () -> done.accept(outcome()));
        } finally {
            if (exchange.streamed != null) {
                exchange.streamed.close();
            }
        }
    }

    private Outcome outcome() {
        var request = request();
        try {
            return match.call() == NodeCall.CONSOLE
                    ? console(request)
                    : new Answer(edge.handlers().handle(request));
        } catch (RookeryException e) {
            LOG.debug("{}: {}", match, e.toString(), e);
            return new Answer(Failures.response(e, request));
        } catch (RuntimeException | IOException | Error e) {
            // Also where memory or a library is missing: whoever waits for the answer must not wait for ever.
            LOG.error("{} failed, request {}", match, exchange.requestId, e);
            return new Answer(Failures.unexpected(exchange.requestId));
        }
    }

    private Request request() {
        var length = HttpUtil.getContentLength(exchange.head, -1L);
        Request.Body body = exchange.streamed == null
                ? new Request.Held(exchange.heldBody())
                : new Request.Streamed(Content.of(exchange.streamed, length));
        Map<String, List<String>> query = exchange.target == null ? Map.of() : exchange.target.parameters();
        return new Request(
                match, query, exchange.head.headers(), body, exchange.requestId, exchange.client, exchange.options());
    }

    /** Source: node API §4.1. */
    private Outcome console(Request request) {
        var id = request.serverId();
        var details = edge.node().with(exchange.options()).server(id).details();
        if (!exchange.head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            return new Answer(Response.text(400, Response.TEXT_UTF8, "Bad Request\n"));
        }
        if (!edge.headers().mayConnect(exchange.origin())) {
            var generic = Response.error(403, Failures.UNEXPECTED, exchange.requestId);
            var body = "Forbidden\n" + new String(generic.bytes(), StandardCharsets.UTF_8);
            return new Answer(Response.text(403, Response.TEXT_UTF8, body));
        }
        return edge.consoles().full(id)
                ? new Answer(Response.error(400, "Too many open websocket connections."))
                : new Upgrade(id, details.suspended() && edge.manner().shutsSuspendedConsoles());
    }

    /** What came of it. */
    sealed interface Outcome {}

    /**
     * An answer.
     *
     * @param response the answer
     */
    record Answer(Response response) implements Outcome {}

    /**
     * The connection becomes a console socket.
     *
     * @param server whose console
     * @param suspended whether it is closed at once
     */
    record Upgrade(ServerId server, boolean suspended) implements Outcome {}
}
