package dev.rookery.panel.internal;

import dev.rookery.api.NodeId;
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
    private final Set<Running<T>> running = ConcurrentHashMap.newKeySet();
    private final NodePlaces places;
    private volatile boolean closed;
    private @Nullable Thread claimer;

    /**
     * How it goes about its work.
     *
     * @param poll how often the store is asked for work that another process has put down
     * @param lease how long a claim lasts without being prolonged
     * @param longest how long a claim is prolonged at most; what takes longer hangs, and is interrupted
     * @param parallel how much is done at one time
     * @param perNode how much of that for one node
     */
    public record Pace(Duration poll, Duration lease, Duration longest, int parallel, int perNode) {

        private static final Duration LONG = Duration.ofMinutes(15);
        private static final int CALLS = 30;

        /** Returns how long work may take that consists of calls to nodes and to an object store. */
        public static Duration longest(Duration callDeadline) {
            var calls = callDeadline.multipliedBy(CALLS);
            return calls.compareTo(LONG) > 0 ? calls : LONG;
        }
    }

    /**
     * Where work comes from and how it is done. Called from many threads.
     *
     * @param <T> a claim
     */
    public interface Source<T> {

        /** Claims something that is due, under a lease of this name, and is for none of these nodes. */
        Optional<T> claim(String lease, Instant now, Instant until, Set<NodeId> full);

        /** Returns the node that a claim is for; empty if it is for none. */
        Optional<NodeId> node(T claimed);

        /** Says whether a node is known not to answer. */
        boolean silent(NodeId node);

        /** Prolongs a claim; false if it is somebody else's by now. */
        boolean renew(T claimed, Instant until);

        /**
         * Does the work. What it throws is logged; the claim then stands until its lease has run out.
         *
         * @param upToDate the last time at which nothing waited for a place; what became due later is not late, but had to wait
         */
        void carryOut(T claimed, Instant upToDate);
    }

    private record Work<T>(T claimed, Optional<NodeId> node, Instant upToDate) {}

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
        this.places = new NodePlaces(pace.perNode(), source::silent, clock.instant());
    }

    /** Begins to claim. Repeating has no effect. */
    public synchronized void start() {
        if (claimer != null || closed) {
            return;
        }
        places.upToDate(clock.instant(), Set.of());
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
        places.upToDate(clock.instant(), Set.of());
        for (var claimed = claim(Set.of()); claimed.isPresent(); claimed = claim(Set.of())) {
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
            var full = places.full();
            var claimed = Optional.<Work<T>>empty();
            try {
                claimed = closed ? Optional.empty() : claimOrNothing(full);
            } finally {
                if (claimed.isEmpty()) {
                    slots.release();
                }
            }
            if (claimed.isEmpty()) {
                wake.await(pace.poll());
                places.upToDate(clock.instant(), full);
            } else {
                submit(claimed.get());
            }
        }
    }

    private void submit(Work<T> work) {
        work.node().ifPresent(places::take);
        try {
            executor.execute(() -> {
                try {
                    carryOut(work);
                } finally {
                    giveBack(work);
                }
            });
        } catch (RejectedExecutionException e) {
            giveBack(work);
            LOG.warn("{}: no thread; this one is resumed when its lease has run out", name, e);
        }
    }

    private void giveBack(Work<T> work) {
        boolean awaited = work.node().filter(places.full()::contains).isPresent();
        work.node().ifPresent(places::give);
        slots.release();
        if (awaited) {
            wake.give();
        }
    }

    private Optional<Work<T>> claimOrNothing(Set<NodeId> full) {
        try {
            return claim(full);
        } catch (RuntimeException e) {
            LOG.warn("the store gave none of the {}; trying again", name, e);
            return Optional.empty();
        }
    }

    private Optional<Work<T>> claim(Set<NodeId> full) {
        var now = clock.instant();
        return source.claim(UUID.randomUUID().toString(), now, now.plus(pace.lease()), full)
                .map(this::placed);
    }

    private Work<T> placed(T claimed) {
        var node = Optional.<NodeId>empty();
        try {
            node = source.node(claimed);
        } catch (RuntimeException e) {
            LOG.warn("{}: it is not known which node this one is for: {}", name, claimed, e);
        }
        return new Work<>(claimed, node, places.upToDate(node));
    }

    private void carryOut(Work<T> work) {
        var present = new Running<>(work.claimed(), Thread.currentThread());
        running.add(present);
        try {
            source.carryOut(work.claimed(), work.upToDate());
        } catch (RuntimeException e) {
            // The claim stands until its lease has run out; then it is tried again, here or elsewhere.
            LOG.error("{}: one broke off: {}", name, work.claimed(), e);
        } finally {
            running.remove(present);
            present.end();
        }
    }

    private void renewLoop() {
        var pause = pace.lease().dividedBy(RENEWALS_PER_LEASE);
        while (!(closed && running.isEmpty())) {
            stop.await(pause);
            running.forEach(this::renew);
        }
    }

    private void renew(Running<T> present) {
        if (present.lasted().compareTo(pace.longest()) > 0) {
            if (present.breakOff()) {
                LOG.error("{}: one hangs and is interrupted after {}: {}", name, pace.longest(), present.claimed());
            }
            return;
        }
        try {
            boolean held = present.lost()
                    || source.renew(present.claimed(), clock.instant().plus(pace.lease()));
            if (!held && running.contains(present)) {
                present.lose();
                LOG.warn("{}: a claim is somebody else's by now: {}", name, present.claimed());
            }
        } catch (RuntimeException e) {
            LOG.warn("{}: a claim could not be prolonged", name, e);
        }
    }
}
