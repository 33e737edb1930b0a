package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network of servers at an engine that lets two of one name come to be, as those before 25 do if they are created at the same moment. */
@Tag("docker")
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit asks for the client before each test
class DockerNetworkTest {

    private static final CancelSignal NEVER = CancelSignal.create();
    private static final int NODES = 4;

    private final String name = "rk-" + UUID.randomUUID().toString().substring(0, 8);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private DockerClient client;

    @BeforeEach
    void connect() {
        client = connection().client(NEVER);
    }

    @AfterEach
    void remove() {
        networks().forEach(network -> client.removeNetworkCmd(network.getId()).exec());
        threads.shutdownNow();
    }

    @Test
    void keepsTheOldestOfTwoOfOneName() {
        var first = create();
        create();
        assertThat(networks()).hasSize(2);

        assertThat(network("").gateway(NEVER)).isNotEmpty();
        assertThat(networks()).extracting(Network::getId).containsExactly(first);
    }

    /** As nodes do that are started together on a new machine, with a bridge of a name of its own or of the engine's choice. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nodesThatCreateItTogetherHaveOne(boolean bridge) throws Exception {
        var nodes = IntStream.range(0, NODES)
                .mapToObj(i -> network(bridge ? name : ""))
                .toList();
        List<Callable<String>> calls = nodes.stream()
                .map(node -> (Callable<String>) () -> node.gateway(NEVER))
                .toList();

        for (var gateway : threads.invokeAll(calls)) {
            assertThat(gateway.get()).isNotEmpty();
        }
        assertThat(networks()).hasSize(1);
    }

    private String create() {
        return client.createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(false)
                .exec()
                .getId();
    }

    private List<Network> networks() {
        return client.listNetworksCmd().withNameFilter(name).exec();
    }

    private DockerNetwork network(String bridge) {
        var options = NetworkOptions.builder()
                .name(name)
                .networkMode(name)
                .bridgeName(bridge)
                .build();
        return new DockerNetwork(options, connection(), calls());
    }

    private EngineConnection connection() {
        return new EngineConnection(DockerOptions.builder().build(), calls());
    }

    private EngineCalls calls() {
        var options = DockerOptions.builder().build();
        return new EngineCalls(options.socket(), threads, options.callTimeout());
    }
}
