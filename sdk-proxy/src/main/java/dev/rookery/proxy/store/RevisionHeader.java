package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.internal.store.RevisionText;

/**
 * What is to say of a revision without its document.
 *
 * @param number 1 for the first that was saved, and one more for each
 * @param etag changes with the document and with everything before it
 * @param note who changed it
 */
@Incubating
public record RevisionHeader(long number, String etag, ChangeNote note) {

    /** Checks its arguments. */
    public RevisionHeader {
        requireNonNull(etag, "etag");
        requireNonNull(note, "note");
    }

    /**
     * Reads the first line of what {@link Revision#toBytes} returned; what comes after it is not looked at and may be missing.
     *
     * @throws StoreException {@link StoreException.Problem#BROKEN} if it cannot be read
     */
    public static RevisionHeader fromBytes(byte[] bytes) {
        return RevisionText.header(bytes);
    }
}
