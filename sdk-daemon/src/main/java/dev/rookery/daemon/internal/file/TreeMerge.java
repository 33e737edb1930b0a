package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves what is in one directory of a server into another one. Where there is a directory in both, what they hold is brought together; a
 * file, or a link, takes the place of a file. A link in the other one that leads to a directory inside of the server's files counts as that
 * directory. Used by one thread.
 */
final class TreeMerge {

    private final Volume volume;
    private final CancelSignal cancel;
    private long replacedBytes;

    TreeMerge(Volume volume, CancelSignal cancel) {
        this.volume = volume;
        this.cancel = cancel;
    }

    /**
     * Looks whether all of it can be moved.
     *
     * @param names of the real path of the target
     * @throws InvalidInputException if something is in the way
     */
    void check(int from, int to, List<String> names) throws IOException {
        for (var name : FileEntries.names(from)) {
            var present = attributes(to, name);
            if (present.isEmpty()) {
                continue;
            }
            var path = joined(names, name);
            boolean directory = attributes(from, name)
                    .filter(BasicFileAttributes::isDirectory)
                    .isPresent();
            if (!directory && present.get().isDirectory()) {
                throw inTheWay(path, "a directory", "a file, or nothing");
            }
            if (directory) {
                try (var source = new OpenDirectory(NativeFiles.openDirectoryIn(from, name));
                        var target = target(to, name, path)) {
                    check(source.descriptor(), target.descriptor(), real(target, path));
                }
            }
        }
    }

    /** Moves all of it; returns how many bytes what was replaced took. */
    long run(int from, int to, List<String> names) throws IOException {
        for (var name : FileEntries.names(from)) {
            if (cancel.cancelled()) {
                throw new IOException("cancelled");
            }
            move(from, to, joined(names, name));
        }
        DurableFiles.syncDirectory(NativeFiles.path(to));
        return replacedBytes;
    }

    private void move(int from, int to, List<String> path) throws IOException {
        var name = path.get(path.size() - 1);
        boolean directory =
                attributes(from, name).filter(BasicFileAttributes::isDirectory).isPresent();
        if (volume.denylist().denies(path, directory)) {
            return;
        }
        // A directory that holds what is denied there, though not where it was thought to go, is not moved as a whole.
        if (!directory || volume.denylist().isEmpty()) {
            try {
                Moves.rename(from, name, to, name);
                return;
            } catch (FileAlreadyExistsException ignored) {
                // Brought together, or replaced.
            }
        }
        if (directory) {
            if (attributes(to, name).isEmpty()) {
                volume.sandbox().createDirectory(NativeFiles.path(to).resolve(name));
            }
            try (var source = new OpenDirectory(NativeFiles.openDirectoryIn(from, name));
                    var target = target(to, name, path)) {
                run(source.descriptor(), target.descriptor(), real(target, path));
            }
            return;
        }
        replace(from, to, name, path);
    }

    private void replace(int from, int to, String name, List<String> path) throws IOException {
        var present = attributes(to, name);
        try {
            Files.move(
                    NativeFiles.path(from).resolve(name),
                    NativeFiles.path(to).resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            if (attributes(to, name).filter(BasicFileAttributes::isDirectory).isPresent()) {
                throw inTheWay(path, "a directory", "a file, or nothing");
            }
            throw e;
        }
        replacedBytes += present.filter(BasicFileAttributes::isRegularFile)
                .map(BasicFileAttributes::size)
                .orElse(0L);
    }

    /** Opens the directory of a name, or where a link of that name leads. */
    private OpenDirectory target(int to, String name, List<String> path) throws IOException {
        try {
            return new OpenDirectory(NativeFiles.openDirectoryIn(to, name));
        } catch (NotDirectoryException e) {
            if (attributes(to, name).filter(BasicFileAttributes::isSymbolicLink).isEmpty()) {
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

    private static Optional<BasicFileAttributes> attributes(int directory, String name) throws IOException {
        try {
            return Optional.of(Files.readAttributes(
                    NativeFiles.path(directory).resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
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
}
