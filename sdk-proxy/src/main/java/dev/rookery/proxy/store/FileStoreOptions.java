package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import java.time.Duration;

/**
 * How much a store of files keeps.
 *
 * @param lastRevisions how many of the newest revisions stay, at least 2
 * @param dailyFor for how long the last revision of each day stays besides, counted from the newest revision
 * @param commitLimit how long a commit waits for others
 */
@Incubating
public record FileStoreOptions(int lastRevisions, Duration dailyFor, Duration commitLimit) {

    /** 50 revisions, those of 90 days, and half a minute. */
    public static final FileStoreOptions USUAL = new FileStoreOptions(50, Duration.ofDays(90), Duration.ofSeconds(30));

    /** Checks its arguments. */
    public FileStoreOptions {
        requireNonNull(dailyFor, "dailyFor");
        requireNonNull(commitLimit, "commitLimit");
        if (lastRevisions < 2) {
            throw new InvalidInputException("lastRevisions: " + lastRevisions + " (expected: 2 or more)");
        }
    }
}
