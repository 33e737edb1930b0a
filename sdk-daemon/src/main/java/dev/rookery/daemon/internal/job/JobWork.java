package dev.rookery.daemon.internal.job;

import java.io.IOException;

/**
 * The work of a job.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface JobWork<T> {

    /**
     * Does the work on a thread of its own.
     *
     * @throws IOException if it cannot be done
     * @throws dev.rookery.api.RookeryException if it cannot be done; whoever waits for the job gets this very one
     */
    T run(JobProgress progress) throws IOException;
}
