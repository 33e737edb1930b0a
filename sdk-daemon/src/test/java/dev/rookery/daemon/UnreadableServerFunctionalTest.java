package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Node;
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
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server that cannot be read, in the node's own store or from the panel: seen, repaired or deleted, and no trouble to the others. */
class UnreadableServerFunctionalTest {

    private static final String TOKEN_ID = "id0123456789abcd";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    Path root;

    private final MemoryPanel panel = new MemoryPanel();
    private final MemoryEnvironment environment = new MemoryEnvironment();
    private final ServerId id = ServerId.random();
    private final ServerId neighbour = ServerId.random();
    private Daemon daemon;

    @AfterEach
    void end() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void aSpoiltRowIsShownAndRepairedByASynchronisation() throws SQLException {
        store(Phase.OFFLINE);
        spoil("configuration = '{\"settings\":'");
        panel.away = true;
        start();
        assertThat(details().condition().problem())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("configuration").contains("synchronise"));
        assertThat(details().suspended()).as("as good as suspended").isTrue();
        assertThat(node().server(neighbour).details().condition().problem()).isEmpty();
        awaitBack();
        var console = new RecordingConsole();
        node().server(id).console(ConsoleOptions.after(0), console);
        node().server(id).power(PowerAction.START);
        await().until(() -> console.of(ConsoleEvent.DaemonMessage.class)
                .anyMatch(said ->
                        said.text().contains("the stored configuration cannot be read, and the panel is away")));
        awaitState(ServerState.OFFLINE);

        panel.away = false;
        node().server(id).sync();
        assertThat(details().condition().problem()).isEmpty();
        assertThat(details().suspended()).isFalse();
        assertThat(details().configuration().invocation()).isEqualTo(TestNode.GAME);
        node().server(id).power(PowerAction.START);
        awaitState(ServerState.STARTING);
        restart();
        assertThat(details().condition().problem()).as("it was stored").isEmpty();
    }

    @Test
    void aStateThatMakesNoSenseGivesWayToWhatRuns() throws SQLException {
        store(Phase.RUNNING);
        spoil("phase = 'DREAMING'");
        environment.put(id.toString(), true);
        panel.away = true;
        start();
        awaitState(ServerState.RUNNING);
        assertThat(details().condition().problem())
                .hasValueSatisfying(text -> assertThat(text).contains("DREAMING"));
        restart();
        awaitState(ServerState.RUNNING);
        assertThat(details().condition().problem())
                .as("the state was stored anew")
                .isEmpty();
    }

    @Test
    void anInstallationThatCannotBeReadEndsAsFailed() throws SQLException {
        store(Phase.INSTALLING);
        spoil("reinstall = 1, start_after = 1");
        execute("INSERT INTO installs (uuid, step, deadline) VALUES ('" + id + "', 'DREAMING', 0)");
        environment.put(id + "_installer", true);
        start();
        await().until(() -> panel.installs.size() == 1);
        assertThat(panel.installs.get(0).server()).isEqualTo(id);
        assertThat(panel.installs.get(0).report().successful()).isFalse();
        awaitBack();
        assertThat(environment.processes).doesNotContainKey(id + "_installer");
    }

    @Test
    void itCanBeDeleted() throws Exception {
        store(Phase.OFFLINE);
        spoil("configuration = 'null', phase = 'DREAMING'");
        Files.createDirectories(volume());
        panel.away = true;
        start();
        node().server(id).delete();
        assertThatThrownBy(this::details).isInstanceOf(NotFoundException.class);
        assertThat(volume()).doesNotExist();
        restart();
        assertThat(node().servers())
                .extracting(server -> server.configuration().uuid())
                .containsExactly(neighbour);
    }

    @Test
    void anOlderDocumentCountsWhileThePanelsCannotBeRead() {
        store(Phase.OFFLINE);
        panel.unreadable.add(id);
        start();
        await().until(() -> details().condition().problem().isPresent());
        assertThat(details().configuration().invocation()).isEqualTo(TestNode.GAME);
        assertThat(details().suspended()).isFalse();
        assertThatThrownBy(() -> node().server(id).sync()).isInstanceOf(InvalidInputException.class);
        awaitBack();
        node().server(id).power(PowerAction.START);
        await().until(() -> environment.started.contains(id.toString()));
        assertThat(details().condition().problem()).isPresent();
        panel.unreadable.clear();
        node().server(id).sync();
        assertThat(details().condition().problem()).isEmpty();
    }

    @Test
    void oneThatIsNewHereAndCannotBeReadIsTakenInAsItIs() throws Exception {
        panel.configurations.put(id, TestNode.configuration(id, TestNode.GAME));
        panel.unreadable.add(id);
        Files.createDirectories(volume());
        start();
        await().ignoreExceptions().until(() -> details().condition().problem().isPresent());
        restart();
        assertThat(details().condition().problem()).isPresent();
        panel.unreadable.clear();
        node().server(id).sync();
        assertThat(details().configuration().invocation()).isEqualTo(TestNode.GAME);
        assertThat(details().condition().problem()).isEmpty();
    }

    @Test
    void isShownOverTheWire() throws Exception {
        store(Phase.OFFLINE);
        spoil("configuration = ''");
        panel.away = true;
        start();
        awaitBack();
        var shown = WireJson.read(get(id), ServerDetails.class);
        assertThat(shown.condition()).isEqualTo(details().condition());
        assertThat(shown.suspended()).isTrue();
        // Nothing that a panel does not know, where there is nothing to say.
        await().untilAsserted(() -> assertThat(get(neighbour)).doesNotContain("condition"));
    }

    private String get(ServerId server) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + daemon.address().orElseThrow().getPort() + "/api/servers/" + server))
                                .header("Authorization", "Bearer " + TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void store(Phase phase) {
        try (var store = DaemonStore.open(root)) {
            for (var server : new ServerId[] {id, neighbour}) {
                var configuration = TestNode.configuration(server, TestNode.GAME);
                panel.configurations.put(server, configuration);
                var state = Lifecycle.offline(false, true).toBuilder();
                new Journal(store)
                        .add(
                                server,
                                configuration,
                                server.equals(id)
                                        ? state.phase(phase).resume(phase).build()
                                        : state.build());
            }
        }
    }

    private void spoil(String assignment) throws SQLException {
        execute("UPDATE servers SET " + assignment + " WHERE uuid = '" + id + "'");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("rookery.db"));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private void start() {
        daemon = Daemon.builder(options(), panel)
                .environment(context -> environment)
                .build();
        daemon.start();
    }

    private void restart() {
        daemon.close();
        start();
    }

    private DaemonOptions options() {
        return DaemonOptions.builder(UUID.fromString("00000000-0000-0000-0000-000000000001"), root)
                .api(ApiOptions.builder().host("127.0.0.1").port(0).build())
                .credentials(new NodeCredentials(TOKEN_ID, TOKEN))
                .build();
    }

    private Node node() {
        return daemon.node();
    }

    private ServerDetails details() {
        return node().server(id).details();
    }

    private Path volume() {
        return root.resolve("volumes").resolve(id.toString());
    }

    private void awaitBack() {
        await().until(() -> details().condition().activity().isEmpty());
    }

    private void awaitState(ServerState state) {
        await("state " + state)
                .atMost(Duration.ofSeconds(20))
                .until(() -> details().state().equals(state));
    }
}
