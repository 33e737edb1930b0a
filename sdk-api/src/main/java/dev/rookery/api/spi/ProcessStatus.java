package dev.rookery.api.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a process is doing.
 *
 * @param id its id
 * @param running whether it runs
 * @param exitCode of the ended process
 * @param outOfMemory whether it was killed for want of memory
 * @param startedAt when it started last, empty if it never did
 */
public record ProcessStatus(
        String id, boolean running, int exitCode, boolean outOfMemory, Optional<Instant> startedAt) {

    /** Checks that all are there. */
    public ProcessStatus {
        requireNonNull(id, "id");
        requireNonNull(startedAt, "startedAt");
    }
}
