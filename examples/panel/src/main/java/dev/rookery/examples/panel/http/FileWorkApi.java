package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.node.Capability;
import dev.rookery.api.permission.Permission;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Archives of a server's files, and what a node does with files on its own. A node that has no jobs is waited for. */
final class FileWorkApi {

    private static final int NAME_MAX = 200;

    private final ServerFileAccess access;

    FileWorkApi(ServerFileAccess access) {
        this.access = access;
    }

    void register(RoutesConfig routes) {
        var path = FileApi.PATH;
        routes.post(path + "/compress", this::compress, OnServer.holding(Permission.FILE_ARCHIVE));
        routes.post(path + "/decompress", this::decompress, OnServer.holding(Permission.FILE_ARCHIVE));
        routes.get(path + "/jobs", this::jobs, OnServer.holding(Permission.FILE_READ));
        routes.delete(path + "/jobs/{job}", this::cancel, OnServer.holding(Permission.FILE_ARCHIVE));
    }

    private void compress(Context request) {
        var body = Bodies.read(request, Compression.class);
        var directory = FilePaths.directory(body.directory());
        var names = FilePaths.some(body.files());
        var wanted = new CompressRequest(
                directory,
                names,
                Optional.ofNullable(body.name()).filter(name -> !name.isBlank()).map(FileWorkApi::name),
                new ArchiveFormat(Bodies.required(body.format(), "format", 16)));
        var files = access.files(request);
        if (hasJobs(request)) {
            request.status(202).json(JobView.of(files.jobs().compress(wanted)));
        } else {
            request.json(Map.of("name", files.compress(wanted).name()));
        }
        access.note(request, "compress", directory, ServerFileAccess.names(names));
    }

    private void decompress(Context request) {
        var body = Bodies.read(request, Archive.class);
        var directory = FilePaths.directory(body.directory());
        var file = FilePaths.required(body.file(), "file");
        var files = access.files(request);
        if (hasJobs(request)) {
            request.status(202).json(JobView.of(files.jobs().decompress(directory, file)));
        } else {
            files.decompress(directory, file);
            request.status(204);
        }
        access.note(request, "decompress", Map.of("directory", new Json.Text(directory), "files", new Json.Text(file)));
    }

    private void jobs(Context request) {
        try {
            List<JobView> items = hasJobs(request)
                    ? access.files(request).jobs().list().stream()
                            .map(JobView::of)
                            .toList()
                    : List.of();
            request.json(Map.of("items", items));
        } catch (NotOfferedException e) {
            request.json(Map.of("items", List.of()));
        }
    }

    /** Ends an archive's job; of others it takes what it took to begin them. */
    private void cancel(Context request) {
        var id = request.pathParam("job");
        if (hasJobs(request)) {
            var jobs = access.asPanel(request).jobs();
            jobs.list().stream().filter(job -> job.id().equals(id)).findFirst().ifPresent(job -> {
                if (job.kind() == FileJob.Kind.DOWNLOAD) {
                    access.require(request, Permission.FILE_CREATE);
                }
                jobs.cancel(id);
            });
        }
        request.status(204);
    }

    private boolean hasJobs(Context request) {
        return access.offers(request, Capability.FILE_JOBS, false);
    }

    private static String name(String name) {
        if (name.indexOf('/') >= 0) {
            throw ApiError.field("name", "name: '" + name + "' (expected: one without a slash)");
        }
        return Bodies.required(name, "name", NAME_MAX);
    }

    record Compression(
            @Nullable String directory,
            @Nullable List<String> files,
            @Nullable String name,
            @Nullable String format) {}

    record Archive(@Nullable String directory, @Nullable String file) {}

    record JobView(
            String id,
            String kind,
            String path,
            String state,
            long doneBytes,
            @Nullable Long totalBytes,
            Instant begunAt,
            @Nullable Instant endedAt,
            @Nullable String problem) {

        static JobView of(FileJob job) {
            return new JobView(
                    job.id(),
                    job.kind().name().toLowerCase(Locale.ROOT),
                    job.path(),
                    job.state().name().toLowerCase(Locale.ROOT),
                    job.doneBytes(),
                    job.totalBytes().isPresent() ? job.totalBytes().getAsLong() : null,
                    job.begun(),
                    job.ended().orElse(null),
                    job.problem().orElse(null));
        }
    }
}
