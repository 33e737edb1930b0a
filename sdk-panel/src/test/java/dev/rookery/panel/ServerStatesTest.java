package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.StateChange;
import dev.rookery.panel.spi.ServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerStatesTest {

    private final PanelFixture fixture = new PanelFixture(PanelOptions.builder()
            .activePoll(Duration.ofMillis(20))
            .idlePoll(Duration.ofHours(1))
            .operationPoll(Duration.ofHours(1))
            .build());
    private final ServerStates states = fixture.service.states();
    private final RecordingNode node = fixture.recording();
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void start() {
        fixture.service.start();
    }

    @AfterEach
    void close() {
        fixture.service.close();
    }

    @Test
    void tellsWhatNodesAnswerWhileSomebodyListens() {
        var server = created("lobby");
        node.state = ServerState.RUNNING;
        // tag::listen[]
        var registration = states.onChange(snapshot -> recorder.onServer(snapshot));
        // end::listen[]

        await().until(() -> states.find(server)
                .filter(s -> s.state().equals(ServerState.RUNNING) && s.usage().isPresent())
                .isPresent());
        await().until(() -> recorder.servers.stream().anyMatch(s -> s.state().equals(ServerState.RUNNING)));
        assertThat(fixture.get(server).life().state()).isEqualTo(ServerState.RUNNING);
        assertThat(states.node(fixture.node.id()).reachable()).isTrue();
        assertThat(states.node(fixture.node.id()).version()).contains("1.2.3");

        registration.close();
        int before = recorder.servers.size();
        node.panel.reportState(server, new StateChange(ServerState.RUNNING, ServerState.STOPPING));
        assertThat(states.find(server).orElseThrow().state()).isEqualTo(ServerState.STOPPING);
        assertThat(recorder.servers).hasSize(before);
    }

    @Test
    void nobodyListeningMeansNodesAreLeftAlone() throws Exception {
        var asked = new AtomicInteger();
        node.onServers = asked::incrementAndGet;
        TimeUnit.MILLISECONDS.sleep(200);

        assertThat(asked.get()).as("once at the start").isLessThanOrEqualTo(1);
    }

    @Test
    void tellsStatusesAndRemovals() {
        states.onChange(recorder);
        var server = created("lobby");
        await().until(() -> recorder.servers.stream().anyMatch(s -> s.status() == ServerStatus.INSTALLING));

        fixture.service.delete(server);

        await().until(() -> recorder.removed.contains(server));
        assertThat(states.find(server)).isEmpty();
    }

    /** Field report E#2001: a dead node made the whole panel time out. */
    @Test
    void aNodeThatHangsDelaysNoOther() throws Exception {
        var hang = new CountDownLatch(1);
        var asked = new AtomicInteger();
        fixture.nodes.get(fixture.other.id()).onServers = () -> {
            asked.incrementAndGet();
            try {
                hang.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        var server = created("lobby");
        states.onChange(recorder);
        for (var state : List.of(ServerState.STARTING, ServerState.RUNNING, ServerState.STOPPING)) {
            node.state = state;
            // Long before the other node answers.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> states.find(server)
                            .filter(s -> s.state().equals(state))
                            .isPresent());
        }

        assertThat(asked.get()).as("questions to the hanging node").isEqualTo(1);
        hang.countDown();
        await().until(() -> states.node(fixture.other.id()).reachable());
    }

    @Test
    void tellsWhenANodeGoesAndComesBack() {
        var server = created("lobby");
        states.onChange(recorder);
        await().until(() ->
                states.find(server).filter(s -> s.usage().isPresent()).isPresent());
        node.onServers = () -> {
            throw new UnavailableException("connection refused");
        };
        await().until(() -> !states.node(fixture.node.id()).reachable());
        assertThat(states.node(fixture.node.id()).lastError()).contains("connection refused");
        await().until(() -> states.find(server).filter(s -> s.usage().isEmpty()).isPresent());
        node.onServers = () -> {};
        await().until(() -> states.node(fixture.node.id()).reachable());

        await().until(() -> recorder.nodes.size() >= 2);
        assertThat(recorder.nodes).endsWith("1 false", "1 true");
    }

    @Test
    void aListenerThatFailsDisturbsNoOther() {
        states.onChange(server -> {
            throw new IllegalStateException("a listener's own trouble");
        });
        states.onChange(recorder);
        created("lobby");

        await().until(() -> !recorder.servers.isEmpty());
    }

    private ServerId created(String name) {
        var server = fixture.create(name).id();
        await().until(() -> fixture.status(server) == ServerStatus.INSTALLING);
        return server;
    }

    private static final class Recorder implements ServerStates.Listener {

        final List<ServerSnapshot> servers = new CopyOnWriteArrayList<>();
        final List<ServerId> removed = new CopyOnWriteArrayList<>();
        final List<String> nodes = new CopyOnWriteArrayList<>();

        @Override
        public void onServer(ServerSnapshot server) {
            servers.add(server);
        }

        @Override
        public void onRemoved(ServerId server) {
            removed.add(server);
        }

        @Override
        public void onNode(NodeId node, NodeHealth health) {
            if (node.value() == 1) {
                nodes.add(node + " " + health.reachable());
            }
        }
    }
}
