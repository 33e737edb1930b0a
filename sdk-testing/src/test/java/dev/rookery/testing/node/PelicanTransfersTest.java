package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.Allocation;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.TransferRecord;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The panel library has two of Pelican's own daemons, on one engine, move servers between them. */
@Tag("docker")
@Tag("foreign")
@Timeout(180)
class PelicanTransfersTest {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Map<NodeId, ForeignWings> WINGS = new ConcurrentHashMap<>();
    private static final PanelStore STORE = new InMemoryPanelStore();

    @TempDir
    static Path data;

    private static PanelService service;
    private static NodeRecord one;
    private static NodeRecord two;
    private static ServerSpec spec;

    private ServerId server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        service = PanelService.builder(STORE, PelicanTransfersTest::connect, new ReadEggInterpreter())
                .build();
        one = startWings("one");
        two = startWings("two");
        service.start();
        spec = ServerSpec.builder(ForeignWings.idleEgg(STORE)).name("unnamed").build();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        WINGS.values().forEach(ForeignWings::close);
    }

    @BeforeEach
    void createServer() {
        var named = ServerSpec.builder()
                .from(spec)
                .name("moved-" + UUID.randomUUID())
                .build();
        server = service.create(one.id(), UUID.randomUUID(), named, List.of(free(one)))
                .id();
        awaitStatus(ServerStatus.READY);
        write("world.txt", "stone");
        write("saves/today/level.dat", "grass");
    }

    @AfterEach
    void deleteServer() {
        service.delete(server);
        await().atMost(LONGEST).until(() -> STORE.servers().find(server).isEmpty());
    }

    @Test
    void aServerMovesWithItsFilesAndAddressesThereAndBack() throws IOException {
        move(one, two);
        assertThat(read("world.txt")).isEqualTo("stone");
        assertThat(read("saves/today/level.dat")).isEqualTo("grass");

        onNode().power(PowerAction.START);
        awaitState(ServerState.RUNNING);
        onNode().power(PowerAction.KILL);
        awaitState(ServerState.OFFLINE);
        write("world.txt", "sand");

        move(two, one);
        assertThat(read("world.txt")).isEqualTo("sand");
        assertThat(read("saves/today/level.dat")).isEqualTo("grass");
    }

    @Test
    void aServerThatRunsIsStoppedAndMoves() throws IOException {
        onNode().power(PowerAction.START);
        awaitState(ServerState.RUNNING);

        move(one, two);

        assertThat(onNode().details().state()).isEqualTo(ServerState.OFFLINE);
        assertThat(read("world.txt")).isEqualTo("stone");
    }

    @Test
    void aServerStaysWhereItIsIfTheOtherNodeRefusesIt() throws IOException {
        // Whatever the panel signs for it, its daemon knows another secret.
        var stranger = STORE.nodes().add(NewNode.of("stranger", two.url(), Instant.now()));

        assertStays(stranger);
    }

    @Test
    void aServerStaysWhereItIsIfTheOtherNodeIsAway() throws IOException {
        var away = STORE.nodes().add(NewNode.of("away", address(ForeignWings.freePort()), Instant.now()));

        assertStays(away);
    }

    private void assertStays(NodeRecord destination) throws IOException {
        var before = stored();
        var reserved = allocation(destination, 25565).id();

        service.transfers().begin(server, destination.id(), List.of(reserved));
        awaitEnd(TransferRecord.State.FAILED);
        awaitStatus(ServerStatus.READY);

        var after = stored();
        assertThat(after.node()).isEqualTo(one.id());
        assertThat(after.allocations()).isEqualTo(before.allocations());
        assertThat(after.life().reason()).get().asString().startsWith("not moved: ");
        assertThat(STORE.nodes().allocations(destination.id()))
                .allMatch(a -> a.server().isEmpty());
        assertThat(read("world.txt")).isEqualTo("stone");
        onNode().power(PowerAction.START);
        awaitState(ServerState.RUNNING);
        onNode().power(PowerAction.KILL);
        awaitState(ServerState.OFFLINE);
        // Nothing waits any more for a node that nobody reaches.
        STORE.nodes().delete(destination.id());
    }

    private void move(NodeRecord from, NodeRecord to) {
        var there = free(to);
        service.transfers().begin(server, to.id(), List.of(there));
        awaitEnd(TransferRecord.State.SUCCEEDED);
        // The copy on the other node goes with what is still to be done.
        await().atMost(LONGEST).until(() -> STORE.operations().list(server).isEmpty());

        var moved = stored();
        assertThat(moved.node()).isEqualTo(to.id());
        assertThat(moved.status()).isEqualTo(ServerStatus.READY);
        assertThat(moved.life().reason()).isEmpty();
        assertThat(moved.allocations()).extracting(AllocationRecord::id).containsExactly(there);
        assertThat(STORE.nodes().allocations(from.id()))
                .noneMatch(
                        allocation -> allocation.server().filter(server::equals).isPresent());
        await().atMost(LONGEST).until(() -> !Files.exists(volume(from)));
        assertThat(volume(to)).isDirectory();
    }

    private void awaitEnd(TransferRecord.State state) {
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(service.transfers().latest(server))
                        .map(TransferRecord::state)
                        .contains(state));
    }

    private void awaitStatus(ServerStatus status) {
        await().atMost(LONGEST).until(() -> stored().status() == status);
    }

    private void awaitState(ServerState state) {
        await().atMost(LONGEST).until(() -> onNode().details().state().equals(state));
    }

    private PanelServer stored() {
        return STORE.servers().find(server).orElseThrow();
    }

    private NodeServer onNode() {
        return service.onNode(server, Caller.panel(), LONGEST);
    }

    private void write(String file, String text) {
        onNode().files().write(file, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(String file) throws IOException {
        try (var content = onNode().files().read(file)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path volume(NodeRecord node) {
        return data.resolve(node.name()).resolve("volumes").resolve(server.toString());
    }

    /** Returns the number of an address that no server has: ports are told to the engine only where a server runs. */
    private static long free(NodeRecord node) {
        try {
            return allocation(node, ForeignWings.freePort()).id();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static AllocationRecord allocation(NodeRecord node, int port) {
        return STORE.nodes()
                .addAllocations(node.id(), List.of(new Allocation("127.0.0.1", port)))
                .get(0);
    }

    private static NodeRecord startWings(String name) throws IOException, InterruptedException {
        int port = ForeignWings.freePort();
        var node = STORE.nodes().add(NewNode.of(name, address(port), Instant.now()));
        var kept = Files.createDirectory(data.resolve(name));
        WINGS.put(
                node.id(),
                ForeignWings.start(Dialect.PELICAN, kept, node.credentials(), service.forNode(node.id()), port));
        return node;
    }

    private static HttpNode connect(NodeRecord node) {
        var wings = WINGS.get(node.id());
        return wings != null
                ? wings.node()
                : HttpNode.builder(node.url(), node.credentials()).build();
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
