package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills a process, again and again until it has ended: an engine that is away, or a process stuck in the kernel, does not lose a kill. Who
 * asks for the same once more has it tried at once, by this task. Thread-safe.
 */
final class KillTask implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KillTask.class);
    private static final String SIGNAL = "SIGKILL";
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long MAX_PAUSE_MILLIS = 10_000;

    private final ManagedServer server;
    private final long epoch;
    private final List<CompletableFuture<Optional<String>>> asking = new ArrayList<>();
    private final Semaphore asked = new Semaphore(0);
    private boolean ended;
    // Guarded by asking: ends the try that nobody waits for.
    private CancelSignal trying = CancelSignal.create();

    KillTask(ManagedServer server, long epoch) {
        this.server = server;
        this.epoch = epoch;
    }

    long epoch() {
        return epoch;
    }

    /**
     * Asks for a try now; returns false if the task has ended.
     *
     * @param outcome is completed within two seconds: with what stood in the way, if anything did
     */
    boolean ask(CompletableFuture<Optional<String>> outcome) {
        synchronized (asking) {
            if (ended) {
                return false;
            }
            asking.add(outcome);
            trying.cancel();
        }
        asked.release();
        return true;
    }

    @Override
    public void run() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (asking) {
                ended = true;
            }
            answer(Optional.empty());
        }
    }

    private void kill() throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        boolean told = false;
        for (var target = target(); target.isPresent(); target = target()) {
            var obstacle = signal(target.get());
            if (obstacle.isPresent() && !told) {
                told = true;
                server.console()
                        .say("The server cannot be killed yet (" + obstacle.get()
                                + "); it is tried until it has ended.");
            }
            answer(obstacle);
            boolean hurry = asked.tryAcquire(pause, TimeUnit.MILLISECONDS);
            asked.drainPermits();
            pause = hurry ? FIRST_PAUSE_MILLIS : Math.min(pause * 2, MAX_PAUSE_MILLIS);
        }
    }

    /** What is to be killed, as long as it may run. */
    private Optional<String> target() {
        var state = server.state();
        if (state.epoch() != epoch) {
            return Optional.empty();
        }
        if (state.phase() == Phase.BOOTING) {
            return Optional.of(
                    state.resume().installing()
                            ? server.id() + ContainerSpecs.INSTALLER_SUFFIX
                            : server.id().toString());
        }
        return server.session()
                .filter(session -> session.epoch() == epoch && session.open())
                .map(ContainerSession::container);
    }

    /** Tries once; returns what stood in the way. */
    private Optional<String> signal(String process) {
        var environment = server.services().environment();
        try {
            if (awaited()) {
                BriefCall.run(
                        server.services(), BriefCall.FIRST_TRY, cancel -> environment.signal(process, SIGNAL, cancel));
            } else {
                // Ended by whoever asks next: a try of half a minute must not keep the answer from him.
                environment.signal(process, SIGNAL, fresh());
            }
            return Optional.empty();
        } catch (NotFoundException e) {
            LOG.debug("server {}: there is nothing to kill: {}", server.id(), e.getMessage());
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("server {}: cannot be killed yet: {}", server.id(), e.toString());
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private CancelSignal fresh() {
        synchronized (asking) {
            trying = CancelSignal.create();
            if (!asking.isEmpty()) {
                trying.cancel();
            }
            return trying;
        }
    }

    private boolean awaited() {
        synchronized (asking) {
            return !asking.isEmpty();
        }
    }

    private void answer(Optional<String> obstacle) {
        List<CompletableFuture<Optional<String>>> all;
        synchronized (asking) {
            all = List.copyOf(asking);
            asking.clear();
        }
        all.forEach(outcome -> outcome.complete(obstacle));
    }
}
