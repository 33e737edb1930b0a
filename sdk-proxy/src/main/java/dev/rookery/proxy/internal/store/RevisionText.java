package dev.rookery.proxy.internal.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.Sha256;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.Schemas;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.time.Instant;
import java.util.Arrays;

/**
 * A revision as it is kept: a line about it and a line with the document. The first line has a digest of the second; the revision's etag is a
 * digest of the first. Immutable.
 */
public final class RevisionText {

    private final Revision revision;
    private final byte[] bytes;

    private RevisionText(Revision revision, byte[] bytes) {
        this.revision = revision;
        this.bytes = bytes;
    }

    /** Returns it as a value. */
    public Revision revision() {
        return revision;
    }

    /** Returns it as text. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the text of what is to be saved. */
    public static RevisionText of(long number, String previous, ChangeNote note, ProxyDocument document) {
        byte[] body = ProxyJson.canonical(ProxyJson.tree(document));
        var head = new Head(number, previous, note.author(), note.reason(), note.at(), digest(body));
        byte[] first = ProxyJson.canonical(ProxyJson.tree(head));
        byte[] all = Arrays.copyOf(first, first.length + body.length + 2);
        all[first.length] = '\n';
        System.arraycopy(body, 0, all, first.length + 1, body.length);
        all[all.length - 1] = '\n';
        return new RevisionText(new Revision(number, digest(first), previous, note, document), all);
    }

    /** Reads a text. */
    public static Revision read(byte[] text) {
        int end = firstLine(text);
        if (end + 1 >= text.length || text[text.length - 1] != '\n') {
            throw new StoreException(Problem.BROKEN, "the end is missing (expected: two lines)");
        }
        byte[] body = Arrays.copyOfRange(text, end + 1, text.length - 1);
        var head = head(text, end);
        if (!digest(body).equals(head.digest())) {
            throw new StoreException(
                    Problem.BROKEN, "the document of revision " + head.revision() + " is not what was saved");
        }
        var header = header(text);
        return new Revision(header.number(), header.etag(), head.previous(), header.note(), document(body));
    }

    /** Reads the first line. */
    public static RevisionHeader header(byte[] text) {
        int end = firstLine(text);
        var head = head(text, end);
        var note = new ChangeNote(head.author(), head.reason(), head.at());
        return new RevisionHeader(head.revision(), digest(Arrays.copyOf(text, end)), note);
    }

    /** Reads which revision is the one before. */
    static String previous(byte[] text) {
        return head(text, firstLine(text)).previous();
    }

    private static ProxyDocument document(byte[] body) {
        try {
            var json = ProxyJson.read(body);
            if (Schemas.newer(json)) {
                throw new StoreException(
                        Problem.NEWER,
                        "a newer version wrote this (expected: schema " + ProxyDocument.SCHEMA + " or older)");
            }
            return Schemas.read(json);
        } catch (InvalidInputException e) {
            throw new StoreException(Problem.BROKEN, "the document cannot be read: " + e.getMessage(), e);
        }
    }

    private static int firstLine(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                return i;
            }
        }
        throw new StoreException(Problem.BROKEN, "the first line is missing or cut (expected: two lines)");
    }

    private static Head head(byte[] text, int end) {
        try {
            return ProxyJson.read(Arrays.copyOf(text, end), Head.class);
        } catch (InvalidInputException e) {
            throw new StoreException(Problem.BROKEN, "the first line cannot be read: " + e.getMessage(), e);
        }
    }

    private static String digest(byte[] bytes) {
        return Sha256.of(bytes);
    }

    /** The first line. */
    record Head(
            @JsonProperty(value = "revision", required = true)
            long revision,

            @JsonProperty(value = "previous", required = true)
            String previous,

            @JsonProperty(value = "author", required = true) String author,
            @JsonProperty(value = "reason", required = true) String reason,
            @JsonProperty(value = "at", required = true) Instant at,
            @JsonProperty(value = "digest", required = true) String digest) {}
}
