package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.RemoteDownloads;
import java.util.Map;

/** Answers the requests for files from elsewhere. Blocks. Source: node API §2.5. */
final class DownloadHandlers {

    private static final String SWITCHED_OFF = "This functionality is not currently enabled on this instance.";

    private final Manner manner;
    private final FileFailures failures;

    DownloadHandlers(Manner manner) {
        this.manner = manner;
        this.failures = new FileFailures(manner);
    }

    void addTo(Map<NodeCall, ServerCall> calls) {
        calls.put(
                NodeCall.LIST_DOWNLOADS,
                enabled((server, request) -> Response.written(
                        200, manner.files().writeDownloads(downloads(server).list()))));
        calls.put(NodeCall.START_DOWNLOAD, enabled(this::start));
        calls.put(NodeCall.CANCEL_DOWNLOAD, enabled((server, request) -> {
            downloads(server).cancel(request.argument());
            return Response.empty(204);
        }));
    }

    /** Says in the protocol's words that the operator has switched downloads off. */
    private static ServerCall enabled(ServerCall call) {
        return (server, request) -> {
            try {
                return call.answer(server, request);
            } catch (NotOfferedException e) {
                if (SWITCHED_OFF.equals(e.getMessage())) {
                    return Response.error(400, SWITCHED_OFF);
                }
                throw e;
            }
        };
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
