package dev.rookery.examples.panel.http;

import dev.rookery.api.Content;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts that are edited in the browser. Each has a version, made of its bytes; who saves names the one that he began with, so that nobody
 * overwrites unnoticed what somebody else, or the server itself, has written meanwhile.
 */
final class FileTextApi {

    private static final String PATH = FileApi.PATH + "/text";

    private final ServerFileAccess files;
    private final ServerAccess access;
    private final Set<Place> saving = ConcurrentHashMap.newKeySet();

    private record Place(ServerId server, String path) {}

    FileTextApi(ServerFileAccess files, ServerAccess access) {
        this.files = files;
        this.access = access;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::read, OnServer.holding(Permission.FILE_READ_CONTENT));
        routes.put(PATH, this::save, OnServer.holding(Permission.FILE_UPDATE));
    }

    private void read(Context request) {
        var path = FilePaths.query(request, "path");
        byte[] bytes = content(request, path);
        var text = FileTexts.text(path, bytes);
        var version = version(bytes);
        files.note(request, "read", path);
        request.header("Cache-Control", "no-store");
        request.header("ETag", version);
        request.json(Map.of("text", text, "version", version));
    }

    private void save(Context request) {
        var path = FilePaths.query(request, "path");
        var known = Optional.ofNullable(request.header("If-Match"))
                .orElseThrow(() -> new ApiError(
                        428, "version_missing", "If-Match is missing (expected: the version that was read, or *)."));
        byte[] bytes = bounded(request, path);
        FileTexts.text(path, bytes);
        // Two who save at once are told apart here: the check and the write are two calls of the node.
        var place = new Place(access.require(request).id(), path);
        if (!saving.add(place)) {
            throw changed(path);
        }
        try {
            if (!known.equals("*") && !known.equals(present(request, path))) {
                throw changed(path);
            }
            files.files(request).write(path, Content.of(bytes));
        } finally {
            saving.remove(place);
        }
        files.note(request, "write", path);
        request.json(Map.of("version", version(bytes)));
    }

    /** What is gone, or too large by now, is not what was read. */
    private String present(Context request, String path) {
        try {
            return version(content(request, path));
        } catch (NotFoundException e) {
            return "";
        } catch (ApiError e) {
            if (e.status() == 413) {
                return "";
            }
            throw e;
        }
    }

    private byte[] content(Context request, String path) {
        try (var content = files.files(request).read(path)) {
            return FileTexts.bytes(content, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bounded(Context request, String path) {
        try {
            return FileTexts.bytes(request.req().getInputStream(), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(byte[] bytes) {
        try {
            return "\""
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing", e);
        }
    }

    private static ApiError changed(String path) {
        return new ApiError(
                412, "file_changed", "'" + path + "' is not what was read any more (expected: that version).");
    }
}
