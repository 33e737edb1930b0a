package dev.rookery.daemon.internal.file;

import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves what is in one directory of a server into another one. Where there is a directory in both, what they hold is brought together; a
 * file, or a link, takes the place of a file. A link in the other one that leads to a directory inside of the server's files counts as that
 * directory. What cannot be moved does not keep the rest. No list of names is kept, however many there are. Used by one thread.
 */
final class TreeMerge {

    private static final int BUFFER_BYTES = 8 << 10;
    private static final int PERMISSIONS = 0777;
    /** A disk that failed once may not do so again. */
    private static final int PASSES = 3;

    private final Volume volume;
    private long replacedBytes;
    private long moved;
    private boolean failed;
    private @Nullable String problem;

    TreeMerge(Volume volume) {
        this.volume = volume;
    }

    /**
     * Looks whether all of it can be moved.
     *
     * @param names of the real path of the target
     * @throws InvalidInputException if something is in the way
     */
    void check(int from, int to, List<String> names) throws IOException {
        each(from, (name, directory) -> {
            var present = status(to, name);
            if (present == null) {
                return;
            }
            var path = joined(names, name);
            if (!directory && present.directory()) {
                throw inTheWay(path, "a directory", "a file, or nothing");
            }
            if (directory) {
                try (var source = new OpenDirectory(NativeFiles.openDirectoryIn(from, name));
                        var target = target(to, name, path)) {
                    check(source.descriptor(), target.descriptor(), real(target, path));
                }
            }
        });
    }

    /**
     * Moves all of it.
     *
     * @return how many bytes what was replaced took
     * @throws IOException if some could not be moved, though it was tried again
     */
    long run(int from, int to, List<String> names) throws IOException {
        for (int pass = 0; pass < PASSES; pass++) {
            failed = false;
            all(from, to, names);
            if (!failed) {
                // One call for all directories, which no interruption ends.
                NativeWrites.flushAll(to);
                return replacedBytes;
            }
        }
        throw new IOException("not all files could be put in their places, the others were: " + problem);
    }

    private void all(int from, int to, List<String> names) throws IOException {
        long before;
        do {
            before = moved;
            each(from, (name, directory) -> {
                var path = joined(names, name);
                try {
                    move(from, to, path, directory);
                } catch (NoSuchFileException ignored) {
                    // The server took it away, from either side.
                } catch (IOException | InvalidInputException e) {
                    failed = true;
                    problem = String.join("/", path) + ": " + e.getMessage();
                }
            });
            // A directory that loses names while it is read may show the rest the next time only.
        } while (moved > before);
    }

    private void move(int from, int to, List<String> path, boolean directory) throws IOException {
        var name = path.get(path.size() - 1);
        if (volume.denylist().denies(path, directory)) {
            return;
        }
        // A directory that holds what is denied there, though not where it was thought to go, is not moved as a whole.
        if (!directory || volume.denylist().isEmpty()) {
            try {
                Moves.rename(from, name, to, name);
                moved++;
                return;
            } catch (FileAlreadyExistsException ignored) {
                // Brought together, or replaced.
            }
        }
        if (directory) {
            together(from, to, path);
            return;
        }
        replace(from, to, name, path);
        moved++;
    }

    private void together(int from, int to, List<String> path) throws IOException {
        var name = path.get(path.size() - 1);
        var source = status(from, name);
        boolean made = source != null && status(to, name) == null;
        if (made) {
            volume.sandbox().createDirectory(NativeFiles.path(to).resolve(name));
        }
        try (var below = new OpenDirectory(NativeFiles.openDirectoryIn(from, name));
                var target = target(to, name, path)) {
            all(below.descriptor(), target.descriptor(), real(target, path));
            if (made && source != null) {
                Files.setPosixFilePermissions(target.path(), FileModes.permissions(source.mode() & PERMISSIONS));
                NativeWrites.setTime(to, name, FileTime.from(source.modified()));
            }
        }
        NativeDirectories.remove(from, name);
    }

    private void replace(int from, int to, String name, List<String> path) throws IOException {
        var present = status(to, name);
        try {
            NativeFiles.replace(from, name, to, name);
        } catch (FileSystemException e) {
            var now = status(to, name);
            if (now != null && now.directory()) {
                throw inTheWay(path, "a directory", "a file, or nothing");
            }
            throw e;
        }
        replacedBytes += present != null && present.regular() ? present.sizeBytes() : 0;
    }

    /** Opens the directory of a name, or where a link of that name leads. */
    private OpenDirectory target(int to, String name, List<String> path) throws IOException {
        try {
            return new OpenDirectory(NativeFiles.openDirectoryIn(to, name));
        } catch (NotDirectoryException e) {
            var present = status(to, name);
            if (present == null || !present.link()) {
                throw inTheWay(path, "a file", "a directory, or nothing");
            }
        }
        try {
            return volume.sandbox().directory(String.join("/", path), false);
        } catch (NotDirectoryException | NoSuchFileException e) {
            throw inTheWay(path, "a link that leads to no directory", "a directory, or nothing");
        }
    }

    private List<String> real(OpenDirectory directory, List<String> path) throws IOException {
        try (var inside = new Place(NativeFiles.openDirectoryIn(directory.descriptor(), "."), "x")) {
            var names = volume.sandbox().names(inside);
            return names.isEmpty() ? path : names.subList(0, names.size() - 1);
        }
    }

    /** Goes through the names in a directory. */
    private static void each(int directory, Name action) throws IOException {
        int open = NativeDirectories.open(directory, ".");
        try {
            var reader = new DirectoryReader(BUFFER_BYTES);
            var status = new FileStatus();
            while (reader.next(open)) {
                var name = reader.name();
                if (NativeDirectories.status(open, name, status)) {
                    action.take(name, status.directory());
                }
            }
        } finally {
            NativeFiles.close(open);
        }
    }

    private static @Nullable FileStatus status(int directory, String name) throws IOException {
        var status = new FileStatus();
        return NativeDirectories.status(directory, name, status) ? status : null;
    }

    private static InvalidInputException inTheWay(List<String> path, String what, String expected) {
        return new InvalidInputException("archive entry '" + String.join("/", path) + "': " + what
                + " is in the way (expected: " + expected + ")");
    }

    private static List<String> joined(List<String> names, String name) {
        var all = new ArrayList<String>(names);
        all.add(name);
        return all;
    }

    /** What is done with a name. */
    @FunctionalInterface
    private interface Name {
        void take(String name, boolean directory) throws IOException;
    }
}
