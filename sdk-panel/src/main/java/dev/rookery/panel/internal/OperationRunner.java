package dev.rookery.panel.internal;

import dev.rookery.api.NodeId;
import dev.rookery.kit.Correlation;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Has the durable operations of a store carried out, see {@link LeasedWork}. Thread-safe. */
public final class OperationRunner implements AutoCloseable {

    private final LeasedWork<Operation> work;

    /** Creates a runner that does nothing before {@link #start()}. */
    public OperationRunner(PanelParts parts, PanelOptions options, Clock clock, Executor executor) {
        var pace = new LeasedWork.Pace(
                options.operationPoll(),
                options.lease(),
                LeasedWork.Pace.longest(options.callDeadline()),
                options.parallelOperations(),
                options.operationsPerNode());
        var stored = new Stored(parts.store(), parts.steps(), parts.board());
        work = new LeasedWork<>("operations", stored, pace, clock, executor);
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

    private record Stored(PanelStore store, OperationSteps steps, StateBoard board)
            implements LeasedWork.Source<Operation> {

        @Override
        public Optional<Operation> claim(String lease, Instant now, Instant until, Set<NodeId> full) {
            return store.operations().claim(lease, now, until, full);
        }

        @Override
        public Optional<NodeId> node(Operation claimed) {
            return claimed.kind() == OperationKind.CLEAN_UP
                    ? Optional.of(Operations.node(claimed))
                    : store.servers().find(claimed.server()).map(PanelServer::node);
        }

        @Override
        public boolean silent(NodeId node) {
            return board.silent(node);
        }

        @Override
        public boolean renew(Operation claimed, Instant until) {
            return store.operations().renew(claimed, until);
        }

        @Override
        public void carryOut(Operation claimed, Instant upToDate) {
            var scope = Correlation.open(claimed.correlationId());
            try {
                steps.carryOut(claimed);
            } finally {
                scope.close();
            }
        }
    }
}
