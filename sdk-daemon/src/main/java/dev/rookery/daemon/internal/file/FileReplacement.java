package dev.rookery.daemon.internal.file;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Puts a whole file in the place of another, or of none: a reader sees the old or the new one, and a crash leaves one of them. */
final class FileReplacement {

    private static final int COPY_BYTES = 128 << 10;

    private FileReplacement() {}

    /**
     * Replaces or creates a file. A present one's mode is kept.
     *
     * @param parent the place in its directory
     * @param path what messages call it
     * @param ownership whom the new file is given to
     */
    static void write(Place parent, String path, Content content, Ownership ownership) throws IOException {
        var temporary = parent.directory().resolve(temporaryName());
        boolean moved = false;
        try {
            copy(content, temporary);
            ownership.set(temporary);
            if (Files.exists(parent.child(), LinkOption.NOFOLLOW_LINKS)) {
                keepMode(parent.child(), temporary, path);
            }
            Files.move(temporary, parent.child(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            moved = true;
            DurableFiles.syncDirectory(parent.directory());
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** Opens a present file for reading; a link or a device is refused. */
    static FileChannel open(Place parent, String path) throws IOException {
        int place = NativeFiles.openPlace(parent.child().toString());
        try {
            // The place is one file for good, so what is found out now stays true when it is opened.
            requireRegular(NativeFiles.path(place), path);
            return FileChannel.open(NativeFiles.path(place), StandardOpenOption.READ);
        } finally {
            NativeFiles.close(place);
        }
    }

    /** Copies a present file to the first of these names in its directory that is free, with its mode; returns the name. */
    static String copy(Place source, String path, Iterable<String> names, Ownership ownership) throws IOException {
        var temporary = temporaryName();
        boolean moved = false;
        try (var from = open(source, path)) {
            copy(from, source.directory().resolve(temporary));
            ownership.set(source.directory().resolve(temporary));
            keepMode(source.child(), source.directory().resolve(temporary), path);
            var name = rename(source, temporary, names);
            moved = true;
            DurableFiles.syncDirectory(source.directory());
            return name;
        } finally {
            if (!moved) {
                Files.deleteIfExists(source.directory().resolve(temporary));
            }
        }
    }

    private static String rename(Place source, String temporary, Iterable<String> names) throws IOException {
        for (var name : names) {
            try {
                Moves.rename(source.descriptor(), temporary, source.descriptor(), name);
                return name;
            } catch (FileAlreadyExistsException ignored) {
                // The next one may be free.
            }
        }
        throw new FileAlreadyExistsException(source.name());
    }

    private static String temporaryName() {
        return ".rookery-" + UUID.randomUUID() + ".tmp";
    }

    /** Copies what the file has now: a log may grow meanwhile. */
    private static void copy(FileChannel from, Path temporary) throws IOException {
        try (var out = create(temporary)) {
            long size = from.size();
            for (long at = 0; at < size; ) {
                long count = from.transferTo(at, size - at, out);
                if (count <= 0) {
                    break;
                }
                at += count;
            }
            out.force(true);
        }
    }

    private static FileChannel create(Path temporary) throws IOException {
        var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
        return FileChannel.open(temporary, options, mode);
    }

    private static void copy(Content content, Path temporary) throws IOException {
        try (var out = create(temporary);
                var in = content.stream();
                var stream = Channels.newOutputStream(out)) {
            var buffer = new byte[COPY_BYTES];
            long total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                stream.write(buffer, 0, count);
                total += count;
            }
            if (content.sizeBytes().isPresent() && content.sizeBytes().getAsLong() != total) {
                throw new IOException("the content ended after " + total + " bytes (expected: "
                        + content.sizeBytes().getAsLong() + ")");
            }
            out.force(true);
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
