package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.RemoteDownloads;
import java.util.Map;

/** Answers the requests for files from elsewhere. Blocks. Source: node API §2.5. */
final class DownloadHandlers {

    private final Manner manner;
    private final FileFailures failures;

    DownloadHandlers(Manner manner) {
        this.manner = manner;
        this.failures = new FileFailures(manner);
    }

    void addTo(Map<NodeCall, ServerCall> calls) {
        calls.put(
                NodeCall.LIST_DOWNLOADS,
                (server, request) -> Response.written(
                        200, manner.files().writeDownloads(downloads(server).list())));
        calls.put(NodeCall.START_DOWNLOAD, this::start);
        calls.put(NodeCall.CANCEL_DOWNLOAD, (server, request) -> {
            downloads(server).cancel(request.argument());
            return Response.empty(204);
        });
    }

    private Response start(NodeServer server, Request request) {
        var downloads = downloads(server);
        var body = JsonBody.of(request).as(FileRequests.Download.class);
        if (body.root().isEmpty() || body.url().isEmpty()) {
            return Failures.badBody(request.requestId());
        }
        RemoteDownloadRequest order;
        try {
            order = body.request();
        } catch (InvalidInputException e) {
            return Failures.said(400, "An error occurred while parsing that URL: " + e.getMessage(), e);
        }
        try {
            return body.foreground()
                    ? Response.json(200, downloads.fetch(order))
                    : Response.json(202, new Json.Obj(Map.of("identifier", new Json.Text(downloads.start(order)))));
        } catch (InvalidInputException e) {
            return failures.general(e, request);
        }
    }

    private static RemoteDownloads downloads(NodeServer server) {
        server.details();
        return server.files().downloads();
    }
}
