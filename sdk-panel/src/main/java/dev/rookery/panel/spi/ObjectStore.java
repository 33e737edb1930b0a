package dev.rookery.panel.spi;

import dev.rookery.api.backup.BackupPart;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where backups are kept that are not to lie on their node. Nodes upload and download with signed URLs; they never see the keys of the
 * store. What can be tried again throws {@link dev.rookery.api.UnavailableException} or {@link dev.rookery.api.DeadlineException}.
 * Implementations are thread-safe; all calls but the two that only sign may block.
 */
public interface ObjectStore {

    /**
     * Begins an upload in parts.
     *
     * @param key of the object
     * @return the upload's id
     */
    String begin(String key);

    /**
     * Signs where the parts of an upload go. Asks nobody.
     *
     * @param key of the object
     * @param upload as {@link #begin} returned it
     * @param count how many parts, at least 1
     * @param validity how long the URLs may be used
     * @return a URL for each part, in order; each is a secret
     */
    List<URI> sign(String key, String upload, int count, Duration validity);

    /**
     * Puts the parts together. Repeating has no effect.
     *
     * @param parts what was uploaded, in order
     * @throws dev.rookery.api.NotFoundException if there is no such upload, nor the object
     * @throws dev.rookery.api.InvalidInputException if the parts are not those that were uploaded
     */
    void complete(String key, String upload, List<BackupPart> parts);

    /** Throws an upload away with all its parts. One that is not there is no failure. */
    void abort(String key, String upload);

    /**
     * Signs where an object can be read. Asks nobody.
     *
     * @param validity how long the URL may be used
     * @return a secret
     */
    URI download(String key, Duration validity);

    /** Removes an object. One that is not there is no failure. */
    void delete(String key);
}
