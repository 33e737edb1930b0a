package dev.rookery.api.node;

import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.RemoteDownload;
import dev.rookery.api.file.RemoteDownloadRequest;
import java.util.List;

/** Files of a server that the node fetches from elsewhere. Needs {@code file.create}; listing needs {@code file.read}. Thread-safe. */
public interface RemoteDownloads {

    /** Returns what is being fetched now. */
    List<RemoteDownload> list();

    /**
     * Begins to fetch a file and returns at once.
     *
     * @return the id of the download
     * @throws dev.rookery.api.InvalidInputException if the URL is refused, the disk is full or too many downloads run
     */
    String start(RemoteDownloadRequest request);

    /**
     * Fetches a file and returns when it is there.
     *
     * @throws dev.rookery.api.InvalidInputException if the URL is refused, the disk is full, too many downloads run, or the other side does
     *     not answer with a file; a Go daemon that refuses an address after it has connected only says that something failed
     */
    FileEntry fetch(RemoteDownloadRequest request);

    /** Ends a download; one that is not known is none any more. */
    void cancel(String id);
}
