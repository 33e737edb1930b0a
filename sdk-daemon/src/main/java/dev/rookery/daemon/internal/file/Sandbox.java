package dev.rookery.daemon.internal.file;

import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The one way to a server's files: walks a path name by name from the root, by descriptors and without following links, so that it cannot
 * lead out, not even when somebody exchanges directories meanwhile. Immutable.
 */
final class Sandbox {

    private static final int NAME_MAX_BYTES = 255;
    private static final int DEPTH_MAX = 256;

    private final Path root;
    private final Ownership ownership;

    /**
     * Creates a sandbox.
     *
     * @param root is trusted
     * @param ownership whose new directories are
     */
    Sandbox(Path root, Ownership ownership) {
        this.root = root;
        this.ownership = ownership;
    }

    /** Finds the directory that a path's last name is in. */
    Parent parent(String path, boolean create) throws IOException {
        var names = names(path);
        int descriptor = NativeFiles.openDirectory(root.toString());
        try {
            for (var name : names.subList(0, names.size() - 1)) {
                int next = step(descriptor, name, path, create);
                NativeFiles.close(descriptor);
                descriptor = next;
            }
            return new Parent(descriptor, names.get(names.size() - 1));
        } catch (IOException | RuntimeException e) {
            NativeFiles.close(descriptor);
            throw e;
        }
    }

    private int step(int descriptor, String name, String path, boolean create) throws IOException {
        var child = NativeFiles.path(descriptor).resolve(name);
        try {
            return NativeFiles.openDirectory(child.toString());
        } catch (NoSuchFileException e) {
            if (!create) {
                throw new NoSuchFileException(path);
            }
            createDirectory(child);
            return NativeFiles.openDirectory(child.toString());
        } catch (NotDirectoryException | FileSystemLoopException e) {
            throw new InvalidInputException("path: '" + path + "': '" + name
                    + "' is a file or a symbolic link (expected: a directory inside the server's files)");
        }
    }

    private void createDirectory(Path child) throws IOException {
        try {
            Files.createDirectory(child);
            ownership.set(child);
        } catch (FileAlreadyExistsException ignored) {
            // Somebody was faster; whether it is a directory is seen when it is opened.
        }
    }

    private static List<String> names(String path) {
        var names = new ArrayList<String>();
        for (var name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..") || name.indexOf('\0') >= 0) {
                throw new InvalidInputException("path: '" + path.replace("\0", "\\0")
                        + "' (expected: a path inside the server's files, without '..')");
            }
            if (name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > NAME_MAX_BYTES) {
                throw new InvalidInputException("path: a name of " + name.length() + " characters (expected: at most "
                        + NAME_MAX_BYTES + " bytes)");
            }
            names.add(name);
        }
        if (names.isEmpty() || names.size() > DEPTH_MAX) {
            throw new InvalidInputException(
                    "path: '" + path + "' (expected: the name of a file, at most " + DEPTH_MAX + " levels deep)");
        }
        return names;
    }

    /** An open directory, and a name in it that nothing is known of. To be closed. */
    static final class Parent implements AutoCloseable {

        private final int descriptor;
        private final String name;

        private Parent(int descriptor, String name) {
            this.descriptor = descriptor;
            this.name = name;
        }

        /** Returns the directory. */
        Path directory() {
            return NativeFiles.path(descriptor);
        }

        /** Returns the path of the name; valid until this is closed, never to be followed if it is a link. */
        Path child() {
            return directory().resolve(name);
        }

        /** Returns whether the name is there and is no regular file. */
        boolean holdsOther() {
            return Files.exists(child(), LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(child(), LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public void close() {
            NativeFiles.close(descriptor);
        }
    }
}
