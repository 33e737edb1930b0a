package dev.rookery.panel.internal;

import dev.rookery.kit.Correlation;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.OperationStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Has the durable operations of a store carried out, see {@link LeasedWork}. Thread-safe. */
public final class OperationRunner implements AutoCloseable {

    private final LeasedWork<Operation> work;

    /** Creates a runner that does nothing before {@link #start()}. */
    public OperationRunner(
            OperationStore operations, OperationSteps steps, PanelOptions options, Clock clock, Executor executor) {
        var pace = new LeasedWork.Pace(options.operationPoll(), options.lease(), options.parallelOperations());
        work = new LeasedWork<>("operations", new Stored(operations, steps), pace, clock, executor);
    }

    /** Begins to claim. Repeating has no effect. */
    public void start() {
        work.start();
    }

    /** Looks for due operations at once. */
    public void wake() {
        work.wake();
    }

    /** Carries out what is due now, one after the other on this thread; returns how many that were. */
    public int runDue() {
        return work.runDue();
    }

    /** Claims nothing more and waits for what is running, 10 s at most. What is not done by then is resumed by the next runner. */
    @Override
    public void close() {
        work.close();
    }

    private record Stored(OperationStore operations, OperationSteps steps) implements LeasedWork.Source<Operation> {

        @Override
        public Optional<Operation> claim(String lease, Instant now, Instant until) {
            return operations.claim(lease, now, until);
        }

        @Override
        public void renew(Operation claimed, Instant until) {
            operations.renew(claimed, until);
        }

        @Override
        public void carryOut(Operation claimed) {
            var scope = Correlation.open(claimed.correlationId());
            try {
                steps.carryOut(claimed);
            } finally {
                scope.close();
            }
        }
    }
}
