package dev.rookery.panel;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a node answers.
 *
 * @param reachable whether the last question was answered
 * @param lastError why not, for people; empty if it was
 * @param version the daemon's version, as last heard
 * @param checkedAt when it was asked; {@link Instant#EPOCH} if it was not asked yet
 */
public record NodeHealth(boolean reachable, Optional<String> lastError, Optional<String> version, Instant checkedAt) {

    /** A node that was not asked yet. */
    public static final NodeHealth UNKNOWN =
            new NodeHealth(false, Optional.of("not asked yet"), Optional.empty(), Instant.EPOCH);
}
