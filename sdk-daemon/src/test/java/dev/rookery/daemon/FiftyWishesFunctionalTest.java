package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.kit.NamedThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty power wishes at once, of every kind: none is stuck, and the last one counts. */
@Tag("docker")
class FiftyWishesFunctionalTest {

    private static final int WISHES = 50;

    @TempDir
    Path root;

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(root);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void nothingIsStuckAndTheLastWishCounts() throws Exception {
        var id = node.install(TestNode.GAME, "true");
        wishAll(id, new Random(4));
        node.server(id).power(PowerAction.KILL);
        node.awaitState(id, ServerState.OFFLINE);
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        assertThat(TestNode.docker("ps", "-q", "--filter", "name=" + id).lines())
                .hasSize(1);
        // The panel was told a row of states without a gap, and the last one is true.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> node.panel
                        .states
                        .get(node.panel.states.size() - 1)
                        .newState()
                        .equals(ServerState.RUNNING));
        var states = node.panel.states;
        for (int i = 1; i < states.size(); i++) {
            // A report that was on its way when the next state came begins where the one after it does.
            assertThat(states.get(i).previousState())
                    .isIn(states.get(i - 1).newState(), states.get(i - 1).previousState());
        }
        node.server(id).delete();
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
    }

    private void wishAll(ServerId id, Random random) throws InterruptedException, ExecutionException {
        var threads = NamedThreads.perTask("wishes");
        var go = new CountDownLatch(1);
        var wishes = new ArrayList<Future<?>>();
        var actions = List.of(PowerAction.values());
        for (int i = 0; i < WISHES; i++) {
            var action = actions.get(random.nextInt(actions.size()));
            wishes.add(threads.submit(() -> {
                go.await();
                try {
                    node.server(id).power(action);
                } catch (RookeryException refused) {
                    // A wish may be refused, but not lost.
                }
                return true;
            }));
        }
        go.countDown();
        for (var wish : wishes) {
            wish.get();
        }
        threads.shutdown();
    }
}
