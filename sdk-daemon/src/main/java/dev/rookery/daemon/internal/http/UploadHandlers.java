package dev.rookery.daemon.internal.http;

import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.FileUpload;
import dev.rookery.api.node.FileUploads;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Map;

/** Answers the requests for files that come in pieces. Ours. Blocks. */
final class UploadHandlers {

    private final FileFailures failures;

    UploadHandlers(Manner manner) {
        this.failures = new FileFailures(manner);
    }

    void addTo(Map<NodeCall, ServerCall> calls) {
        calls.put(NodeCall.BEGIN_UPLOAD, known(this::begin));
        calls.put(NodeCall.UPLOAD_STATE, known((uploads, request) -> shown(200, uploads.get(request.argument()))));
        calls.put(NodeCall.APPEND_UPLOAD, known(this::append));
        calls.put(NodeCall.CANCEL_UPLOAD, known((uploads, request) -> {
            uploads.cancel(request.argument());
            return Response.empty(204);
        }));
    }

    /** A call about the uploads of a server that is there. */
    @FunctionalInterface
    private interface UploadCall {
        Response answer(FileUploads uploads, Request request);
    }

    private ServerCall known(UploadCall call) {
        return (server, request) -> {
            server.details();
            try {
                return call.answer(server.files().uploads(), request);
            } catch (NotFoundException e) {
                // Not as for a file that is missing, which one dialect keeps to itself.
                return Failures.said(404, String.valueOf(e.getMessage()), e);
            } catch (RookeryException e) {
                return failures.general(e, request);
            }
        };
    }

    private Response begin(FileUploads uploads, Request request) {
        var body = JsonBody.of(request).as(FileRequests.Upload.class);
        if (body.path().isEmpty() || body.sizeBytes().isEmpty()) {
            return Response.error(
                    400, "path and size: missing (expected: where the file will be, and its length in bytes)");
        }
        return shown(201, uploads.begin(body.path(), body.sizeBytes().getAsLong()));
    }

    private Response append(FileUploads uploads, Request request) {
        if (!request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return Response.error(400, "Missing Content-Length");
        }
        var offset = request.headers().get(FileRequests.Upload.OFFSET_HEADER, "");
        if (!offset.matches("\\d{1,18}")) {
            return Response.error(
                    400, FileRequests.Upload.OFFSET_HEADER + ": '" + offset + "' (expected: a number of bytes)");
        }
        var overwrite = request.headers().get(FileRequests.Upload.OVERWRITE_HEADER, "false");
        if (!overwrite.equals("true") && !overwrite.equals("false")) {
            return Response.error(
                    400, FileRequests.Upload.OVERWRITE_HEADER + ": '" + overwrite + "' (expected: true or false)");
        }
        return shown(
                200,
                uploads.append(
                        request.argument(),
                        Long.parseLong(offset),
                        request.streamed(),
                        Boolean.parseBoolean(overwrite)));
    }

    private static Response shown(int status, FileUpload upload) {
        return Response.json(status, upload);
    }
}
