package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kills a process, again and again until it has ended: an engine that is away, or a process stuck in the kernel, does not lose a kill. */
final class KillTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KillTask.class);
    private static final String SIGNAL = "SIGKILL";
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long MAX_PAUSE_MILLIS = 10_000;

    private final ManagedServer server;
    private final long epoch;
    private final CompletableFuture<Optional<String>> firstTry;

    /**
     * Creates the task.
     *
     * @param firstTry is completed within two seconds: with what stood in the way, if anything did
     */
    KillTask(ManagedServer server, long epoch, CompletableFuture<Optional<String>> firstTry) {
        this.server = server;
        this.epoch = epoch;
        this.firstTry = firstTry;
    }

    @Override
    public void run() {
        try {
            kill();
        } finally {
            firstTry.complete(Optional.empty());
        }
    }

    private void kill() {
        var session = server.session();
        if (session.isEmpty() || session.get().epoch() != epoch) {
            return;
        }
        long pause = FIRST_PAUSE_MILLIS;
        while (session.get().open()) {
            try {
                signal(session.get().container());
                firstTry.complete(Optional.empty());
            } catch (RuntimeException e) {
                LOG.warn("server {}: cannot be killed yet: {}", server.id(), e.toString());
                if (firstTry.complete(Optional.of(String.valueOf(e.getMessage())))) {
                    server.console()
                            .say("The server cannot be killed yet (" + e.getMessage()
                                    + "); it is tried until it has ended.");
                }
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

    private void signal(String container) {
        var services = server.services();
        if (firstTry.isDone()) {
            services.environment().signal(container, SIGNAL, CancelSignal.create());
        } else {
            BriefCall.run(
                    services,
                    BriefCall.FIRST_TRY,
                    cancel -> services.environment().signal(container, SIGNAL, cancel));
        }
    }
}
