package dev.rookery.examples.panel.http;

import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the paths that browsers send. Whether they stay inside of a server's files is the node's to say. */
final class FilePaths {

    /** The most files that one request may name. */
    static final int FILES_MAX = 1000;

    private static final int PATH_MAX = 4096;

    private FilePaths() {}

    /** Returns a path of the query, or throws {@code validation}. */
    static String query(Context request, String name) {
        return required(request.queryParam(name), name);
    }

    /** Returns the directory of the query; the root if there is none. */
    static String directory(Context request) {
        return directory(request.queryParam("directory"));
    }

    /** Returns a directory; the root if there is none. */
    static String directory(@Nullable String directory) {
        return directory == null || directory.isEmpty() ? "/" : required(directory, "directory");
    }

    /** Returns a path, or throws {@code validation}. */
    static String required(@Nullable String path, String name) {
        if (path == null || path.isEmpty() || path.length() > PATH_MAX || path.indexOf('\0') >= 0) {
            throw ApiError.field(name, name + " (expected: a path of 1 to " + PATH_MAX + " characters)");
        }
        return path;
    }

    /** Returns the names of files, or throws {@code validation}. */
    static List<String> some(@Nullable List<String> files) {
        some(files, "files").forEach(file -> required(file, "files"));
        return Bodies.required(files, "files");
    }

    /** Returns a list that holds something, but not too much, or throws {@code validation}. */
    static <T> List<T> some(@Nullable List<T> items, String name) {
        var given = Bodies.required(items, name);
        if (given.isEmpty() || given.size() > FILES_MAX) {
            throw ApiError.field(name, name + ": " + given.size() + " (expected: 1 to " + FILES_MAX + ")");
        }
        return given;
    }

    /** Returns the directory around a path. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Returns the last name of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the path of something in a directory. */
    static String in(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }
}
