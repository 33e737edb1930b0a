package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A change of a server's status, compared before it is set.
 *
 * @param from statuses it begins with; in any other one nothing happens
 * @param to the new status
 * @param reason why, for people; empty clears the present one
 * @param installedAt when an installation ended well; empty leaves the present one
 */
public record StatusChange(
        Set<ServerStatus> from, ServerStatus to, Optional<String> reason, Optional<Instant> installedAt) {

    /** Copies the set. */
    public StatusChange {
        requireNonNull(to, "to");
        requireNonNull(reason, "reason");
        requireNonNull(installedAt, "installedAt");
        from = Set.copyOf(from);
    }

    /** Returns a change without a reason. */
    public static StatusChange of(Set<ServerStatus> from, ServerStatus to) {
        return new StatusChange(from, to, Optional.empty(), Optional.empty());
    }

    /** Returns a change with a reason. */
    public static StatusChange of(Set<ServerStatus> from, ServerStatus to, String reason) {
        return new StatusChange(from, to, Optional.of(reason), Optional.empty());
    }
}
