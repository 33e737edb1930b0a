package dev.rookery.api.node;

import dev.rookery.api.Content;
import dev.rookery.api.file.FileUpload;

/**
 * Files that come in pieces: what has arrived is kept over breaks of a connection and of the node. Ours. Needs {@code file.create}, and {@code
 * file.update} where a file is there already. Thread-safe.
 */
public interface FileUploads {

    /**
     * Begins a file. Its place changes when all of it has come.
     *
     * @param sizeBytes how long it will be; the space for it is claimed now
     * @throws dev.rookery.api.InvalidInputException if there is not so much disk space, the path is that of a directory, or too many are begun
     */
    FileUpload begin(String path, long sizeBytes);

    /**
     * Returns how far an upload is.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such upload of the caller
     */
    FileUpload get(String id);

    /**
     * Adds a piece, and overwrites nothing that somebody else has written since the upload began, as {@link #append(String, long, Content, boolean)}.
     *
     * @param offsetBytes where the piece belongs: {@link FileUpload#offsetBytes()}
     * @param content is closed by this call, whatever happens
     * @throws dev.rookery.api.ConflictException if the piece belongs elsewhere, another one is being added, or the file was changed since
     * @throws dev.rookery.api.NotFoundException if there is no such upload of the caller
     */
    default FileUpload append(String id, long offsetBytes, Content content) {
        return append(id, offsetBytes, content, false);
    }

    /**
     * Adds a piece. What arrived of it stays, also when the content breaks off. The last one puts the file in its place.
     *
     * @param offsetBytes where the piece belongs: {@link FileUpload#offsetBytes()}
     * @param content is closed by this call, whatever happens
     * @param overwrite whether a file is replaced that was made or changed by somebody else since the upload began. Without that the last piece is
     *     refused, the file stays as it is, and the last byte may be added again
     * @throws dev.rookery.api.ConflictException if the piece belongs elsewhere, another one is being added, or the file was changed since
     * @throws dev.rookery.api.NotFoundException if there is no such upload of the caller
     */
    FileUpload append(String id, long offsetBytes, Content content, boolean overwrite);

    /** Gives an upload up; one that is not known is none any more. */
    void cancel(String id);
}
