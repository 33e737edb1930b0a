package dev.rookery.panel.internal;

import dev.rookery.kit.Correlation;
import dev.rookery.kit.NamedThreads;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.OperationStore;
import java.time.Clock;
import java.time.Duration;
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
 * Claims what is due and has it carried out, until closed. Several runners, here or in other processes, share a store: a claim
 * goes to one of them, and passes on when that one is gone. Thread-safe.
 */
public final class OperationRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int RENEWALS_PER_LEASE = 3;

    private final OperationStore operations;
    private final OperationSteps steps;
    private final PanelOptions options;
    private final Clock clock;
    private final Executor executor;
    private final Semaphore slots;
    private final Signal wake = new Signal();
    private final Signal stop = new Signal();
    private final Set<Operation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private @Nullable Thread claimer;

    /** Creates a runner that does nothing before {@link #start()}. */
    public OperationRunner(
            OperationStore operations, OperationSteps steps, PanelOptions options, Clock clock, Executor executor) {
        this.operations = operations;
        this.steps = steps;
        this.options = options;
        this.clock = clock;
        this.executor = executor;
        this.slots = new Semaphore(options.parallelOperations());
    }

    /** Begins to claim. Repeating has no effect. */
    public synchronized void start() {
        if (claimer != null || closed) {
            return;
        }
        claimer = NamedThreads.waiting("rookery-operations").newThread(this::claimLoop);
        claimer.start();
        NamedThreads.waiting("rookery-leases").newThread(this::renewLoop).start();
    }

    /** Looks for due operations at once. */
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

    /** Claims nothing more and waits for what is running, 10 s at most. What is not done by then is resumed by the next runner. */
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
            if (!slots.tryAcquire(options.parallelOperations(), DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} operations were left running", running.size());
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
            var claimed = Optional.<Operation>empty();
            try {
                claimed = closed ? Optional.empty() : claimOrNothing();
            } finally {
                if (claimed.isEmpty()) {
                    slots.release();
                }
            }
            if (claimed.isEmpty()) {
                wake.await(options.operationPoll());
            } else {
                submit(claimed.get());
            }
        }
    }

    private void submit(Operation operation) {
        try {
            executor.execute(() -> {
                try {
                    carryOut(operation);
                } finally {
                    slots.release();
                }
            });
        } catch (RejectedExecutionException e) {
            slots.release();
            LOG.warn("operation {}: no thread for it; it is resumed when its lease has run out", operation.id(), e);
        }
    }

    private Optional<Operation> claimOrNothing() {
        try {
            return claim();
        } catch (RuntimeException e) {
            LOG.warn("the store gave no operation; trying again", e);
            return Optional.empty();
        }
    }

    private Optional<Operation> claim() {
        var now = clock.instant();
        return operations.claim(UUID.randomUUID().toString(), now, now.plus(options.lease()));
    }

    private void carryOut(Operation operation) {
        var scope = Correlation.open(operation.correlationId());
        running.add(operation);
        try {
            steps.carryOut(operation);
        } catch (RuntimeException e) {
            // The claim stands until its lease has run out; then the operation is tried again, here or elsewhere.
            LOG.error("operation {} of server {} broke off", operation.kind(), operation.server(), e);
        } finally {
            running.remove(operation);
            scope.close();
        }
    }

    private void renewLoop() {
        var pause = options.lease().dividedBy(RENEWALS_PER_LEASE);
        while (!(closed && running.isEmpty())) {
            stop.await(pause);
            for (var operation : running) {
                try {
                    operations.renew(operation, clock.instant().plus(options.lease()));
                } catch (RuntimeException e) {
                    LOG.warn("the claim on operation {} could not be prolonged", operation.id(), e);
                }
            }
        }
    }
}
