package dev.rookery.examples.panel.http;

import dev.rookery.proxy.store.RevisionHeader;
import java.time.Instant;

/** A revision of the proxy's document as the UI sees it. */
record RevisionView(long number, String etag, String author, String reason, Instant at) {

    static RevisionView of(RevisionHeader revision) {
        var note = revision.note();
        return new RevisionView(revision.number(), revision.etag(), note.author(), note.reason(), note.at());
    }
}
