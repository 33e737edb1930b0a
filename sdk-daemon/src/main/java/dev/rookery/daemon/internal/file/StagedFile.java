package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that is written aside and put in its place in one step, with the disk space for it: a reader sees the old or the new one, and a crash
 * leaves one of them. Closed before it is in its place, nothing is left of it. Used by one thread.
 */
final class StagedFile implements AutoCloseable {

    /** Somebody else may change what is in the place; so many tries without success are enough. */
    private static final int TRIES_MAX = 100;

    private final Unfinished unfinished;
    private final OpenDirectory directory;
    private final boolean noted;
    private final int target;
    private final String name;
    private final DiskSpace.Claim claim;
    private final boolean strict;
    private final FileChannel channel;
    private final DiskSpace space;
    private final FileStatus status = new FileStatus();
    private long credit;
    private Optional<Leaving> replaced = Optional.empty();

    private StagedFile(Volume volume, Place target, String name, Unfinished.Site site, Claiming claiming)
            throws IOException {
        this.unfinished = volume.unfinished();
        this.space = volume.space();
        this.directory = site.directory();
        this.noted = site.noted();
        this.target = target.descriptor();
        this.name = name;
        this.strict = claiming.strict();
        this.claim = strict
                ? volume.space().claim(0, claiming.cancel())
                : volume.space().change();
        try {
            this.channel = FileChannel.open(
                    path(),
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    /**
     * How space is claimed.
     *
     * @param strict whether it is refused when none is left
     * @param cancel ends the wait for it
     */
    record Claiming(boolean strict, CancelSignal cancel) {}

    /**
     * Begins a file.
     *
     * @param target what it may replace
     */
    static StagedFile create(Volume volume, Place target, Claiming claiming) throws IOException {
        var name = Unfinished.newName();
        try {
            var site = volume.unfinished().open(target.descriptor(), name, () -> directoryOf(volume, target));
            try {
                return new StagedFile(volume, target, name, site, claiming);
            } catch (IOException | RuntimeException e) {
                site.directory().close();
                volume.unfinished().forget(name);
                throw e;
            }
        } catch (IOException e) {
            throw NoDiskSpaceException.of(e, volume.directory());
        }
    }

    private static String directoryOf(Volume volume, Place target) throws IOException {
        var names = volume.sandbox().names(target);
        return String.join("/", names.subList(0, names.size() - 1));
    }

    /** Returns a path to it; valid until it is closed. */
    Path path() {
        return directory.path().resolve(name);
    }

    /** Returns what it is written through, after its space is {@link #claim claimed}. */
    FileChannel channel() {
        return channel;
    }

    /**
     * Claims space for so many bytes from the file's beginning, less what the file takes that is to be replaced.
     *
     * @param replaced the place of that file
     */
    void claim(long bytes, Place replaced) throws IOException {
        credit = present(replaced.descriptor(), replaced.name());
        claim(bytes);
    }

    /** Claims space for so many bytes from the file's beginning. */
    void claim(long bytes) throws IOException {
        if (strict) {
            claim.reach(Math.max(0, bytes - credit));
        }
    }

    /**
     * Puts it in a place that nothing is in.
     *
     * @throws FileAlreadyExistsException if there is something; it may be put elsewhere
     */
    void moveTo(String free) throws IOException {
        long bytes = finish();
        credit = 0;
        claim(bytes);
        Moves.rename(directory.descriptor(), name, target, free);
        settle(bytes);
    }

    /** Puts it in the place of a file, or of none. */
    void replace(String present) throws IOException {
        long bytes = finish();
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            try {
                // What was there when the claim was made may be gone, or smaller by now.
                credit = present(target, present);
                claim(bytes);
                if (exchanged(present, bytes)) {
                    return;
                }
                Moves.rename(directory.descriptor(), name, target, present);
                settle(bytes);
                return;
            } catch (FileAlreadyExistsException | NoSuchFileException ignored) {
                // Somebody was faster: looked at again.
            }
        }
        throw new IOException(present + ": it is created and removed all the time");
    }

    /** Returns false if there is nothing to change places with. */
    private boolean exchanged(String present, long bytes) throws IOException {
        if (!NativeDirectories.status(target, present, status)) {
            return false;
        }
        if (!status.regular()) {
            throw new FileSystemException(present, null, "it is no file any more");
        }
        try {
            NativeFiles.exchange(directory.descriptor(), name, target, present);
        } catch (UnsupportedOperationException e) {
            moveOver(present, bytes);
            return true;
        }
        // What was replaced is in our hands now, and nobody else's.
        long old = present(directory.descriptor(), name);
        try {
            if (old < credit) {
                credit = old;
                claim(bytes);
            }
            replaced = Leaving.of(space, directory.descriptor(), name, status);
        } catch (IOException e) {
            NativeFiles.exchange(directory.descriptor(), name, target, present);
            throw e;
        }
        settle(bytes - (replaced.isPresent() ? replaced.get().takenAway() : 0));
        return true;
    }

    private void moveOver(String present, long bytes) throws IOException {
        Leaving.during(
                space,
                target,
                present,
                () -> Files.move(
                        path(),
                        NativeFiles.path(target).resolve(present),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING));
        settle(bytes);
    }

    private long finish() throws IOException {
        channel.force(true);
        if (!noted) {
            // It is not moved to the server's files unless it belongs to their project.
            space.adopt(path());
        }
        return channel.size();
    }

    private void settle(long change) throws IOException {
        claim.written(change);
        DurableFiles.syncDirectory(NativeFiles.path(target));
    }

    private static long present(int directory, String name) throws IOException {
        var status = new FileStatus();
        return NativeDirectories.status(directory, name, status) ? status.ownBytes() : 0;
    }

    /** Removes what is not in its place: the new file, or the one that was replaced. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            try (directory) {
                NativeDirectories.remove(directory.descriptor(), name);
                if (noted) {
                    unfinished.forget(name);
                }
            } finally {
                replaced.ifPresent(Leaving::close);
                claim.close();
            }
        }
    }
}
