package dev.rookery.testing.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.console.ConsoleReader;
import dev.rookery.api.console.ConsoleSource;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.Fleet;
import dev.rookery.wings.FleetEvent;
import dev.rookery.wings.FleetOptions;
import dev.rookery.wings.FleetOutcome.Reason;
import dev.rookery.wings.NodeHealth.Circuit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A panel's view of nodes that install, start and go away. */
@Timeout(60)
class FleetOfFakesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int NODES = 20;

    private final FakePanel panel = new FakePanel();
    private final Map<NodeId, FakeNode> nodes = new LinkedHashMap<>();
    private final Map<NodeId, ServerId> servers = new LinkedHashMap<>();
    private Fleet fleet;

    @BeforeEach
    void start() {
        for (int i = 1; i <= NODES; i++) {
            var id = new NodeId(i);
            nodes.put(id, FakeNode.create(panel));
            servers.put(id, ServerId.random());
            panel.put(ContractServer.configuration(servers.get(id), false), ContractServer.install());
        }
        var options = FleetOptions.builder()
                .pollInterval(Duration.ofMillis(20))
                .failuresToOpen(3)
                .openFor(Duration.ofMillis(50))
                .build();
        fleet = Fleet.builder().nodes(nodes).options(options).build().start();
    }

    @AfterEach
    void close() {
        fleet.close();
        nodes.values().forEach(FakeNode::close);
    }

    @Test
    void followsServersFromTheirInstallationToTheirStart() {
        var states = new ConcurrentHashMap<ServerId, ServerState>();
        fleet.events().subscribe(new States(states));
        nodes.forEach((id, node) -> node.createServer(new CreateServer(servers.get(id), false)));
        await().atMost(LONG).until(() -> states.size() == NODES);

        nodes.forEach((id, node) -> {
            var server = node.server(servers.get(id));
            await().atMost(LONG).ignoreExceptions().until(() -> {
                server.power(PowerAction.START);
                return true;
            });
        });

        await().atMost(LONG).until(() -> states.values().stream().allMatch(ServerState.RUNNING::equals));
    }

    @Test
    void goesOnWithoutTheNodesThatAreAway() {
        nodes.get(new NodeId(3)).away(true);
        nodes.get(new NodeId(7)).away(true);
        await().atMost(LONG)
                .until(() -> fleet.health(new NodeId(3)).circuit() == Circuit.OPEN
                        && fleet.health(new NodeId(7)).circuit() == Circuit.OPEN);

        var result = fleet.each(Node::system).join();

        assertThat(result.answers()).hasSize(NODES - 2);
        result.notAsked().values().forEach(reason -> assertThat(reason).isEqualTo(Reason.CIRCUIT_OPEN));
        assertThat(result.failures().size() + result.notAsked().size()).isEqualTo(2);

        nodes.get(new NodeId(3)).away(false);
        await().atMost(LONG).until(() -> fleet.health(new NodeId(3)).circuit() == Circuit.CLOSED);
    }

    @Test
    void readsTheConsoleOfAFake() {
        var id = new NodeId(1);
        var node = nodes.get(id);
        node.createServer(new CreateServer(servers.get(id), true));
        try (var reader =
                ConsoleReader.open(ConsoleSource.of(node.server(servers.get(id)), ConsoleOptions.after(0)), 2)) {
            var ready = false;
            while (!ready && reader.hasNext()) {
                ready = reader.next() instanceof ConsoleEvent.Output output
                        && output.line().contains(ContractServer.READY);
            }
            assertThat(ready).isTrue();
        }
    }

    /** Keeps the last state of each server. */
    private record States(Map<ServerId, ServerState> states) implements Flow.Subscriber<FleetEvent> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(FleetEvent event) {
            if (event instanceof FleetEvent.ServerSeen seen) {
                states.put(seen.server(), seen.state());
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {}
    }
}
