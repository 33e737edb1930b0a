package dev.rookery.daemon.internal.file;

import dev.rookery.api.DeniedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * A file that a {@link SourceTree} came to. Valid for as long as it is being looked at.
 *
 * @param names from the directory that was asked for
 * @param path a path to it for now, never to be followed if it is a link
 * @param found what is known of it
 */
public record SourceFile(List<String> names, String path, Found found) {

    /** Holes that are shorter are not worth the words. */
    private static final long HOLE_MIN = 64 << 10;

    private static final int PIECES_MAX = 10_000;
    private static final int TYPE = 0170000;
    private static final int PERMISSIONS = 0777;

    /**
     * Opens a file of a server for reading; a link inside is followed.
     *
     * @throws NoSuchFileException if there is none
     * @throws dev.rookery.api.InvalidInputException if it is a directory or a device
     * @throws DeniedException if the denylist names it
     */
    public static FileChannel open(Volume volume, String path) throws IOException {
        try (var place = volume.sandbox().target(path, false)) {
            if (volume.denylist().denies(volume.sandbox().names(place), false)
                    || volume.denylist().denies(PathNames.of(path), false)) {
                throw new DeniedException("file '" + path + "' is on the denylist of the server's egg");
            }
            return FileReplacement.open(place, path);
        }
    }

    /** Returns whether it is a directory. */
    public boolean directory() {
        return type() == 0040000;
    }

    /** Returns whether it is a symbolic link. */
    public boolean link() {
        return type() == 0120000;
    }

    /** Returns whether it is a regular file. */
    public boolean regular() {
        return type() == 0100000;
    }

    /** Returns the permissions. */
    public int mode() {
        return found.mode() & PERMISSIONS;
    }

    /** Returns the size. */
    public long sizeBytes() {
        return found.sizeBytes();
    }

    /** Returns when it was changed last. */
    public FileTime modified() {
        return FileTime.from(found.modified());
    }

    /** Returns whether there are more names of it. */
    public boolean manyNames() {
        return regular() && found.links() > 1;
    }

    /** Returns how many names of it there are. */
    public long links() {
        return found.links();
    }

    /** Returns what all names of the file have in common. */
    public Identity identity() {
        return found.identity();
    }

    /** Returns where the link leads. */
    public String target() throws IOException {
        return NativeFiles.readLink(path);
    }

    /**
     * Opens it for reading.
     *
     * @throws NoSuchFileException if it vanished, or is something else by now
     */
    public Opened open() throws IOException {
        int place = NativeFiles.openPlace(path);
        try {
            // The place is one file for good, so what is found out now stays true when it is opened.
            var same = NativeFiles.path(place);
            if (!Files.isRegularFile(same)) {
                throw new NoSuchFileException(String.join("/", names));
            }
            var channel = FileChannel.open(same, StandardOpenOption.READ);
            try {
                long size = channel.size();
                return new Opened(channel, size, pieces(place, size));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } finally {
            NativeFiles.close(place);
        }
    }

    private static long[] pieces(int place, long size) throws IOException {
        if (size == 0) {
            return new long[0];
        }
        if (size < HOLE_MIN) {
            return new long[] {0, size};
        }
        int readable = NativeFiles.openAgain(place);
        try {
            return NativeFiles.pieces(readable, size, HOLE_MIN, PIECES_MAX);
        } finally {
            NativeFiles.close(readable);
        }
    }

    private int type() {
        return found.mode() & TYPE;
    }

    /**
     * Which file it is.
     *
     * @param device the file system
     * @param inode its number there
     */
    public record Identity(long device, long inode) {}

    /**
     * What the kernel says of a file.
     *
     * @param mode kind and permissions
     * @param sizeBytes its length
     * @param modified when it was changed last
     * @param links how many names it has
     * @param identity which one it is
     */
    public record Found(int mode, long sizeBytes, Instant modified, long links, Identity identity) {

        static Found of(FileStatus status) {
            return new Found(
                    status.mode(),
                    status.sizeBytes(),
                    status.modified(),
                    status.links(),
                    new Identity(status.device(), status.inode()));
        }
    }

    /**
     * An open file, to be closed.
     *
     * @param channel its content
     * @param sizeBytes how long it was when it was opened
     * @param pieces offset and length of each piece of it that is no hole
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
    public record Opened(FileChannel channel, long sizeBytes, long[] pieces) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
