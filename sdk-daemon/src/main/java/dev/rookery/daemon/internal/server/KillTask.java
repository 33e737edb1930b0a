package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kills a process, again and again until it has ended: an engine that is away, or a process stuck in the kernel, does not lose a kill. */
final class KillTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KillTask.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long MAX_PAUSE_MILLIS = 10_000;

    private final ManagedServer server;
    private final long epoch;

    KillTask(ManagedServer server, long epoch) {
        this.server = server;
        this.epoch = epoch;
    }

    @Override
    public void run() {
        var session = server.session();
        if (session.isEmpty() || session.get().epoch() != epoch) {
            return;
        }
        long pause = FIRST_PAUSE_MILLIS;
        while (session.get().open()) {
            try {
                server.services().environment().signal(session.get().container(), "SIGKILL", CancelSignal.create());
            } catch (RookeryException e) {
                LOG.warn("server {}: cannot be killed yet: {}", server.id(), e.getMessage());
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            pause = Math.min(pause * 2, MAX_PAUSE_MILLIS);
        }
    }
}
