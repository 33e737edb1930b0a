package dev.rookery.examples.panel.http;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Json;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FilePage;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.node.Capability;
import dev.rookery.api.permission.Permission;
import dev.rookery.examples.panel.Trash;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a server: what there is, and where and what it is called. */
final class FileApi {

    static final String PATH = "/api/servers/{uuid}/files";

    private static final Logger LOG = LoggerFactory.getLogger(FileApi.class);

    private final ServerFileAccess access;

    FileApi(ServerFileAccess access) {
        this.access = access;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::list, OnServer.holding(Permission.FILE_READ));
        routes.get(PATH + "/search", this::search, OnServer.holding(Permission.FILE_READ));
        routes.post(PATH + "/directory", this::createDirectory, OnServer.holding(Permission.FILE_CREATE));
        routes.post(PATH + "/rename", this::rename, OnServer.holding(Permission.FILE_UPDATE));
        routes.post(PATH + "/copy", this::copy, OnServer.holding(Permission.FILE_CREATE));
        routes.post(PATH + "/chmod", this::chmod, OnServer.holding(Permission.FILE_UPDATE));
        routes.post(PATH + "/delete", this::delete, OnServer.holding(Permission.FILE_DELETE));
    }

    /** The whole of a directory; or, if only its beginning is asked for and the node gives that, the beginning, and how much there is. */
    private void list(Context request) {
        var directory = FilePaths.directory(request);
        try {
            var page = page(request, directory);
            boolean root = directory.replace("/", "").isEmpty();
            var items = page.entries().stream()
                    .filter(entry -> !root || !entry.name().equals(Trash.DIRECTORY))
                    .map(FileView::of)
                    .toList();
            long total = page.total() - (page.entries().size() - items.size());
            request.json(Map.of("listed", true, "offers", offers(request), "total", total, "items", items));
        } catch (NotOfferedException e) {
            LOG.debug("{}: {}", request.path(), e.getMessage());
            request.json(Map.of("listed", false, "offers", offers(request), "total", 0, "items", List.of()));
        }
    }

    private FilePage page(Context request, String directory) {
        var files = access.files(request);
        if ("beginning".equals(request.queryParam("part")) && access.offers(request, Capability.FILE_PAGES, false)) {
            return files.list(directory, 1, FilePage.PER_PAGE_MAX);
        }
        var entries = files.list(directory);
        return new FilePage(entries.size(), entries);
    }

    private Offers offers(Context request) {
        return new Offers(
                access.offers(request, Capability.ARCHIVES, true),
                access.offers(request, Capability.FILE_SEARCH, true),
                access.offers(request, Capability.FILE_JOBS, false),
                access.offers(request, Capability.RESUMABLE_UPLOADS, false),
                access.offers(request, Capability.CONTENT_SEARCH, false),
                access.offers(request, Capability.ARCHIVE_ENTRIES, false));
    }

    private void search(Context request) {
        var pattern = Bodies.required(request.queryParam("pattern"), "pattern", 255);
        if (pattern.length() < FileSearch.PATTERN_MIN) {
            throw ApiError.field(
                    "pattern",
                    "pattern: '" + pattern + "' (expected: at least " + FileSearch.PATTERN_MIN + " characters)");
        }
        var found = access.files(request).search(new FileSearch(FilePaths.directory(request), pattern));
        request.json(Map.of(
                "items",
                found.stream()
                        .filter(entry -> !Trash.holds(entry.name()))
                        .map(FileView::of)
                        .toList()));
    }

    private void createDirectory(Context request) {
        var path = FilePaths.required(Bodies.read(request, Directory.class).path(), "path");
        access.files(request).createDirectory(path);
        access.note(
                request,
                "create-directory",
                Map.of(
                        "directory", new Json.Text(FilePaths.parent(path)),
                        "name", new Json.Text(FilePaths.name(path))));
        request.status(204);
    }

    private void rename(Context request) {
        var body = Bodies.read(request, Renames.class);
        var directory = FilePaths.directory(body.directory());
        var files = FilePaths.some(body.files(), "files").stream()
                .map(file ->
                        new FileRename(FilePaths.required(file.from(), "from"), FilePaths.required(file.to(), "to")))
                .toList();
        access.files(request).rename(directory, files);
        var noted = files.stream()
                .map(file -> new Json.Obj(Map.of("from", new Json.Text(file.from()), "to", new Json.Text(file.to()))))
                .toList();
        access.note(request, "rename", directory, noted);
        request.status(204);
    }

    /** A node copies beside what is there; what is to be elsewhere is moved from there. */
    private void copy(Context request) {
        var body = Bodies.read(request, Copy.class);
        var path = FilePaths.required(body.path(), "path");
        var to = body.to() == null ? null : FilePaths.required(body.to(), "to");
        var copy = access.files(request).copy(path);
        if (to != null && copy.isPresent()) {
            moveCopy(request, FilePaths.in(FilePaths.parent(path), copy.get().name()), to);
        }
        access.note(request, "copy", path);
        request.status(204);
    }

    /** The copy is the user's who may create files; to move it, or to take it back, is no more than that. */
    private void moveCopy(Context request, String copy, String to) {
        var files = access.asPanel(request);
        try {
            files.rename("/", List.of(new FileRename(copy, to)));
        } catch (ConflictException e) {
            files.delete("/", List.of(copy));
            throw new ApiError(409, "file_exists", "There is a file '" + to + "' already (expected: a free name).");
        }
    }

    private void chmod(Context request) {
        var body = Bodies.read(request, Modes.class);
        var changes = FilePaths.some(body.files(), "files").stream()
                .map(file -> new FileModeChange(
                        FilePaths.required(file.file(), "file"),
                        FileMode.parse(Bodies.required(file.mode(), "mode", 4))))
                .toList();
        access.files(request).chmod(FilePaths.directory(body.directory()), changes);
        request.status(204);
    }

    private void delete(Context request) {
        var body = Bodies.read(request, FileNames.class);
        var directory = FilePaths.directory(body.directory());
        var files = FilePaths.some(body.files());
        access.files(request).delete(directory, files);
        access.note(request, "delete", directory, ServerFileAccess.names(files));
        request.status(204);
    }

    record Offers(
            boolean archives,
            boolean search,
            boolean jobs,
            boolean uploads,
            boolean contentSearch,
            boolean archiveEntries) {}

    record Directory(@Nullable String path) {}

    record Renames(@Nullable String directory, @Nullable List<Rename> files) {}

    record Rename(@Nullable String from, @Nullable String to) {}

    record Copy(@Nullable String path, @Nullable String to) {}

    record Modes(@Nullable String directory, @Nullable List<Mode> files) {}

    record Mode(@Nullable String file, @Nullable String mode) {}

    /** Files of a directory. */
    record FileNames(@Nullable String directory, @Nullable List<String> files) {}
}
