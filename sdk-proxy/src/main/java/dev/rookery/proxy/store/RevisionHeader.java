package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;

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
}
