package dev.rookery.daemon.internal.file;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.ContentMatches;
import dev.rookery.api.file.ContentSearch;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FilePage;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.node.FileJobs;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files of one server, asked for by one caller. Each call asks for the permission first, then for the {@link Place}, then whether the
 * place may be touched, and then does what is asked to that very place. Thread-safe.
 */
public final class ServerFiles implements NodeFiles {

    private final Caller caller;
    private final Clock clock;
    private final CancelSignal cancel;
    private final Supplier<Volume> volume;
    private final LongWork longWork;

    /** Creates it without anything that takes long. */
    ServerFiles(Caller caller, Clock clock, CancelSignal cancel, Supplier<Volume> volume) {
        this(caller, clock, cancel, volume, LongWork.NONE);
    }

    /**
     * Creates it.
     *
     * @param clock the time that permissions are judged by
     * @param cancel ends what takes long
     * @param volume gives the server's files, or throws if there is no such server
     * @param longWork does what takes long
     */
    public ServerFiles(Caller caller, Clock clock, CancelSignal cancel, Supplier<Volume> volume, LongWork longWork) {
        this.caller = caller;
        this.clock = clock;
        this.cancel = cancel;
        this.volume = volume;
        this.longWork = longWork;
    }

    @Override
    public Content read(String path) {
        require(Permission.FILE_READ_CONTENT);
        return attempt("read", path, () -> {
            try (var place = target(path)) {
                return FileReplacement.content(place, path, clock.instant());
            }
        });
    }

