package dev.rookery.testing.node;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.file.FileJobBuilder;
import dev.rookery.api.node.FileJobs;
import dev.rookery.api.permission.Permission;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/** Jobs with the files of a {@link FakeServer}: each begins at once and is done soon after. */
final class FakeFileJobs implements FileJobs {

    private final FakeNode node;
    private final Supplier<FakeServer> server;
    private final FakeNodeFiles files;

    FakeFileJobs(FakeNode node, Supplier<FakeServer> server, FakeNodeFiles files) {
        this.node = node;
        this.server = server;
        this.files = files;
    }

    /** The jobs of a server. */
    static final class Known {

        private final Map<String, FileJob> jobs = new LinkedHashMap<>();

        private synchronized List<FileJob> newestFirst() {
            var list = new ArrayList<>(jobs.values());
            Collections.reverse(list);
            return list;
        }

        private synchronized Optional<FileJob> find(String id) {
            return Optional.ofNullable(jobs.get(id));
        }

        /** Keeps how far a job is, unless it has ended. */
        private synchronized boolean keep(FileJob job) {
            var before = jobs.get(job.id());
            if (before != null && before.state().ended()) {
                return false;
            }
            jobs.put(job.id(), job);
            return true;
        }
    }

    @Override
    public List<FileJob> list() {
        var present = server.get();
        require(Permission.FILE_READ);
        return present.jobs().newestFirst();
    }

    @Override
    public FileJob compress(CompressRequest request) {
        var present = server.get();
        require(Permission.FILE_ARCHIVE);
        return begin(present, FileJob.Kind.COMPRESS, request.directory(), job -> {
            var entry = files.compress(request);
            return FileJob.builder()
                    .from(job)
                    .path(FakeFiles.resolve(request.directory() + "/" + entry.name()))
                    .doneBytes(entry.sizeBytes())
                    .totalBytes(OptionalLong.of(entry.sizeBytes()))
                    .build();
        });
    }

    @Override
    public FileJob decompress(String directory, String file) {
        var present = server.get();
        require(Permission.FILE_ARCHIVE);
        var path = FakeFiles.resolve(directory + "/" + file);
        if (present.files().find(path).isEmpty()) {
            throw new NotFoundException("there is no file '" + path + "'");
        }
        return begin(present, FileJob.Kind.DECOMPRESS, FakeFiles.resolve(directory), job -> {
            files.decompress(directory, file);
            return job;
        });
    }

    @Override
    public void cancel(String id) {
        var present = server.get();
        require(Permission.FILE_READ);
        present.jobs().find(id).ifPresent(job -> {
            require(Permission.FILE_ARCHIVE);
            end(present, FileJob.builder().from(job).state(FileJob.State.CANCELLED));
        });
    }

    private FileJob begin(FakeServer present, FileJob.Kind kind, String path, Work work) {
        var begun = FileJob.builder()
                .id(UUID.randomUUID().toString())
                .kind(kind)
                .path(path)
                .begun(node.shared().clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .build();
        tell(present, begun);
        node.shared().threads.execute(() -> {
            tell(
                    present,
                    FileJob.builder().from(begun).state(FileJob.State.RUNNING).build());
            try {
                end(present, FileJob.builder().from(work.run(begun)).state(FileJob.State.DONE));
            } catch (RookeryException e) {
                var text = e instanceof InvalidInputException ? String.valueOf(e.getMessage()) : e.toString();
                end(
                        present,
                        FileJob.builder()
                                .from(begun)
                                .state(FileJob.State.FAILED)
                                .problem(text));
            }
        });
        return begun;
    }

    private void end(FakeServer present, FileJobBuilder job) {
        tell(
                present,
                job.ended(node.shared().clock.instant().truncatedTo(ChronoUnit.MILLIS))
                        .build());
    }

    private static void tell(FakeServer present, FileJob job) {
        if (present.jobs().keep(job)) {
            present.emit(new ConsoleEvent.FileJobChanged(job));
        }
    }

    private void require(Permission permission) {
        node.caller().require(permission, node.shared().clock.instant());
    }

    @FunctionalInterface
    private interface Work {
        FileJob run(FileJob job);
    }
}
