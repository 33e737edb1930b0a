package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * A schedule as the panel keeps it.
 *
 * @param id its own id
 * @param server of which server
 * @param spec what it is
 * @param author on whose authority it runs: the user who last saved or enabled it; empty for the panel itself
 * @param version counts its changes
 * @param createdAt when it was added
 * @param updatedAt when it was last changed
 * @param nextRunAt its next time; empty while it is disabled
 * @param lastRunAt when a run last began; empty if none has
 * @param running the run that is under way; empty if there is none
 */
@Value.Builder
public record Schedule(
        UUID id,
        ServerId server,
        ScheduleSpec spec,
        Optional<UUID> author,
        long version,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> nextRunAt,
        Optional<Instant> lastRunAt,
        Optional<UUID> running) {

    /** Checks its arguments. */
    public Schedule {
        requireNonNull(id, "id");
        requireNonNull(server, "server");
        requireNonNull(spec, "spec");
        requireNonNull(author, "author");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(updatedAt, "updatedAt");
        requireNonNull(nextRunAt, "nextRunAt");
        requireNonNull(lastRunAt, "lastRunAt");
        requireNonNull(running, "running");
    }

    /** Returns a builder. */
    public static ScheduleBuilder builder() {
        return new ScheduleBuilder();
    }
}
