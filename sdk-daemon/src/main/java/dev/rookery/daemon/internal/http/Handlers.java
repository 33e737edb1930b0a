package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.dialect.NodeCall;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Answers requests: finds who knows the answer. Blocks: called on worker threads. Source: node API §2. */
final class Handlers {

    private final Edge edge;
    private final NodeHandlers node;
    private final SignedHandlers signed;
    private final TransferHandlers transfers;
    private final Map<NodeCall, ServerCall> calls = new EnumMap<>(NodeCall.class);

    Handlers(Edge edge) {
        this.edge = edge;
        node = new NodeHandlers(edge);
        signed = new SignedHandlers(edge);
        transfers = new TransferHandlers(edge);
        new ServerHandlers(edge).addTo(calls);
        calls.put(NodeCall.CONSOLE_HISTORY, ConsoleHistoryHandler::answer);
        new FileHandlers(edge.manner()).addTo(calls);
        new UploadHandlers(edge.manner()).addTo(calls);
        FileJobHandlers.addTo(calls);
        new ArchiveHandlers(edge.manner()).addTo(calls);
        new DownloadHandlers(edge.manner()).addTo(calls);
        new BackupHandlers(edge.manner()).addTo(calls);
    }

    /** Answers one request. Failures the route does not know better become answers here too. */
    Response handle(Request request) throws IOException {
        try {
            return request.match().ofServer() ? ofServer(request) : ofNode(request);
        } catch (JsonBody.BadBodyException e) {
            return e.response(request.requestId());
        }
    }

    private Response ofNode(Request request) throws IOException {
        return switch (request.match().call()) {
            case SIGNED_DOWNLOAD -> signed.download(request);
            case SIGNED_BACKUP -> signed.backup(request);
            case SIGNED_UPLOAD -> signed.upload(request);
            case RECEIVE_TRANSFER -> transfers.receive(request);
            case CANCEL_RECEIVING -> transfers.cancel(request);
            default -> node.answer(request);
        };
    }

    private Response ofServer(Request request) throws IOException {
        var call = calls.get(request.match().call());
        if (call == null) {
            throw new IllegalStateException("not answered here: " + request.match());
        }
        var server = edge.node().as(Caller.panel()).with(request.options()).server(request.serverId());
        return call.answer(server, request);
    }
}
