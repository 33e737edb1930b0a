package dev.rookery.api.node;

import dev.rookery.api.Content;

/**
 * The files of a server. Paths are relative to the server's root; a leading slash is optional. A path that leaves the root, also by
 * a symbolic link, is refused. Thread-safe.
 */
public interface NodeFiles {

    /**
     * Opens a file for reading. Needs {@code file.read-content}.
     *
     * @return to be closed by the caller
     * @throws dev.rookery.api.NotFoundException if there is no such file
     * @throws dev.rookery.api.InvalidInputException if it is a directory or not a regular file
     */
    Content read(String path);

    /**
     * Writes a file, creating it and its parents or replacing it as a whole: a reader sees the old or the new content, and after an
     * error the old one is still there. Needs {@code file.update}, or {@code file.create} for a new file.
     *
     * @param content is closed by this call, whatever happens
     * @throws dev.rookery.api.InvalidInputException if the path names a directory
     */
    void write(String path, Content content);
}
