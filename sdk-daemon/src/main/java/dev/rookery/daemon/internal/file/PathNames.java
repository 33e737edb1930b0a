package dev.rookery.daemon.internal.file;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The names that a path from outside consists of. */
public final class PathNames {

    private static final int NAME_MAX_BYTES = 255;
    private static final int DEPTH_MAX = 256;
    /** Linux takes no longer one. */
    private static final int PATH_MAX = 4096;

    private PathNames() {}

    /**
     * Returns the names of a path to a file.
     *
     * @throws InvalidInputException if it has none, or leads out
     */
    static List<String> ofFile(String path) {
        var names = of(path);
        if (names.isEmpty()) {
            throw new InvalidInputException("path: '" + shown(path) + "' (expected: the name of a file, not the root)");
        }
        return names;
    }

    /**
     * Returns the names of a path; none for the root. A slash at either end, two for one, and {@code .} do not matter, {@code ..} takes the
     * name before it away.
     *
     * @throws InvalidInputException if it leads out of where it begins, or no file can have such a path
     */
    static List<String> of(String path) {
        requireShort(path);
        var names = new ArrayList<String>();
        for (var name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (!name.equals("..")) {
                names.add(checked(name, path));
            } else if (names.isEmpty()) {
                throw new InvalidInputException(
                        "path: '" + shown(path) + "' (expected: a path inside the server's files)");
            } else {
                names.remove(names.size() - 1);
            }
        }
        if (names.size() > DEPTH_MAX) {
            throw new InvalidInputException(
                    "path: " + names.size() + " levels deep (expected: at most " + DEPTH_MAX + ")");
        }
        return names;
    }

    /**
     * Refuses a path that no system call takes, before it is looked at more closely.
     *
     * @throws InvalidInputException if it is too long
     */
    public static void requireShort(String path) {
        if (path.length() > PATH_MAX) {
            throw new InvalidInputException(
                    "path: " + path.length() + " characters (expected: at most " + PATH_MAX + ")");
        }
    }

    /** Returns the path of a name in a directory. */
    static String in(String directory, String name) {
        return directory + "/" + name;
    }

    /** Returns the plain form of a path: names with one slash between them. */
    public static String plain(String path) {
        return String.join("/", of(path));
    }

    private static String checked(String name, String path) {
        if (name.indexOf('\0') >= 0) {
            throw new InvalidInputException("path: '" + shown(path) + "' (expected: no zero byte in it)");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new InvalidInputException("path: half a character in it (expected: whole ones)");
        }
        requireNameable(name, path);
        if (name.getBytes(StandardCharsets.UTF_8).length > NAME_MAX_BYTES) {
            throw new InvalidInputException("path: its file name is too long: " + name.length()
                    + " characters (expected: at most " + NAME_MAX_BYTES + " bytes)");
        }
        return name;
    }

    private static void requireNameable(String name, String path) {
        try {
            requireNonNull(Path.of(name));
        } catch (InvalidPathException e) {
            throw new InvalidInputException(
                    "path: '" + shown(path) + "' has characters that the locale of the node's process does not have"
                            + " (expected: a locale with UTF-8, such as LC_ALL=C.UTF-8)",
                    e);
        }
    }

    private static String shown(String path) {
        return path.replace("\0", "\\0");
    }
}
