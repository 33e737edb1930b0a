package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.api.permission.Permissions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the panel is told of users and crashes, what consoles are told of features, and servers that fill the disk. */
@Timeout(60)
class ActivityFunctionalTest {

    private static final Caller.User USER =
            new Caller.User(UUID.randomUUID(), Permissions.owner(), "203.0.113.9", Instant.MAX);

    @TempDir
    Path root;

    private final MemoryPanel panel = new MemoryPanel();
    private final MemoryEnvironment environment = new MemoryEnvironment();
    private final SetClock clock = new SetClock();
    private final ServerId id = ServerId.random();
    private Daemon daemon;

    @AfterEach
    void end() {
        if (daemon != null) {
            daemon.close();
        }
    }

    private void start() {
        start(Duration.ofMillis(50));
    }

    private void start(Duration interval) {
        daemon = Daemon.builder(
                        DaemonOptions.builder(UUID.fromString("00000000-0000-0000-0000-000000000001"), root)
                                .activity(ActivityOptions.builder()
                                        .sendInterval(interval)
                                        .sendCount(2)
                                        .build())
                                .system(SystemOptions.builder(root)
                                        .diskCheckInterval(Duration.ofMillis(50))
                                        .build())
                                .build(),
                        panel)
                .environment(context -> environment)
                .clock(clock)
                .build();
        daemon.start();
    }

    /** A server that runs. */
    private void running() {
        var features = Map.<String, Json>of("eula", new Json.Array(List.of(new Json.Text("agree to the EULA"))));
        panel.configurations.put(
                id,
                TestNode.configuration(
                        id,
                        TestNode.GAME,
                        settings -> settings.skipEggScripts(true)
                                .build(Build.builder()
                                        .memoryMebibytes(64)
                                        .diskMebibytes(1)
                                        .build())
                                .egg(new ServerSettings.EggReference("", List.of(), features)),
                        new ProcessConfiguration.Stop("command", "stop")));
        panel.scripts.put(id, new InstallScript("x", "sh", ""));
        daemon.node().createServer(new CreateServer(id, false));
        await().until(() -> !panel.installs.isEmpty());
        server().power(PowerAction.START);
        await().until(() -> environment.started.contains(id.toString()));
        environment.print(id.toString(), "Done (0.2s)!");
        awaitState(ServerState.RUNNING);
    }

    private NodeServer server() {
        return daemon.node().server(id);
    }

    private NodeServer byUser() {
        return daemon.node().as(USER).server(id);
    }

    private void awaitState(ServerState state) {
        await().until(() -> server().details().state().equals(state));
    }

    private List<String> commands() {
        return panel.activity.stream()
                .map(entry -> ((Json.Text) entry.metadata().get("command")).value())
                .toList();
    }

    @Test
    void tellsThePanelWhatUsersDidAndNotWhatItDidItself() {
        start();
        running();

        server().sendCommands(List.of("by the panel"));
        byUser().sendCommands(List.of("one", "two"));
        byUser().power(PowerAction.KILL);

        await().until(() -> panel.activity.size() == 3);
        assertThat(panel.activity)
                .extracting(ActivityEntry::event)
                .containsExactly("server:console.command", "server:console.command", "server:power.kill");
        assertThat(panel.activity).allSatisfy(entry -> {
            assertThat(entry.user()).contains(USER.user());
            assertThat(entry.server()).isEqualTo(id);
            assertThat(entry.address()).isEqualTo("203.0.113.9");
        });
        assertThat(panel.activity.get(1).metadata()).containsEntry("command", new Json.Text("two"));
    }

    @Test
    void saysNothingOfWhatWasRefused() {
        start();
        running();
        server().power(PowerAction.KILL);
        awaitState(ServerState.OFFLINE);

        assertThatThrownBy(() -> byUser().sendCommands(List.of("nobody hears this")))
                .isInstanceOf(ConflictException.class);
        byUser().power(PowerAction.START);

        await().until(() -> !panel.activity.isEmpty());
        assertThat(panel.activity).extracting(ActivityEntry::event).containsExactly("server:power.start");
    }

    @Test
    void keepsItsOrderOverAPanelThatIsAwayAndARestart() {
        start();
        running();
        panel.away = true;
        byUser().sendCommands(List.of("1", "2", "3"));
        daemon.close();
        start();
        awaitState(ServerState.RUNNING);
        await().ignoreExceptions().until(() -> {
            byUser().sendCommands(List.of("4"));
            return true;
        });
        assertThat(panel.activity).isEmpty();

        panel.away = false;

        await().until(() -> panel.activity.size() == 4);
        assertThat(commands()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void oneEntryThatCannotBeReadAnyMoreHoldsUpNoOther() throws SQLException {
        start();
        running();
        panel.away = true;
        byUser().sendCommands(List.of("1", "2", "3"));
        daemon.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("rookery.db"));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(
                            "UPDATE activity SET entry = '{' WHERE id = (SELECT MIN(id) + 1 FROM activity)"))
                    .isEqualTo(1);
        }
        panel.away = false;
        start();

