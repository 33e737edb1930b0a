package dev.rookery.daemon.internal.http;

import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.FileJob;
import java.util.Arrays;
import java.util.Map;

/** Answers the requests for jobs with files: our extension. Blocks. */
final class FileJobHandlers {

    private static final String PREFER = "Prefer";
    private static final String RESPOND_ASYNC = "respond-async";

    private FileJobHandlers() {}

    static void addTo(Map<NodeCall, ServerCall> calls) {
        calls.put(NodeCall.LIST_FILE_JOBS, (server, request) -> {
            server.details();
            return Response.json(
                    200, new FileRequests.Jobs(server.files().jobs().list()));
        });
        calls.put(NodeCall.CANCEL_FILE_JOB, (server, request) -> {
            server.details();
            server.files().jobs().cancel(request.argument());
            return Response.empty(204);
        });
    }

    /** Returns whether whoever asks does not want to wait. Source: RFC 7240 §4.1. */
    static boolean asked(Request request) {
        return request.headers().getAll(PREFER).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(value -> value.strip().equalsIgnoreCase(RESPOND_ASYNC));
    }

    static Response accepted(FileJob job) {
        return Response.json(202, job);
    }
}
