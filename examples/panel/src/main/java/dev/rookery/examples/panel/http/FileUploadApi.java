package dev.rookery.examples.panel.http;

import dev.rookery.api.Content;
import dev.rookery.api.Json;
import dev.rookery.api.file.FileUpload;
import dev.rookery.api.permission.Permission;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files that come in pieces, on nodes that keep them over a break. */
final class FileUploadApi {

    private static final String ALL = FileApi.PATH + "/uploads";
    private static final String ONE = ALL + "/{upload}";

    private final ServerFileAccess files;
    private final Transfers transfers;

    FileUploadApi(ServerFileAccess files, Transfers transfers) {
        this.files = files;
        this.transfers = transfers;
    }

    void register(RoutesConfig routes) {
        // To replace a file, the node also wants file.update.
        routes.post(ALL, this::begin, OnServer.holding(Permission.FILE_CREATE));
        routes.get(ONE, this::get, OnServer.holding(Permission.FILE_CREATE));
        routes.put(ONE, this::append, OnServer.holding(Permission.FILE_CREATE));
        routes.delete(ONE, this::cancel, OnServer.holding(Permission.FILE_CREATE));
    }

    private void begin(Context request) {
        var body = Bodies.read(request, Beginning.class);
        var path = FilePaths.required(body.path(), "path");
        long size = Bodies.required(body.sizeBytes(), "sizeBytes");
        if (size < 0) {
            throw ApiError.field("sizeBytes", "sizeBytes: " + size + " (expected: 0 or more)");
        }
        request.status(201).json(View.of(files.files(request).uploads().begin(path, size)));
    }

    private void get(Context request) {
        request.json(View.of(files.files(request).uploads().get(request.pathParam("upload"))));
    }

    private void append(Context request) {
        long offset = offset(request);
        var slot = transfers.begin(Guard.user(request).uuid());
        FileUpload upload;
        try {
            var content =
                    Content.of(request.req().getInputStream(), request.req().getContentLengthLong());
            boolean overwrite = "true".equals(request.queryParam("overwrite"));
            upload = files.files(request).uploads().append(request.pathParam("upload"), offset, content, overwrite);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            slot.close();
        }
        if (upload.complete()) {
            var path = upload.path();
            files.note(
                    request,
                    "uploaded",
                    Map.of(
                            "file", new Json.Text(FilePaths.name(path)),
                            "directory", new Json.Text(FilePaths.parent(path))));
        }
        request.json(View.of(upload));
    }

    private void cancel(Context request) {
        files.files(request).uploads().cancel(request.pathParam("upload"));
        request.status(204);
    }

    private static long offset(Context request) {
        try {
            long offset = Long.parseLong(Bodies.required(request.queryParam("offset"), "offset"));
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException ignored) {
            // Said below.
        }
        throw ApiError.field("offset", "offset: " + request.queryParam("offset") + " (expected: 0 or more)");
    }

    record Beginning(@Nullable String path, @Nullable Long sizeBytes) {}

    record View(String id, String path, long sizeBytes, long offsetBytes, Instant expiresAt) {
        static View of(FileUpload upload) {
            return new View(upload.id(), upload.path(), upload.sizeBytes(), upload.offsetBytes(), upload.expires());
        }
    }
}