        await().until(() -> commands().contains("3"));
        assertThat(commands()).containsExactly("1", "3");
    }

    @Test
    void leavesOutOneEntryThatThePanelRefusesAgainAndAgain() {
        start();
        running();
        panel.away = true;
        byUser().sendCommands(List.of("1", "2", "3", MemoryPanel.POISON, "5"));

        panel.away = false;

        await().until(() -> commands().contains("5"));
        assertThat(commands()).containsExactly("1", "2", "3", "5");
    }

    @Test
    void keepsWhatIsRefusedForNoReasonOfItsOwn() {
        start();
        running();
        panel.missing = true;
        byUser().sendCommands(List.of("1", "2", "3"));
        await().until(() -> panel.questionsWhileMissing.get() > 15);

        panel.missing = false;

        await().until(() -> panel.activity.size() == 3);
        assertThat(commands()).containsExactly("1", "2", "3");
    }

    @Test
    void cutsWhatIsTooLongToBeKept() {
        start();
        running();

        byUser().sendCommands(List.of("x".repeat(30_000)));

        await().until(() -> panel.activity.size() == 1);
        assertThat(commands().get(0)).hasSize(1027).endsWith("...");
    }

    @Test
    void tellsOfACrashWithItsLastLines() {
        start();
        running();
        environment.print(id.toString(), "java.lang.OutOfMemoryError");
        environment.print(id.toString(), "bye");

        environment.end(id.toString(), 7);
        await().until(() -> server().details().state().equals(ServerState.STARTING));
        assertThat(panel.activity).as("the engine may be what ended").isEmpty();
        clock.set(Duration.ofSeconds(31));

        await().until(() -> !panel.activity.isEmpty());
        var crash = panel.activity.get(0);
        assertThat(crash.event()).isEqualTo("server:crashed");
        assertThat(crash.user()).isEmpty();
        assertThat(crash.address()).isEqualTo("127.0.0.1");
        assertThat(crash.metadata())
                .containsEntry("exit_code", new Json.Num(BigDecimal.valueOf(7)))
                .containsEntry("oomkilled", new Json.Bool(false))
                .containsEntry(
                        "logs",
                        new Json.Array(List.of(new Json.Text("java.lang.OutOfMemoryError"), new Json.Text("bye"))));
    }

    @Test
    void tellsOfNoCrashThatWasTheEnginesEnd() {
        start();
        running();
        environment.end(id.toString(), 137);
        await().until(() -> server().details().state().equals(ServerState.STARTING));

        environment.lost("stopped");
        // The server hears of one thing after the other: that this is decided shows that the other one was.
        server().sync();
        byUser().sendCommands(List.of("after"));
        clock.set(Duration.ofSeconds(31));

        await().until(() -> !panel.activity.isEmpty());
        assertThat(panel.activity).extracting(ActivityEntry::event).containsExactly("server:console.command");
    }

    @Test
    void tellsConsolesOfAFeatureThatAServerAsksFor() {
        start();
        running();
        var console = new RecordingConsole();
        server().console(ConsoleOptions.live(), console);

        environment.print(id.toString(), "You need to AGREE to the eula");

        await().until(() -> console.of(ConsoleEvent.FeatureMatch.class).count() == 1);
        assertThat(console.of(ConsoleEvent.FeatureMatch.class)
                        .map(ConsoleEvent.FeatureMatch::key)
                        .toList())
                .containsExactly("eula");
    }

    @Test
    void stopsAServerThatTakesTooMuchOfTheDiskAndStartsItOnceItDoesNot() throws IOException {
        start();
        running();
        var console = new RecordingConsole();
        server().console(ConsoleOptions.live(), console);
        var large = root.resolve("volumes").resolve(id.toString()).resolve("world");
        Files.write(large, new byte[3 << 20]);

        awaitState(ServerState.STOPPING);
        await().until(() -> console.of(ConsoleEvent.DaemonMessage.class)
                .anyMatch(said -> said.text().contains("3 MiB of disk space, 1 MiB are allowed")));
        environment.end(id.toString(), 0);
        awaitState(ServerState.OFFLINE);
        assertThat(panel.activity).as("no crash").isEmpty();

        server().power(PowerAction.START);
        await().until(() -> console.of(ConsoleEvent.DaemonMessage.class)
                .anyMatch(said -> said.text().contains("remove files first")));
        awaitState(ServerState.OFFLINE);

        Files.delete(large);
        server().power(PowerAction.START);
        await().until(() -> environment.started.size() == 2);
    }
}
