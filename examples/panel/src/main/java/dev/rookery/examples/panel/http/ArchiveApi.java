package dev.rookery.examples.panel.http;

import dev.rookery.api.file.ArchiveEntry;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.permission.Permission;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is in archives of a server, for nodes that look into them without unpacking. */
final class ArchiveApi {

    private static final String PATH = FileApi.PATH + "/archive";

    private final ServerFileAccess access;
    private final Attachments attachments;

    ArchiveApi(ServerFileAccess access, Transfers transfers) {
        this.access = access;
        this.attachments = new Attachments(transfers);
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::list, OnServer.holding(Permission.FILE_READ));
        routes.get(PATH + "/content", this::download, OnServer.holding(Permission.FILE_READ_CONTENT));
        routes.get(PATH + "/text", this::text, OnServer.holding(Permission.FILE_READ_CONTENT));
    }

    private void list(Context request) {
        var query = new ArchiveQuery(
                FilePaths.query(request, "path"),
                FilePaths.directory(request),
                Optional.ofNullable(request.queryParam("after")).filter(after -> !after.isEmpty()),
                ArchiveQuery.LIMIT_MAX);
        request.json(ListingView.of(access.files(request).listArchive(query)));
    }

    private void download(Context request) {
        var path = FilePaths.query(request, "path");
        var entry = FilePaths.query(request, "entry");
        note(request, "download", path, entry);
        attachments.send(
                request,
                FilePaths.name(entry),
                Optional.empty(),
                () -> access.files(request).readArchive(path, entry));
    }

    private void text(Context request) {
        var path = FilePaths.query(request, "path");
        var entry = FilePaths.query(request, "entry");
        try (var content = access.files(request).readArchive(path, entry)) {
            var text = FileTexts.text(entry, FileTexts.bytes(content, entry));
            note(request, "read", path, entry);
            request.header("Cache-Control", "no-store");
            request.json(Map.of("text", text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(Context request, String what, String archive, String entry) {
        access.note(request, what, FilePaths.in(archive, entry.startsWith("/") ? entry.substring(1) : entry));
    }

    record ListingView(List<EntryView> items, @Nullable String next, boolean complete, long refused) {

        static ListingView of(ArchiveListing listing) {
            return new ListingView(
                    listing.entries().stream().map(EntryView::of).toList(),
                    listing.next().orElse(null),
                    listing.complete(),
                    listing.refused());
        }
    }

    record EntryView(
            String name,
            String kind,
            boolean readable,
            @Nullable Long sizeBytes,
            String modeBits,
            @Nullable Instant modifiedAt,
            @Nullable String target) {

        static EntryView of(ArchiveEntry entry) {
            return new EntryView(
                    entry.name(),
                    entry.kind().toString(),
                    entry.readable(),
                    entry.sizeBytes().isPresent() ? entry.sizeBytes().getAsLong() : null,
                    entry.mode().toString(),
                    entry.modified().orElse(null),
                    entry.target().orElse(null));
        }
    }
}
