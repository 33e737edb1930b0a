package dev.rookery.panel.internal;

import dev.rookery.kit.NamedThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims what is due and has it carried out, until closed. Several of these, here or in other processes, share a store: a claim
 * goes to one of them, and passes on when that one is gone. Thread-safe.
 *
 * @param <T> a claim; each one is equal to itself only
 */
public final class LeasedWork<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeasedWork.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int RENEWALS_PER_LEASE = 3;

    private final String name;
    private final Source<T> source;
    private final Pace pace;
    private final Clock clock;
    private final Executor executor;
    private final Semaphore slots;
    private final Signal wake = new Signal();
    private final Signal stop = new Signal();
    private final Set<T> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private @Nullable Thread claimer;

    /**
     * How it goes about its work.
     *
     * @param poll how often the store is asked for work that another process has put down
     * @param lease how long a claim lasts without being prolonged
     * @param parallel how much is done at one time
     */
    public record Pace(Duration poll, Duration lease, int parallel) {}

    /**
     * Where work comes from and how it is done. Called from many threads.
     *
     * @param <T> a claim
     */
    public interface Source<T> {

        /** Claims something that is due, under a lease of this name. */
        Optional<T> claim(String lease, Instant now, Instant until);

        /** Prolongs a claim. */
        void renew(T claimed, Instant until);

        /** Does the work. What it throws is logged; the claim then stands until its lease has run out. */
        void carryOut(T claimed);
    }

    /**
     * Creates something that does nothing before {@link #start()}.
     *
     * @param name what its threads and its log lines are called after, such as {@code operations}
     */
    public LeasedWork(String name, Source<T> source, Pace pace, Clock clock, Executor executor) {
        this.name = name;
        this.source = source;
        this.pace = pace;
        this.clock = clock;
        this.executor = executor;
        this.slots = new Semaphore(pace.parallel());
    }

    /** Begins to claim. Repeating has no effect. */
    public synchronized void start() {
        if (claimer != null || closed) {
            return;
        }
        claimer = NamedThreads.waiting("rookery-" + name).newThread(this::claimLoop);
        claimer.start();
        NamedThreads.waiting("rookery-" + name + "-leases")
                .newThread(this::renewLoop)
                .start();
    }

    /** Looks for due work at once. */
    public void wake() {
        wake.give();
    }

    /** Carries out what is due now, one after the other on this thread; returns how many that were. */
    public int runDue() {
        int count = 0;
        for (var claimed = claim(); claimed.isPresent(); claimed = claim()) {
            carryOut(claimed.get());
            count++;
        }
        return count;
    }

    /** Claims nothing more and waits for what is running, 10 s at most. What is not done by then is resumed elsewhere or later. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        wake.give();
        try {
            if (!slots.tryAcquire(pace.parallel(), DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} {} were left running", running.size(), name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop.give();
    }

    private void claimLoop() {
        while (!closed) {
            try {
                slots.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            var claimed = Optional.<T>empty();
            try {
                claimed = closed ? Optional.empty() : claimOrNothing();
            } finally {
                if (claimed.isEmpty()) {
                    slots.release();
                }
            }
            if (claimed.isEmpty()) {
                wake.await(pace.poll());
            } else {
                submit(claimed.get());
            }
        }
    }

    private void submit(T claimed) {
        try {
            executor.execute(() -> {
                try {
                    carryOut(claimed);
                } finally {
                    slots.release();
                }
            });
        } catch (RejectedExecutionException e) {
            slots.release();
            LOG.warn("{}: no thread; this one is resumed when its lease has run out", name, e);
        }
    }

    private Optional<T> claimOrNothing() {
        try {
            return claim();
        } catch (RuntimeException e) {
            LOG.warn("the store gave none of the {}; trying again", name, e);
            return Optional.empty();
        }
    }

    private Optional<T> claim() {
        var now = clock.instant();
        return source.claim(UUID.randomUUID().toString(), now, now.plus(pace.lease()));
    }

    private void carryOut(T claimed) {
        running.add(claimed);
        try {
            source.carryOut(claimed);
        } catch (RuntimeException e) {
            // The claim stands until its lease has run out; then it is tried again, here or elsewhere.
            LOG.error("{}: one broke off: {}", name, claimed, e);
        } finally {
            running.remove(claimed);
        }
    }

    private void renewLoop() {
        var pause = pace.lease().dividedBy(RENEWALS_PER_LEASE);
        while (!(closed && running.isEmpty())) {
            stop.await(pause);
            for (var claimed : running) {
                try {
                    source.renew(claimed, clock.instant().plus(pace.lease()));
                } catch (RuntimeException e) {
                    LOG.warn("{}: a claim could not be prolonged", name, e);
                }
            }
        }
    }
}
