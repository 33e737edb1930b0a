package dev.rookery.daemon.internal.file;

import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One way through a server's files, name by name from the root. It follows links itself, so that none leads out: every step is from the
 * descriptor of a directory, one that it came through already or one that it opens without following anything. Used once, by one thread.
 */
final class Walk {

    private static final int LINKS_MAX = 40;

    private final Sandbox sandbox;
    private final String path;
    private final boolean create;
    private final Deque<Integer> directories = new ArrayDeque<>();
    private final Deque<String> ahead = new ArrayDeque<>();
    private int links;

    /**
     * Creates it.
     *
     * @param path what messages call the way
     * @param create whether directories that are missing are created
     */
    Walk(Sandbox sandbox, String path, boolean create) {
        this.sandbox = sandbox;
        this.path = path;
        this.create = create;
    }

    /** Goes to the directory of these names; its descriptor is the caller's to close. */
    int directory(List<String> names) throws IOException {
        return run(names, () -> {
            goOn(0);
            return directories.pop();
        });
    }

    /** Goes to the place of these names, at least one; if a link is there, to where it leads. */
    Place target(List<String> names) throws IOException {
        return run(names, () -> {
            while (true) {
                goOn(1);
                if (ahead.isEmpty()) {
                    throw new InvalidInputException(
                            "path: '" + path + "': a symbolic link leads to a directory (expected: a file)");
                }
                var name = ahead.getLast();
                if (name.equals("..")) {
                    throw new InvalidInputException(
                            "path: '" + path + "': a symbolic link leads to a directory (expected: a file)");
                }
                if (!follow(name)) {
                    return new Place(directories.pop(), name);
                }
            }
        });
    }

    private <T> T run(List<String> names, Steps<T> steps) throws IOException {
        directories.push(sandbox.openRoot());
        ahead.addAll(names);
        try {
            return steps.run();
        } finally {
            directories.forEach(NativeFiles::close);
        }
    }

    private void goOn(int left) throws IOException {
        while (ahead.size() > left) {
            var name = ahead.removeFirst();
            if (!name.equals("..")) {
                step(name);
            } else if (directories.size() > 1) {
                NativeFiles.close(directories.pop());
            } else {
                throw leaves();
            }
        }
    }

    private void step(String name) throws IOException {
        try {
            directories.push(NativeFiles.openDirectoryIn(top(), name));
        } catch (NoSuchFileException e) {
            if (!create) {
                throw new NoSuchFileException(path);
            }
            sandbox.createDirectory(NativeFiles.path(top()).resolve(name));
            directories.push(NativeFiles.openDirectoryIn(top(), name));
        } catch (NotDirectoryException e) {
            ahead.addFirst(name);
            if (!follow(name)) {
                throw new NotDirectoryException(path);
            }
        }
    }

    /** Puts where a link leads in the place of its name, which is next or last; returns false if it is none. */
    private boolean follow(String name) throws IOException {
        Path target;
        try {
            target = Files.readSymbolicLink(NativeFiles.path(top()).resolve(name));
        } catch (NotLinkException | NoSuchFileException e) {
            return false;
        }
        if (++links > LINKS_MAX) {
            throw new InvalidInputException(
                    "path: '" + path + "': more than " + LINKS_MAX + " symbolic links (expected: fewer)");
        }
        ahead.removeFirst();
        var names = target.toString();
        if (target.isAbsolute()) {
            // What the game calls its home is the server's root here.
            names = sandbox.insideOf(target).orElseThrow(this::leaves);
            while (directories.size() > 1) {
                NativeFiles.close(directories.pop());
            }
        }
        var parts = names.split("/", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            if (!parts[i].isEmpty() && !parts[i].equals(".")) {
                ahead.addFirst(parts[i]);
            }
        }
        return true;
    }

    private int top() {
        return directories.element();
    }

    private InvalidInputException leaves() {
        return new InvalidInputException("path: '" + path
                + "': a symbolic link leads out of the server's files (expected: a path inside of them)");
    }

    @FunctionalInterface
    private interface Steps<T> {
        T run() throws IOException;
    }

    /** Creates a directory unless somebody was faster; whether it is one is seen when it is opened. */
    static boolean created(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException ignored) {
            return false;
        }
    }
}
