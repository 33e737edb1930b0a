package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import java.time.Instant;

/**
 * Who changed a document, and why.
 *
 * @param author for people and audits; at most 200 letters
 * @param reason for people; at most 1,000 letters
 * @param at when
 */
@Incubating
public record ChangeNote(String author, String reason, Instant at) {

    private static final int AUTHOR_MAX = 200;
    private static final int REASON_MAX = 1_000;

    /** Checks its arguments. */
    public ChangeNote {
        requireNonNull(at, "at");
        bounded("author", requireNonNull(author, "author"), AUTHOR_MAX);
        bounded("reason", requireNonNull(reason, "reason"), REASON_MAX);
    }

    private static void bounded(String name, String text, int max) {
        if (text.length() > max) {
            throw new InvalidInputException(name + ": " + text.length() + " letters (expected: at most " + max + ")");
        }
    }
}
