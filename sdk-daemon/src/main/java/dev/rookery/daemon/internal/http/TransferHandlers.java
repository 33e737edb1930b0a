package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.NodeTransfers;
import dev.rookery.api.token.TokenRefusal;
import dev.rookery.api.token.TokenRefusedException;
import dev.rookery.api.transfer.IncomingTransfer;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes servers from other nodes. Blocks. Source: node API §2.7. */
final class TransferHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(TransferHandlers.class);
    private static final String POOL = "X-Storage-Pool";
    private static final String BEARER = "Bearer ";
    private static final String NOT_MOVING = "Server is not currently being transferred.";

    private final Edge edge;

    TransferHandlers(Edge edge) {
        this.edge = edge;
    }

    Response receive(Request request) throws IOException {
        var header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (header == null || !header.startsWith(BEARER)) {
            return Response.error(401, edge.manner().noTransferToken()).header("WWW-Authenticate", "Bearer");
        }
        ServerId server;
        try {
            server = edge.tokens().transfer(header.substring(BEARER.length())).server();
        } catch (TokenRefusedException e) {
            return e.reason() == TokenRefusal.SCOPE
                    ? Failures.said(403, "Forbidden.", e)
                    : Failures.said(500, Failures.UNEXPECTED, e, request);
        }
        var arriving = arriving(request);
        if (arriving == null) {
            return Failures.unexpected(request.requestId());
        }
        return receive(server, arriving, request);
    }

    Response cancel(Request request) {
        try {
            transfers(request).cancel(request.serverId());
            return Response.empty(202);
        } catch (ConflictException e) {
            return Failures.said(409, NOT_MOVING, e);
        }
    }

    private Response receive(ServerId server, ArrivingServer arriving, Request request) throws IOException {
        var pool = Optional.ofNullable(request.headers().get(POOL)).filter(name -> !name.isBlank());
        var transfer = new IncomingTransfer(
                server, arriving.archive(), arriving.backups(), Optional.of(arriving.installLog()), pool);
        transfers(request).receive(transfer);
        try {
            if (pool.isEmpty() || arriving.begun()) {
                arriving.verifyRest();
            }
        } catch (IOException e) {
            LOG.warn("server {} arrived, but not whole: {}", server, e.getMessage());
            return Failures.unexpected(request.requestId());
        }
        return Response.empty(200);
    }

    private @Nullable ArrivingServer arriving(Request request) throws IOException {
        if (!(request.body() instanceof Request.Streamed body)) {
            return null;
        }
        return Multipart.of(request.headers().get(HttpHeaderNames.CONTENT_TYPE), body.content().stream())
                .map(parts -> new ArrivingServer(parts, edge.manner().transferParts()))
                .orElse(null);
    }

    private NodeTransfers transfers(Request request) {
        return edge.node().as(Caller.panel()).with(request.options()).transfers();
    }
}