    @Override
    public void write(String path, Content content) {
        try (content) {
            // Which of the two is needed is known once it is seen whether there is a file; who may not create one
            // creates
            // no directories on the way, either.
            boolean mayCreate = caller.may(Permission.FILE_CREATE, clock.instant());
            if (!mayCreate) {
                require(Permission.FILE_UPDATE);
            }
            var server = volume.get();
            change("written", path, () -> {
                refuseDenied(server, path);
                if (mayCreate) {
                    createRoot(server);
                }
                try (var place = server.sandbox().target(path, mayCreate)) {
                    refuseDenied(server, path, place);
                    write(server, place, path, content);
                } catch (NoSuchFileException e) {
                    require(Permission.FILE_CREATE);
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UnavailableException("file '" + path + "' cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(Volume server, Place place, String path, Content content) throws IOException {
        var present = place.attributes();
        if (present.isPresent() && !present.get().isRegularFile()) {
            throw new InvalidInputException("path: '" + path + "' is a "
                    + (present.get().isDirectory() ? "directory" : "link, a pipe or a device") + " (expected: a file)");
        }
        require(present.isPresent() ? Permission.FILE_UPDATE : Permission.FILE_CREATE);
        FileReplacement.write(place, path, content, server, server.ownership(), new StagedFile.Claiming(true, cancel));
    }

    @Override
    public List<FileEntry> list(String directory) {
        require(Permission.FILE_READ);
        return attempt("listed", directory, () -> {
            try (var open = volume.get().sandbox().directory(directory, false)) {
                return FileEntries.in(open);
            }
        });
    }

    @Override
    public FilePage list(String directory, int page, int perPage) {
        FilePage.require(page, perPage);
        require(Permission.FILE_READ);
        return attempt("listed", directory, () -> {
            try (var open = volume.get().sandbox().directory(directory, false)) {
                return FileEntries.page(open, page, perPage);
            }
        });
    }

    @Override
    public ContentMatches search(ContentSearch search) {
        require(Permission.FILE_READ_CONTENT);
        return attempt("searched", search.directory(), () -> {
            var server = volume.get();
            try (var open = server.sandbox().directory(search.directory(), false)) {
                var names = server.sandbox().names(open.descriptor());
                return new TextSearch(search, names, server.denylist(), cancel).run(open);
            }
        });
    }

    @Override
    public void rename(String directory, List<FileRename> files) {
        require(Permission.FILE_UPDATE);
        requireSome(files, "move");
        for (var file : files) {
            var from = PathNames.in(directory, file.from());
            change("moved", from, () -> {
                rename(from, PathNames.in(directory, file.to()));
            });
        }
    }

    private void rename(String from, String to) throws IOException {
        var server = volume.get();
        try (var source = server.sandbox().place(from, false)) {
            if (source.attributes().isEmpty()) {
                return;
            }
            refuseDenied(server, from, source);
            if ((PathNames.plain(to) + "/").startsWith(PathNames.plain(from) + "/")
                    && source.attributes()
                            .filter(BasicFileAttributes::isDirectory)
                            .isPresent()) {
                throw new InvalidInputException("to: '" + to + "' (expected: no place inside of what is moved)");
            }
            refuseDenied(server, to);
            try (var target = server.sandbox().place(to, true)) {
                refuseDenied(server, to, target);
                new Denials(server).checkBelow(source, target, cancel);
                Moves.rename(source.descriptor(), source.name(), target.descriptor(), target.name());
                DurableFiles.syncDirectory(target.directory());
                DurableFiles.syncDirectory(source.directory());
            }
        } catch (NoSuchFileException ignored) {
            // A source that is missing is passed over.
        } catch (FileAlreadyExistsException e) {
            throw new ConflictException("there is a file '" + to + "' already (expected: a name that is free)", e);
        }
    }

    @Override
    public Optional<FileEntry> copy(String path) {
        require(Permission.FILE_CREATE);
        return attempt("copied", path, () -> {
            var server = volume.get();
            try (var place = server.sandbox().target(path, false)) {
                if (place.holdsOther()) {
                    throw new NotFoundException("there is no regular file '" + path + "'");
                }
                refuseDenied(server, path, place);
                var names = new CopyNames(place.name(), clock.instant());
                var name = FileReplacement.copy(place, path, names, server, cancel);
                return FileEntries.of(place.descriptor(), name, name);
            }
        });
    }

    @Override
    public void delete(String directory, List<String> files) {
        require(Permission.FILE_DELETE);
        requireSome(files, "delete");
        for (var file : files) {
            var path = PathNames.in(directory, file);
            attempt("deleted", path, () -> {
                var server = volume.get();
                try (var place = server.sandbox().place(path, false)) {
                    new Removal(server.denylist(), server.space(), cancel)
                            .run(place, server.sandbox().names(place), server.unfinished());
                    DurableFiles.syncDirectory(place.directory());
                }
                return file;
            });
        }
    }

    @Override
    public void createDirectory(String path) {
        require(Permission.FILE_CREATE);
        change("created", path, () -> {
            var server = volume.get();
            refuseDenied(server, path);
            createRoot(server);
            try (var created = server.sandbox().directory(path, true)) {
                DurableFiles.syncDirectory(created.path());
            }
        });
    }

    @Override
    public void chmod(String directory, List<FileModeChange> files) {
        require(Permission.FILE_UPDATE);
        requireSome(files, "change");
        for (var file : files) {
            var path = PathNames.in(directory, file.file());
            change("changed", path, () -> {
                try (var place = target(path)) {
                    FileModes.set(place, path, file.mode());
                } catch (NoSuchFileException | NotDirectoryException ignored) {
                    // A file that is missing is passed over.
                }
            });
        }
    }

    @Override
    public List<FileEntry> search(FileSearch search) {
        require(Permission.FILE_READ);
        return attempt("searched", search.directory(), () -> {
            try (var open = volume.get().sandbox().directory(search.directory(), false)) {
                return new NameSearch(search.pattern(), cancel).run(open, search.directory());
            } catch (NoSuchFileException | NotDirectoryException e) {
                return List.of();
            }
        });
    }

    @Override
    public FileEntry compress(CompressRequest request) {
        return longWork.compressed(request);
    }

    @Override
    public void decompress(String directory, String file) {
        longWork.decompressed(directory, file);
    }

    @Override
    public ArchiveListing listArchive(ArchiveQuery query) {
        return longWork.entries(query);
    }

    @Override
    public Content readArchive(String archive, String entry) {
        return longWork.entry(archive, entry);
    }

    @Override
    public FileJobs jobs() {
        return longWork.jobs();
    }

    @Override
    public RemoteDownloads downloads() {
        return longWork.downloads();
    }

    @Override
    public FileUploads uploads() {
        return longWork.uploads();
    }

    private Place target(String path) throws IOException {
        var server = volume.get();
        var place = server.sandbox().target(path, false);
        try {
            refuseDenied(server, path, place);
            return place;
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    static void createRoot(Volume server) throws IOException {
        if (!Files.isDirectory(server.directory())) {
            DurableFiles.createDirectories(server.directory());
            server.ownership().set(server.directory());
            server.space().adopt(server.directory());
        }
    }

    /** Judges the path as it was given, before anything is created for it. */
    static void refuseDenied(Volume server, String path) {
        new Denials(server).check(path);
    }

    /** Judges the path as it was given, and where it really leads. */
    static void refuseDenied(Volume server, String path, Place place) throws IOException {
        new Denials(server).check(path, place);
    }

    private void require(Permission permission) {
        caller.require(permission, clock.instant());
    }

    private static void requireSome(List<?> files, String what) {
        if (files.isEmpty()) {
            throw new InvalidInputException("files to " + what + ": none (expected: at least one)");
        }
    }

    /** Does something to a file that has to be there. */
    private static <T> T attempt(String done, String path, Work<T> work) {
        try {
            return work.run();
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new NotFoundException("there is no file '" + path + "'", e);
        } catch (IOException e) {
            throw failure(done, path, e);
        }
    }

    /** Does something that may create a file. */
    static void change(String done, String path, Step step) {
        try {
            step.run();
        } catch (NotDirectoryException e) {
            throw new InvalidInputException(
                    "path: '" + path + "': a file is in the way (expected: directories before the last name)", e);
        } catch (IOException e) {
            throw failure(done, path, e);
        }
    }

    private static RookeryException failure(String done, String path, IOException e) {
        if (e instanceof FileSystemLoopException) {
            return new InvalidInputException("path: '" + path + "': symbolic links in a circle (expected: none)", e);
        }
        if (e instanceof FileSystemException known && "its file name is too long".equals(known.getReason())) {
            return new InvalidInputException(
                    "path: '" + path + "': its file name is too long (expected: a shorter one)", e);
        }
        if (NoDiskSpaceException.saysFull(e)) {
            return new InvalidInputException("path: '" + path + "': not enough disk space is left for it", e);
        }
        return new UnavailableException("file '" + path + "' cannot be " + done + ": " + e.getMessage(), e);
    }

    /** Something to do to files. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }
}
