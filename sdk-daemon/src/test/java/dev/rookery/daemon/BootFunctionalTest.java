package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.internal.server.Journal;
import dev.rookery.daemon.internal.server.Lifecycle;
import dev.rookery.daemon.internal.server.Phase;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many servers come back after a start of the daemon: real store, real edge, processes in memory. */
class BootFunctionalTest {

    private static final int MANY = 1000;
    private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    Path root;

    private final MemoryPanel panel = new MemoryPanel();
    private final MemoryEnvironment environment = new MemoryEnvironment();
    private Daemon daemon;

    @AfterEach
    void end() {
        environment.startHold.complete(true);
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void aThousandStoppedServersAreListedAtOnceAndBackSoon() throws Exception {
        var ids = store(MANY, Phase.OFFLINE);
        // What they printed last is there to be read.
        ids.subList(0, MANY / 2).forEach(id -> environment.put(id.toString(), false, "goodbye"));
        panel.away = true;
        long begun = System.nanoTime();
        start(builder -> builder.api(
                        ApiOptions.builder().host("127.0.0.1").port(0).build())
                .credentials(new NodeCredentials("id0123456789abcd", SECRET)));
        var address = daemon.address().orElseThrow();
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/api/servers"))
                                .header("Authorization", "Bearer " + SECRET)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        long answered = System.nanoTime();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ids).allMatch(id -> answer.body().contains(id.toString()));
        awaitAllBack();
        long back = System.nanoTime();
        System.out.printf(
                "boot with %d stopped servers: edge answers after %d ms, all are back after %d ms%n",
                MANY, (answered - begun) / 1_000_000, (back - begun) / 1_000_000);

        assertThat(daemon.node().servers())
                .hasSize(MANY)
                .allMatch(server -> server.state().equals(ServerState.OFFLINE));
        assertThat(environment.calls("list")).as("one question for all").isLessThanOrEqualTo(2);
        assertThat(environment.calls("inspect")).isZero();
        assertThat(environment.calls("start")).isZero();
        assertThat(daemon.node().server(ids.get(0)).logs(10)).containsExactly("goodbye");
    }

