package dev.rookery.examples.panel.http;

import dev.rookery.api.Content;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.DirectAddresses;
import dev.rookery.panel.PanelService;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a server. What is loaded up or down flows through the panel in small pieces, as fast as the slower side, so that no browser
 * has to reach a node, and a file of any size takes the same memory; unless downloads are to come from nodes directly.
 */
final class FileApi {

    private static final Logger LOG = LoggerFactory.getLogger(FileApi.class);
    private static final int PATH_MAX = 4096;
    private static final int FILES_MAX = 1000;

    private final PanelService panel;
    private final ServerAccess access;
    private final DirectAddresses direct;
    private final Transfers transfers;
    private final Attachments attachments;

    FileApi(PanelService panel, ServerAccess access, DirectAddresses direct, Transfers transfers) {
        this.panel = panel;
        this.access = access;
        this.direct = direct;
        this.transfers = transfers;
        this.attachments = new Attachments(transfers);
    }

    void register(RoutesConfig routes) {
        var path = "/api/servers/{uuid}/files";
        routes.get(path, this::list, OnServer.holding(Permission.FILE_READ));
        routes.get(path + "/content", this::download, OnServer.holding(Permission.FILE_READ_CONTENT));
        // To replace a file, the node also wants file.update.
        routes.put(path + "/content", this::upload, OnServer.holding(Permission.FILE_CREATE));
        routes.post(path + "/directory", this::createDirectory, OnServer.holding(Permission.FILE_CREATE));
        routes.post(path + "/rename", this::rename, OnServer.holding(Permission.FILE_UPDATE));
        routes.post(path + "/delete", this::delete, OnServer.holding(Permission.FILE_DELETE));
    }

    private void list(Context request) {
        try {
            var entries = files(request).list(path(request, "directory"));
            request.json(Map.of(
                    "listed", true, "items", entries.stream().map(View::of).toList()));
        } catch (NotOfferedException e) {
            LOG.debug("{}: {}", request.path(), e.getMessage());
            request.json(Map.of("listed", false, "items", List.of()));
        }
    }

    private void download(Context request) {
        var path = path(request, "path");
        var server = access.require(request);
        var caller = access.caller(request, server);
        attachments.send(
                request,
                path.substring(path.lastIndexOf('/') + 1),
                direct.file(server, caller, path),
                () -> panel.onNode(server.id(), caller).files().read(path));
    }

    private void upload(Context request) {
        var path = path(request, "path");
        long length = request.req().getContentLengthLong();
        var slot = transfers.begin(Guard.user(request).uuid());
        try {
            files(request).write(path, Content.of(request.req().getInputStream(), length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            slot.close();
        }
        request.status(204);
    }

    private void createDirectory(Context request) {
        files(request)
                .createDirectory(required(Bodies.read(request, Directory.class).path(), "path"));
        request.status(204);
    }

    private void rename(Context request) {
        var body = Bodies.read(request, Rename.class);
        files(request)
                .rename(
                        text(body.directory()),
                        List.of(new FileRename(required(body.from(), "from"), required(body.to(), "to"))));
        request.status(204);
    }

    private void delete(Context request) {
        var body = Bodies.read(request, Deletion.class);
        var files = Bodies.required(body.files(), "files");
        if (files.isEmpty() || files.size() > FILES_MAX) {
            throw ApiError.field("files", "files: " + files.size() + " (expected: 1 to " + FILES_MAX + ")");
        }
        files.forEach(file -> required(file, "files"));
        files(request).delete(text(body.directory()), files);
        request.status(204);
    }

    private NodeFiles files(Context request) {
        var server = access.require(request);
        return panel.onNode(server.id(), access.caller(request, server)).files();
    }

    private static String path(Context request, String name) {
        var path = request.queryParam(name);
        return path == null && name.equals("directory") ? "/" : required(path, name);
    }

    private static String required(@Nullable String path, String name) {
        if (path == null || path.isEmpty() || path.length() > PATH_MAX || path.indexOf('\0') >= 0) {
            throw ApiError.field(name, name + " (expected: a path of 1 to " + PATH_MAX + " characters)");
        }
        return path;
    }

    private static String text(@Nullable String directory) {
        return directory == null || directory.isEmpty() ? "/" : directory;
    }

    record Directory(@Nullable String path) {}

    record Rename(
            @Nullable String directory,
            @Nullable String from,
            @Nullable String to) {}

    record Deletion(@Nullable String directory, @Nullable List<String> files) {}

    record View(String name, boolean directory, boolean symlink, long sizeBytes, String mode, Instant modifiedAt) {
        static View of(FileEntry entry) {
            return new View(
                    entry.name(),
                    entry.directory(),
                    entry.symlink(),
                    entry.sizeBytes(),
                    entry.mode(),
                    entry.modified());
        }
    }
}
