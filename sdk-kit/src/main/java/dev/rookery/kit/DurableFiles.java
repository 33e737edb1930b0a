package dev.rookery.kit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Writes files so that "done" survives a power cut: into a temporary file beside the target, flushed to the disk, renamed over the
 * target, and the directory flushed too. A reader sees the old or the new content, never a part. Thread-safe; of two concurrent
 * writers of one file the last one wins.
 *
 * <p>For paths of our own. Paths that a user named go through the sandbox of the daemon instead.
 */
public final class DurableFiles {

    /** For files without secrets: everybody may read. */
    public static final Set<PosixFilePermission> READABLE = Set.copyOf(PosixFilePermissions.fromString("rw-r--r--"));

    /** For files with secrets: only the owner may read. */
    public static final Set<PosixFilePermission> PRIVATE = Set.copyOf(PosixFilePermissions.fromString("rw-------"));

    private DurableFiles() {}

    /**
     * Replaces or creates a file.
     *
     * @param target its directory exists
     * @param content all of its bytes
     * @param permissions where the file system has such
     * @throws IOException if anything fails; the old file is still there then
     */
    public static void write(Path target, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        write(target, permissions, out -> out.write(content));
    }

    /**
     * Replaces or creates a file with what {@code body} writes.
     *
     * @param target its directory exists
     * @param permissions where the file system has such
     * @param body writes all of it; an exception leaves the old file in place
     * @throws IOException if anything fails; the old file is still there then
     */
    public static void write(Path target, Set<PosixFilePermission> permissions, Body body) throws IOException {
        var directory = directoryOf(target);
        var temporary = Files.createTempFile(directory, "." + target.getFileName() + ".", ".tmp");
        boolean moved = false;
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                    var out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
                body.writeTo(out);
                out.flush();
                setPermissions(temporary, permissions);
                channel.force(true);
            }
            replace(temporary, target);
            moved = true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /**
     * Renames a file that has been flushed over another one of the same file system, and flushes the directories.
     *
     * @throws IOException if it fails; the old target is still there then
     */
    public static void replace(Path source, Path target) throws IOException {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        var directory = directoryOf(target);
        syncDirectory(directory);
        if (!directoryOf(source).equals(directory)) {
            syncDirectory(directoryOf(source));
        }
    }

    /**
     * Creates a directory with its missing parents, and flushes every directory that got a new entry.
     *
     * @throws IOException if it cannot be created
     */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        var parent = directoryOf(directory);
        createDirectories(parent);
        Files.createDirectories(directory);
        syncDirectory(parent);
    }

    /**
     * Removes a file if it is there, for good.
     *
     * @throws IOException if it is there and cannot be removed
     */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            syncDirectory(directoryOf(file));
        }
    }

    /**
     * Flushes the entries of a directory.
     *
     * @throws IOException if the file system refuses
     */
    public static void syncDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void setPermissions(Path file, Set<PosixFilePermission> permissions) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var set = EnumSet.noneOf(PosixFilePermission.class);
            set.addAll(permissions);
            Files.setPosixFilePermissions(file, set);
        }
    }

    private static Path directoryOf(Path file) throws IOException {
        var parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " (expected: a path below a directory)");
        }
        return parent;
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Body {

        /**
         * Writes everything.
         *
         * @param out is buffered, and closed by the caller
         * @throws IOException to give up
         */
        void writeTo(OutputStream out) throws IOException;
    }
}