    @Test
    void whatHangsHoldsUpNobody() {
        var ids = store(40, Phase.RUNNING);
        ids.forEach(id -> environment.put(id.toString(), true, "booting", "Done (0.2s)!"));
        var stuck = ids.subList(0, 10);
        var hang = new CompletableFuture<Boolean>();
        stuck.forEach(id -> environment.hanging.put(id.toString(), hang));
        start(builder -> builder);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> daemon.node().servers().stream()
                        .filter(server -> server.state().equals(ServerState.RUNNING))
                        .map(server -> server.configuration().uuid())
                        .toList()
                        .containsAll(ids.subList(10, 40)));
        assertThat(daemon.node().server(stuck.get(0)).details().condition().activity())
                .contains("booting");
        // Whoever asks for a kill hears what stands in its way, and need not wait for the start of the node to end.
        assertThatThrownBy(() -> daemon.node().server(stuck.get(0)).power(PowerAction.KILL))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("is not killed yet");
        environment.hanging.clear();
        hang.complete(true);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !environment.processes.get(stuck.get(0).toString()).running());
        awaitState(stuck.get(1), ServerState.RUNNING);
        awaitState(stuck.get(0), ServerState.OFFLINE);
    }

    @Test
    void startsFewAtATimeAndLetsAUserPass() {
        var ids = store(12, Phase.RUNNING);
        var other = store(1, Phase.OFFLINE).get(0);
        environment.startHold = new CompletableFuture<>();
        start(builder ->
                builder.power(PowerOptions.builder().concurrentStarts(2).build()));
        await().until(() -> environment.starting.get() == 2);
        await().until(() ->
                daemon.node().server(other).details().condition().activity().isEmpty());
        daemon.node().server(other).power(PowerAction.START);
        await().until(() -> environment.starting.get() == 3);
        // One that waits can be ended at once.
        var waiting = ids.stream()
                .filter(id -> !environment.processes.containsKey(id.toString()))
                .findFirst()
                .orElseThrow();
        daemon.node().server(waiting).power(PowerAction.KILL);
        awaitState(waiting, ServerState.OFFLINE);
        environment.startHold.complete(true);
        await().atMost(Duration.ofSeconds(20)).until(() -> environment.started.size() == 12);
        assertThat(environment.mostStarting.get()).isEqualTo(3);
        assertThat(environment.started).doesNotContain(waiting.toString()).contains(other.toString());
    }

    @Test
    void serversThatAreTakenInMeanwhileComeBackToo() throws Exception {
        var stuck = store(1, Phase.RUNNING).get(0);
        environment.put(stuck.toString(), true);
        environment.hanging.put(stuck.toString(), new CompletableFuture<>());
        var ids = new ArrayList<ServerId>();
        for (int i = 0; i < 5; i++) {
            var id = ServerId.random();
            ids.add(id);
            panel.configurations.put(id, TestNode.configuration(id, TestNode.GAME));
            Files.createDirectories(root.resolve("volumes").resolve(id.toString()));
        }
        // Another daemon's: this one's list does not name it.
        environment.put(ids.get(0).toString(), true);
        environment.unlisted.add(ids.get(0).toString());
        start(builder -> builder);
        awaitState(ids.get(0), ServerState.RUNNING);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ids.stream()
                        .allMatch(id -> daemon.node()
                                .server(id)
                                .details()
                                .condition()
                                .activity()
                                .isEmpty()));
        assertThat(daemon.node().server(stuck).details().condition().activity()).contains("booting");
    }

    @Test
    void removesInstallersThatNobodyKnowsAlsoFromAnEmptyNode() {
        var orphan = ServerId.random() + "_installer";
        var unknown = ServerId.random().toString();
        environment.put(orphan, true);
        environment.put(unknown, true);
        environment.away.put("list", new AtomicInteger(1));
        start(builder -> builder);
        await().atMost(Duration.ofSeconds(20)).until(() -> !environment.processes.containsKey(orphan));
        assertThat(environment.processes).containsKey(unknown);
    }

    @Test
    void oneWhoseOutputCannotBeReadGoesOnWithoutIt() {
        var id = store(1, Phase.RUNNING).get(0);
        environment.put(id.toString(), true, "lost");
        environment.unreadable.add(id.toString());
        start(builder -> builder);
        awaitState(id, ServerState.RUNNING);
        environment.unreadable.clear();
        var console = new RecordingConsole();
        daemon.node().server(id).console(ConsoleOptions.after(0), console);
        daemon.node().server(id).power(PowerAction.KILL);
        awaitState(id, ServerState.OFFLINE);
    }

    /** The engine is away for a moment only, exactly while a server is launched after a crash. */
    @Test
    void aLaunchThatMissesTheEngineByAMomentIsRepeated() {
        var id = store(1, Phase.RUNNING).get(0);
        environment.put(id.toString(), true);
        start(builder -> builder);
        awaitState(id, ServerState.RUNNING);
        for (var call : List.of("create", "start", "provide", "attach")) {
            environment.started.clear();
            environment.away.put(call, new AtomicInteger(1));
            environment.end(id.toString(), 7);
            await(call).atMost(Duration.ofSeconds(20)).until(() -> environment.started.size() == 1);
        }
    }

    private List<ServerId> store(int count, Phase phase) {
        var ids = new ArrayList<ServerId>();
        try (var store = DaemonStore.open(root)) {
            var journal = new Journal(store);
            for (int i = 0; i < count; i++) {
                var id = ServerId.random();
                var configuration = TestNode.configuration(id, TestNode.GAME);
                var state = Lifecycle.offline(false, true).toBuilder()
                        .phase(phase)
                        .resume(phase)
                        .build();
                assertThat(journal.add(id, configuration, state)).isTrue();
                panel.configurations.put(id, configuration);
                ids.add(id);
            }
        }
        return ids;
    }

    private void start(UnaryOperator<DaemonOptionsBuilder> change) {
        var options = change.apply(DaemonOptions.builder(UUID.randomUUID(), root)
                        .crashDetection(CrashDetectionOptions.builder()
                                .timeout(Duration.ZERO)
                                .build()))
                .build();
        daemon = Daemon.builder(options, panel)
                .environment(context -> environment)
                .build();
        daemon.start();
    }

    private void awaitAllBack() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> daemon.node().servers().stream()
                        .map(ServerDetails::condition)
                        .allMatch(condition -> condition.activity().isEmpty()));
    }

    private void awaitState(ServerId id, ServerState state) {
        await("state " + state)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> daemon.node().server(id).details().state().equals(state)
                        && daemon.node()
                                .server(id)
                                .details()
                                .condition()
                                .activity()
                                .isEmpty());
    }
}
