package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.daemon.internal.file.StagedFile.Claiming;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Puts a whole file in the place of another, or of none: a reader sees the old or the new one, and a crash leaves one of them. */
final class FileReplacement {

    private static final int COPY_BYTES = 128 << 10;
    private static final Duration SETTLED = Duration.ofSeconds(2);
    /** Between two pieces it is seen whether to go on. */
    private static final long PIECE_BYTES = 16 << 20;

    private FileReplacement() {}

    /**
     * Replaces or creates a file. A present one's mode is kept.
     *
     * @param target its place
     * @param path what messages call it
     * @param volume has to have the space; a file of it is in the place
     * @param ownership whom the new file is given to
     */
    static void write(Place target, String path, Content content, Volume volume, Ownership ownership, Claiming claiming)
            throws IOException {
        try (var staged = StagedFile.create(volume, target, claiming)) {
            // A length that is known is refused before a byte of it is read.
            staged.claim(content.sizeBytes().orElse(0), target);
            fill(staged, content, claiming.cancel());
            ownership.set(staged.path());
            if (Files.exists(target.child(), LinkOption.NOFOLLOW_LINKS)) {
                keepMode(target.child(), staged.path(), path);
            }
            staged.replace(target.name());
        } catch (IOException e) {
            throw NoDiskSpaceException.of(e, volume.directory());
        }
    }

    /**
     * Opens a present file for reading, as {@link #open} does.
     *
     * @param now what was changed just before may change again unseen, within one tick of the file system's clock
     */
    static Content content(Place parent, String path, Instant now) throws IOException {
        int place = NativeFiles.openPlace(parent.child().toString());
        try {
            requireRegular(NativeFiles.path(place), path);
            return Content.of(open(place, path), validator(place, now));
        } finally {
            NativeFiles.close(place);
        }
    }

    private static Optional<String> validator(int place, Instant now) throws IOException {
        var status = new FileStatus();
        NativeDirectories.status(place, status);
        return status.changed().isAfter(now.minus(SETTLED)) ? Optional.empty() : Optional.of(FileVersion.whole(status));
    }

    /** Opens a present file for reading; a link or a device is refused. */
    static FileChannel open(Place parent, String path) throws IOException {
        int place = NativeFiles.openPlace(parent.child().toString());
        try {
            // The place is one file for good, so what is found out now stays true when it is opened.
            requireRegular(NativeFiles.path(place), path);
            return open(place, path);
        } finally {
            NativeFiles.close(place);
        }
    }

    /** The server may hold a lease of the file, which would keep us waiting; while somebody else has it open, it gets none. */
    private static FileChannel open(int place, String path) throws IOException {
        int held;
        try {
            held = NativeFiles.openAgain(place);
        } catch (NativeFiles.BusyException e) {
            throw new FileSystemException(path, null, "the server keeps others from it at the moment");
        }
        try {
            return FileChannel.open(NativeFiles.path(place), StandardOpenOption.READ);
        } finally {
            NativeFiles.close(held);
        }
    }

    /** Copies a present file to the first of these names in its directory that is free, with its mode; returns the name. */
    static String copy(Place source, String path, Iterable<String> names, Volume volume, CancelSignal cancel)
            throws IOException {
        try (var from = open(source, path);
                var staged = StagedFile.create(volume, source, new Claiming(true, cancel))) {
            long size = from.size();
            staged.claim(size);
            fill(staged, from, size, cancel);
            volume.ownership().set(staged.path());
            keepMode(source.child(), staged.path(), path);
            return moveTo(staged, names);
        } catch (IOException e) {
            throw NoDiskSpaceException.of(e, volume.directory());
        }
    }

    private static String moveTo(StagedFile staged, Iterable<String> names) throws IOException {
        var taken = "";
        for (var name : names) {
            try {
                staged.moveTo(name);
                return name;
            } catch (FileAlreadyExistsException ignored) {
                // The next one may be free.
                taken = name;
            }
        }
        throw new FileAlreadyExistsException(taken);
    }

    /** Copies what the file has now: a log may grow meanwhile. */
    private static void fill(StagedFile staged, FileChannel from, long size, CancelSignal cancel) throws IOException {
        for (long at = 0; at < size; ) {
            requireGoingOn(cancel);
            long count = from.transferTo(at, Math.min(PIECE_BYTES, size - at), staged.channel());
            if (count <= 0) {
                break;
            }
            at += count;
        }
    }

    private static void fill(StagedFile staged, Content content, CancelSignal cancel) throws IOException {
        try (var in = content.stream()) {
            var buffer = new byte[COPY_BYTES];
            long total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                requireGoingOn(cancel);
                staged.claim(total + count);
                var piece = ByteBuffer.wrap(buffer, 0, count);
                while (piece.hasRemaining()) {
                    total += staged.channel().write(piece);
                }
            }
            if (content.sizeBytes().isPresent() && content.sizeBytes().getAsLong() != total) {
                throw new IOException("the content ended after " + total + " bytes (expected: "
                        + content.sizeBytes().getAsLong() + ")");
            }
        }
    }

    private static void requireGoingOn(CancelSignal cancel) throws IOException {
        if (cancel.cancelled()) {
            throw new IOException("it was cancelled");
        }
    }

    /** Gives one file the mode of another; a link is refused. */
    static void keepMode(Path from, Path to, String path) throws IOException {
        Set<PosixFilePermission> mode;
        try {
            mode = Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException ignored) {
            // It vanished meanwhile, so this creates a file.
            return;
        }
        // Changing a mode follows links, and the server may exchange our file for one that leads out: only the very
        // file that was looked at is changed.
        int place = NativeFiles.openPlace(to.toString());
        try {
            requireRegular(NativeFiles.path(place), path);
            Files.setPosixFilePermissions(NativeFiles.path(place), mode);
        } finally {
            NativeFiles.close(place);
        }
    }

    static void requireRegular(Path place, String path) {
        if (Files.isDirectory(place)) {
            throw new InvalidInputException("path: '" + path + "' is a directory (expected: a file)");
        }
        if (!Files.isRegularFile(place)) {
            throw new InvalidInputException("path: '" + path + "' is a link, a pipe or a device (expected: a file)");
        }
    }
}
