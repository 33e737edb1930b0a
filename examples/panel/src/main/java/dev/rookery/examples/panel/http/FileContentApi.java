package dev.rookery.examples.panel.http;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.DirectAddresses;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What is in the files of a server. What is loaded up or down flows through the panel in small pieces, as fast as the slower side, so that
 * no browser has to reach a node, and a file of any size takes the same memory; unless downloads are to come from nodes directly.
 */
final class FileContentApi {

    private static final String PATH = FileApi.PATH + "/content";

    private final ServerFileAccess files;
    private final ServerAccess access;
    private final DirectAddresses direct;
    private final Transfers transfers;
    private final Attachments attachments;

    FileContentApi(ServerFileAccess files, ServerAccess access, DirectAddresses direct, Transfers transfers) {
        this.files = files;
        this.access = access;
        this.direct = direct;
        this.transfers = transfers;
        this.attachments = new Attachments(transfers);
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::download, OnServer.holding(Permission.FILE_READ_CONTENT));
        // To replace a file, the node also wants file.update.
        routes.put(PATH, this::upload, OnServer.holding(Permission.FILE_CREATE));
        routes.post(FileApi.PATH + "/taken", this::taken, OnServer.holding(Permission.FILE_CREATE));
    }

    private void download(Context request) {
        var path = FilePaths.query(request, "path");
        var server = access.require(request);
        var caller = access.caller(request, server);
        files.note(request, "download", path);
        attachments.send(
                request,
                FilePaths.name(path),
                direct.file(server, caller, path),
                () -> files.files(request).read(path));
    }

    private void upload(Context request) {
        var path = FilePaths.query(request, "path");
        if ("*".equals(request.header("If-None-Match")) && exists(request, path)) {
            throw new ApiError(412, "file_exists", "There is a file '" + path + "' already (expected: a free name).");
        }
        long length = request.req().getContentLengthLong();
        var slot = transfers.begin(Guard.user(request).uuid());
        try {
            files.files(request).write(path, Content.of(request.req().getInputStream(), length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            slot.close();
        }
        files.note(
                request,
                "uploaded",
                Map.of(
                        "file", new Json.Text(FilePaths.name(path)),
                        "directory", new Json.Text(FilePaths.parent(path))));
        request.status(204);
    }

    /** Which of some names are taken in a directory, however many others are in it: asked before they are written to. */
    private void taken(Context request) {
        var body = Bodies.read(request, FileApi.FileNames.class);
        var directory = FilePaths.directory(body.directory());
        var taken = FilePaths.some(body.files()).stream()
                .filter(name -> exists(request, FilePaths.in(directory, name)))
                .toList();
        request.json(Map.of("items", taken));
    }

    /** Who may write there learns from the answer to a write as well whether there is something. */
    private boolean exists(Context request, String path) {
        try {
            files.asPanel(request).read(path).close();
            return true;
        } catch (NotFoundException e) {
            return false;
        } catch (InvalidInputException e) {
            // A directory, or something else in the way.
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
