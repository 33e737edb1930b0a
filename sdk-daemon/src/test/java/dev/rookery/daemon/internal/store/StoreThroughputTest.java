package dev.rookery.daemon.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.StateChange;
import dev.rookery.kit.NamedThreads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many servers that decide at once, each waiting until its decision is on the disk. */
class StoreThroughputTest {

    private static final int SERVERS = 50;
    private static final int DECISIONS = 40;

    @TempDir
    Path root;

    @Test
    void everyDecisionOfManyServersIsOnTheDiskWhenItsCallReturns() throws Exception {
        var ids = new ArrayList<ServerId>();
        try (var store = DaemonStore.open(root)) {
            for (int i = 0; i < SERVERS; i++) {
                var id = ServerId.random();
                store.add(id, Rows.configuration(id), Rows.state("OFFLINE", 0));
                ids.add(id);
            }
            var tasks = new ArrayList<Callable<Boolean>>();
            for (var id : ids) {
                tasks.add(() -> {
                    for (int epoch = 1; epoch <= DECISIONS; epoch++) {
                        store.keep(id, Rows.state("LAUNCHING", epoch), List.of(change(epoch)));
                    }
                    return true;
                });
            }
            var threads = NamedThreads.perTask("store-test");
            long begun = System.nanoTime();
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            threads.shutdown();
            System.out.printf(
                    "store: %d servers, %.0f decisions/s, each on the disk before it is answered%n",
                    SERVERS, SERVERS * DECISIONS / seconds);
            var alone = System.nanoTime();
            for (int epoch = DECISIONS + 1; epoch <= 2 * DECISIONS; epoch++) {
                store.keep(ids.get(0), Rows.state("LAUNCHING", epoch), List.of(change(epoch)));
            }
            System.out.printf(
                    "store: one server alone, %.0f decisions/s%n", DECISIONS / ((System.nanoTime() - alone) / 1e9));
        }
        try (var store = DaemonStore.open(root)) {
            assertThat(store.servers().servers())
                    .hasSize(SERVERS)
                    .allSatisfy(server -> assertThat(server.state().epoch())
                            .isEqualTo(server.id().equals(ids.get(0)) ? 2 * DECISIONS : DECISIONS));
            assertThat(store.outboxHeads()).hasSize(SERVERS);
        }
    }

    private static OutboxEntry change(int epoch) {
        return epoch % 2 == 0
                ? new OutboxEntry.State(new StateChange(ServerState.STARTING, ServerState.OFFLINE))
                : new OutboxEntry.State(new StateChange(ServerState.OFFLINE, ServerState.STARTING));
    }
}
