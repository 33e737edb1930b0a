package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.internal.store.Differences;
import dev.rookery.proxy.internal.store.RevisionText;
import dev.rookery.proxy.route.ProxyDocument;
import java.time.Instant;
import java.util.List;

/**
 * A document as it was saved. Revisions are a chain: the etag of each is a digest of its document, of its note and of the one before.
 *
 * @param number 1 for the first that was saved, and one more for each
 * @param etag a digest of all of it
 * @param previous the etag of the revision before
 * @param note who changed it
 * @param document all of it
 */
@Incubating
public record Revision(long number, String etag, String previous, ChangeNote note, ProxyDocument document) {

    /** What a store has before anything is saved. */
    public static final Revision NONE = RevisionText.of(
                    0, "", new ChangeNote("", "", Instant.EPOCH), ProxyDocument.EMPTY)
            .revision();

    /** Checks its arguments. */
    public Revision {
        requireNonNull(etag, "etag");
        requireNonNull(previous, "previous");
        requireNonNull(note, "note");
        requireNonNull(document, "document");
    }

    /** Returns the revision that comes after this one. */
    public Revision next(ProxyDocument next, ChangeNote why) {
        return RevisionText.of(number + 1, etag, why, next).revision();
    }

    /** Returns it without its document. */
    public RevisionHeader header() {
        return new RevisionHeader(number, etag, note);
    }

    /** Returns what changed since another revision, in the order of the document; routes are compared by their ids, not by their places. */
    public List<Difference> since(Revision other) {
        return Differences.between(other.document, document);
    }

    /** Returns it as text for stores: two lines of JSON, the second is the document. */
    public byte[] toBytes() {
        return RevisionText.of(number, previous, note, document).bytes();
    }

    /**
     * Reads what {@link #toBytes} returned, of this or an older version.
     *
     * @throws StoreException {@link StoreException.Problem#BROKEN} if anything of it has changed since, {@link StoreException.Problem#NEWER} if a newer
     *     version wrote it
     */
    public static Revision fromBytes(byte[] bytes) {
        return RevisionText.read(bytes);
    }
}
