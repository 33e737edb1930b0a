package dev.rookery.api.node;

import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileJob;
import java.util.List;

/**
 * What a node does with a server's files on its own. A job outlives the call that began it; what has ended can be seen for a while. Downloads
 * that {@link RemoteDownloads#start} began are among the jobs, under the same id. Ours. Thread-safe.
 */
public interface FileJobs {

    /** Returns the jobs, the newest first. Needs {@code file.read}. */
    List<FileJob> list();

    /**
     * Begins to put files into an archive and returns at once. Needs {@code file.archive}.
     *
     * @throws dev.rookery.api.ConflictException if too many jobs of the server wait
     */
    FileJob compress(CompressRequest request);

    /**
     * Begins to unpack an archive and returns at once. Needs {@code file.archive}.
     *
     * @param directory where the archive is, and where its content goes
     * @param file the archive's name
     * @throws dev.rookery.api.NotFoundException if there is no such file
     * @throws dev.rookery.api.ConflictException if too many jobs of the server wait
     */
    FileJob decompress(String directory, String file);

    /** Ends a job; one that is not known or has ended is left as it is. Needs what it needed to begin it. */
    void cancel(String id);
}
