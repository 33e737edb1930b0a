package dev.rookery.daemon.internal.archive;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.daemon.internal.file.HiddenFile;
import dev.rookery.daemon.internal.file.NoDiskSpaceException;
import dev.rookery.daemon.internal.file.PathNames;
import dev.rookery.daemon.internal.file.SourceFile;
import dev.rookery.daemon.internal.file.SourceTree;
import dev.rookery.daemon.internal.file.StagedTree;
import dev.rookery.daemon.internal.file.Volume;
import dev.rookery.daemon.internal.job.JobProgress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * Writes and unpacks archives of servers' files. Both are all or nothing: an archive gets its name after it was read back, and what is unpacked
 * is put in its place when all of it is on the disk. One for a node: all archives share what there is of memory. Thread-safe.
 */
public final class Archives {

    private final ArchiveLimits limits;
    private final WorkMemory memory;
    private final Executor threads;
    private final int workers;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param threads run what compresses and decompresses
     * @param workers how many blocks of an archive are compressed at a time
     */
    public Archives(ArchiveLimits limits, Executor threads, int workers, Clock clock) {
        this.limits = limits;
        this.memory = new WorkMemory(limits.memoryBytes());
        this.threads = threads;
        this.workers = workers;
        this.clock = clock;
    }

    WorkMemory memory() {
        return memory;
    }

    /** Returns what an archive will be called, unless that is taken. */
    public String name(CompressRequest request) {
        var name = request.name()
                .orElseGet(() -> "archive-"
                        + clock.instant()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()
                                .replace(":", ""));
        if (name.indexOf('/') >= 0) {
            throw new InvalidInputException("name: '" + name + "' (expected: no slash in it)");
        }
        return name + "." + Packing.written(request.format());
    }

    /**
     * Puts files into an archive.
     *
     * @param name of the archive, unless that is taken
     */
    public FileEntry compress(Volume volume, CompressRequest request, String name, JobProgress progress)
            throws IOException {
        try {
            return packed(volume, request, name, progress);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new NotFoundException("there is no file '" + e.getFile() + "'", e);
        } catch (ArchiveRefusedException e) {
            throw new InvalidInputException("what is packed could not be unpacked again: " + e.getMessage(), e);
        } catch (IOException e) {
            if (full(e)) {
                throw new ConflictException("not enough disk space for the archive: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private FileEntry packed(Volume volume, CompressRequest request, String name, JobProgress progress)
            throws IOException {
        var files = new SourceTree(volume, request.directory(), request.files());
        var format = Packing.written(request.format());
        var packing = new Packing(limits, memory, threads, workers, progress);
        progress.total(packing.look(files));
        try (var claim = volume.space().claim(0, progress.cancel());
                var hidden = HiddenFile.create(volume, request.directory(), name, progress::leftover)) {
            var channel = new ClaimedChannel(hidden.channel(), claim, progress.cancel());
            try (var back = new ReadBack(hidden.reopen(), name, limits, memory, threads, progress.cancel())) {
                back.begin(format, channel);
                packing.write(files, format, channel);
                if (packing.entries() == 0) {
                    throw new DeniedException("the files are on the denylist of the server's egg");
                }
                hidden.channel().force(true);
                packing.compare(back.end());
            }
            var entry = hidden.name(name, clock.instant());
            claim.written(entry.sizeBytes());
            packing.note().ifPresent(progress::note);
            progress.path("/" + PathNames.plain(request.directory() + "/" + entry.name()));
            return entry;
        }
    }

    /**
     * Unpacks an archive.
     *
     * @param directory where it is, and where its content goes
     */
    public void decompress(Volume volume, String directory, String file, JobProgress progress) throws IOException {
        try {
            unpack(volume, directory, file, progress);
        } catch (IOException e) {
            throw understood(e);
        }
    }

    private void unpack(Volume volume, String directory, String file, JobProgress progress) throws IOException {
        try (var channel = open(volume, directory + "/" + file)) {
            long size = channel.size();
            progress.total(size);
            var guard = new Guard(limits, progress.cancel(), () -> size);
            var means = new ArchiveReaders.Means(guard, memory, threads, progress::add);
            try (var archive = ArchiveReaders.open(channel, last(file), means);
                    var claim = volume.space().claim(0, progress.cancel());
                    var tree = StagedTree.begin(volume, directory, progress::leftover)) {
                var extraction = new Extraction(tree, claim, guard);
                extraction.run(archive, progress::whole);
                extraction.note().ifPresent(progress::note);
            }
        }
    }

    /**
     * Checks that there is a file.
     *
     * @throws NotFoundException if there is none
     */
    public void require(Volume volume, String directory, String file) {
        try {
            open(volume, directory + "/" + file).close();
        } catch (IOException e) {
            throw new UnavailableException("file '" + file + "' cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Opens an archive.
     *
     * @throws NotFoundException if there is none
     */
    static FileChannel open(Volume volume, String path) throws IOException {
        try {
            return SourceFile.open(volume, path);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new NotFoundException("there is no file '" + path + "'", e);
        }
    }

    static IOException understood(IOException e) throws RookeryException {
        if (full(e)) {
            throw new InvalidInputException("not enough disk space to unpack the archive: " + e.getMessage(), e);
        }
        if (e instanceof ArchiveRefusedException) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
        return e;
    }

    private static boolean full(IOException e) {
        var text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return e instanceof NoDiskSpaceException
                || text.contains("no space left on device")
                || text.contains("disk quota exceeded");
    }

    /** Returns the name of a file without where it is. */
    static String last(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
