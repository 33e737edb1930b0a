package dev.rookery.api.spi;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a daemon lends to its environment.
 *
 * @param node the node's uuid, which tells its processes from others on the same machine
 * @param stateDirectory an existing directory that the environment may keep its own files in, below {@code environment/<name>}
 * @param clock the time
 * @param threads runs each task on a thread of its own, which may wait; refuses with
 *     {@link java.util.concurrent.RejectedExecutionException} once the daemon is closing
 */
public record EnvironmentContext(UUID node, Path stateDirectory, Clock clock, Consumer<Runnable> threads) {

    /** Checks that all are there. */
    public EnvironmentContext {
        requireNonNull(node, "node");
        requireNonNull(stateDirectory, "stateDirectory");
        requireNonNull(clock, "clock");
        requireNonNull(threads, "threads");
    }
}
