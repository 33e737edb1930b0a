package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.panel.FakePanel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Node} does, whichever way it is reached. Extend it, hand in a node that takes its servers from a
 * {@link FakePanel}, and the tests run against it.
 */
public abstract class NodeContract {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(60);
    private static final int MEBIBYTE = 1024 * 1024;

    private final ServerId id = ServerId.random();

    /** Returns the node, the same one for the whole test. */
    protected abstract Node node();

    /** Returns the panel that the node asks, the same one for the whole test. */
    protected abstract FakePanel panel();

    /** Removes what the test has left. */
    @AfterEach
    void removeServer() {
        try {
            node().server(id).delete();
        } catch (NotFoundException ignored) {
            // The test never created it, or has deleted it itself.
        }
    }

    // Servers

    @Test
    void installsANewServerAndReportsItOnce() {
        var server = installed();

        assertThat(panel().installs(id)).containsExactly(new InstallReport(true, false));
        assertThat(server.details().state()).isEqualTo(ServerState.OFFLINE);
        assertThat(server.details().configuration().uuid()).isEqualTo(id);
        assertThat(node().servers())
                .anyMatch(details -> details.configuration().uuid().equals(id));
        assertThat(server.installLog()).contains(ContractServer.INSTALLED);
    }

    @Test
    void reportsAnInstallationThatFails() {
        panel().put(ContractServer.configuration(id, false), ContractServer.failingInstall());

        node().createServer(new CreateServer(id, true));

        awaitInstalls(1);
        assertThat(panel().installs(id)).containsExactly(new InstallReport(false, false));
        assertThat(node().server(id).details().state()).isEqualTo(ServerState.OFFLINE);
    }

    @Test
    void refusesAServerItHasAlready() {
        installed();

        assertThatThrownBy(() -> node().createServer(new CreateServer(id, false)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(id.toString());
    }

    @Test
    void refusesAServerThatThePanelDoesNotKnow() {
        assertThatThrownBy(() -> node().createServer(new CreateServer(id, false)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node().server(id).details()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void forgetsADeletedServer() {
        var server = installed();

        server.delete();

        assertThatThrownBy(server::details).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(server::delete).isInstanceOf(NotFoundException.class);
    }

    @Test
    void reinstallsKeepingTheFiles() throws IOException {
        var server = installed();
        write(server, "kept.txt", "still here");

        server.reinstall();

        awaitInstalls(2);
        assertThat(panel().installs(id)).endsWith(new InstallReport(true, true));
        assertThat(read(server, "kept.txt")).isEqualTo("still here");
    }

    @Test
    void saysWhatTheMachineIs() {
        var system = node().system();

        assertThat(system.cpuCount()).isPositive();
        assertThat(system.os()).isEqualTo("linux");
        assertThat(system.architecture()).isNotEmpty();
        assertThat(system.version()).isNotEmpty().doesNotStartWith("v");
    }

    // Power

    @Test
    void startsAnswersAndStops() {
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            start(server, console);

            server.sendCommands(List.of("one", "two"));
            console.awaitLine(ContractServer.ANSWER + "one", SOON);
            console.awaitLine(ContractServer.ANSWER + "two", SOON);
            server.power(PowerAction.STOP);

            awaitState(server, ServerState.OFFLINE);
            assertThat(open.open()).isTrue();
        }
        console.await(ConsoleEvent.Status.class, status -> status.state() == ServerState.OFFLINE, SOON);
        assertThat(statesFrom(console, ServerState.STARTING))
                .containsSubsequence(
                        ServerState.STARTING, ServerState.RUNNING, ServerState.STOPPING, ServerState.OFFLINE);
    }

    @Test
    void restarts() {
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            start(server, console);

            open.setState(PowerAction.RESTART);

            Eventually.holds(
                    () -> "a second start among " + console.events(),
                    LATER,
                    () -> console.events(ConsoleEvent.Output.class).stream()
                                    .filter(output -> output.line().contains(ContractServer.READY))
                                    .count()
                            >= 2);
            awaitState(server, ServerState.RUNNING);
            server.power(PowerAction.KILL);
            awaitState(server, ServerState.OFFLINE);
        }
    }

    @Test
    void refusesCommandsToAStoppedServer() {
        var server = installed();

        assertThatThrownBy(() -> server.sendCommands(List.of("anybody?"))).isInstanceOf(ConflictException.class);
    }

    @Test
    void refusesToStartASuspendedServer() {
        var server = installed();
        panel().put(ContractServer.configuration(id, true), ContractServer.install());
        server.sync();

        assertThat(server.details().suspended()).isTrue();
        assertThatThrownBy(() -> server.power(PowerAction.START))
                .isInstanceOfAny(ConflictException.class, InvalidInputException.class)
                .hasMessageContaining("suspended");
    }

    // Console

    @Test
    void numbersLinesWithoutAHoleAndResumes() {
        var server = installed();
        var numbered = node().capabilities().contains(Capability.NUMBERED_CONSOLE);
        assertThat(numbered).as("this node numbers its lines").isTrue();
        var first = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.after(0), first)) {
            start(server, first);
            open.sendCommand(ContractServer.FLOOD);
            first.awaitLine("flood 1000", SOON);
        }
        assertThat(first.numbers())
                .isEqualTo(
                        consecutiveFrom(first.numbers().get(0), first.numbers().size()));
        long middle = first.line("flood 500").orElseThrow().number().orElseThrow();

        var second = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.after(middle), second)) {
            second.awaitLine("flood 1000", SOON);
            assertThat(open.open()).isTrue();
        }

        assertThat(second.line("flood 501").orElseThrow().number()).isEqualTo(OptionalLong.of(middle + 1));
        assertThat(second.numbers().get(0)).isEqualTo(middle + 1);
        server.power(PowerAction.KILL);
        awaitState(server, ServerState.OFFLINE);
    }

    @Test
    void tellsUsageEachSecondWhileTheServerRuns() {
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            start(server, console);

            Eventually.holds(
                    "three stats of the running server",
                    SOON,
                    () -> console.events(ConsoleEvent.Stats.class).stream()
                                    .filter(stats -> stats.usage().state() == ServerState.RUNNING)
                                    .count()
                            >= 3);
            open.setState(PowerAction.KILL);
            awaitState(server, ServerState.OFFLINE);
        }
    }

    @Test
    void tellsTheEndOfAConsoleOnce() {
        var console = new RecordingConsoleListener();
        var open = installed().console(ConsoleOptions.live(), console);
        console.await(ConsoleEvent.Connected.class, connected -> true, SOON);

        open.close();
        open.close();

        Eventually.holds("the end of the console", SOON, () -> console.closed() == 1);
        assertThat(open.open()).isFalse();
    }

    // Callers

    @Test
    void opensNoConsoleWithoutThePermission() {
        var server = installed();

        assertThatThrownBy(() -> asUser(Permission.CONSOLE)
                        .server(id)
                        .console(ConsoleOptions.live(), new RecordingConsoleListener()))
                .isInstanceOf(DeniedException.class);
        assertThat(server.id()).isEqualTo(id);
    }

    @Test
    void sendsNothingForACallerWhoMayOnlyLook() {
        var server = installed();
        var owner = new RecordingConsoleListener();
        var guest = new RecordingConsoleListener();
        try (var owned = server.console(ConsoleOptions.live(), owner);
                var looked = asUser(Permission.CONNECT).server(id).console(ConsoleOptions.live(), guest)) {
            guest.await(ConsoleEvent.Status.class, status -> true, SOON);
            start(server, owner);
            guest.awaitLine(ContractServer.READY, SOON);

            looked.sendCommand("from the guest");
            looked.setState(PowerAction.KILL);
            owned.sendCommand("from the owner");

            owner.awaitLine("from the owner", SOON);
            assertThat(owner.line("from the guest")).isEmpty();
            assertThat(server.details().state()).isEqualTo(ServerState.RUNNING);
        }
        assertThatThrownBy(() -> asUser(Permission.CONNECT).server(id).power(PowerAction.KILL))
                .isInstanceOf(DeniedException.class);
        server.power(PowerAction.KILL);
        awaitState(server, ServerState.OFFLINE);
    }

    @Test
    void refusesACallerWhoseTimeIsOver() {
        installed();
        var late = node().as(new Caller.User(
                UUID.randomUUID(),
                Permissions.owner(),
                "127.0.0.1",
                Instant.now().minusSeconds(1)));

        assertThatThrownBy(() -> late.server(id).power(PowerAction.START)).isInstanceOf(DeniedException.class);
    }

    // Files

    @Test
    void writesAndReadsFiles() throws IOException {
        var server = installed();

        write(server, "deep/er/file.txt", "first");
        write(server, "/deep/er/file.txt", "second, longer");

        assertThat(read(server, "deep/er/file.txt")).isEqualTo("second, longer");
        assertThatThrownBy(() -> server.files().read("absent.txt")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> server.files().read("deep")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> write(server, "deep", "x")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void neverLeavesTheServersRoot() {
        var server = installed();

        for (var path : List.of("../outside.txt", "a/../../outside.txt", "/../../etc/passwd")) {
            assertThatThrownBy(() -> write(server, path, "x")).as(path).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> server.files().read(path)).as(path).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void streamsABigFileBothWays() throws IOException {
        var server = installed();
        long size = 64L * MEBIBYTE;

        server.files().write("big.bin", Content.of(new PatternStream(size), OptionalLong.of(size)));

        try (var content = server.files().read("big.bin")) {
            assertThat(content.sizeBytes()).isEqualTo(OptionalLong.of(size));
            assertThat(PatternStream.verify(content.stream())).isEqualTo(size);
        }
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // a thousand bytes
    void keepsTheOldFileWhenAWriteBreaksOff() throws IOException {
        var server = installed();
        write(server, "file.txt", "old");
        var broken = Content.of(
                new InputStream() {
                    private int left = 1000;

                    @Override
                    public int read() throws IOException {
                        if (left == 0) {
                            throw new IOException("the source broke off");
                        }
                        left--;
                        return 'x';
                    }
                },
                OptionalLong.of(5000));

        assertThatThrownBy(() -> server.files().write("file.txt", broken)).isInstanceOf(RuntimeException.class);

        assertThat(read(server, "file.txt")).isEqualTo("old");
    }

    @Test
    void givesNoFileToACallerWithoutThePermission() throws IOException {
        var server = installed();
        write(server, "secret.txt", "x");
        var guest = asUser(Permission.CONNECT).server(id);

        assertThatThrownBy(() -> guest.files().read("secret.txt")).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> write(guest, "secret.txt", "y")).isInstanceOf(DeniedException.class);
        assertThat(read(server, "secret.txt")).isEqualTo("x");
    }

    /** Installs the test's server and waits until that is reported. */
    protected final NodeServer installed() {
        panel().put(ContractServer.configuration(id, false), ContractServer.install());
        node().createServer(new CreateServer(id, false));
        awaitInstalls(1);
        var server = node().server(id);
        awaitState(server, ServerState.OFFLINE);
        return server;
    }

    private void start(NodeServer server, RecordingConsoleListener console) {
        // The first status says that live events follow; a node may accept the caller a moment earlier.
        console.await(ConsoleEvent.Status.class, status -> true, SOON);
        server.power(PowerAction.START);
        console.awaitLine(ContractServer.READY, LATER);
        awaitState(server, ServerState.RUNNING);
    }

    private void awaitInstalls(int count) {
        Eventually.holds(
                () -> count + " install reports, got " + panel().installs(id),
                LATER,
                () -> panel().installs(id).size() >= count);
    }

    private static void awaitState(NodeServer server, ServerState state) {
        Eventually.holds(
                () -> state + ", is " + server.details().state(),
                LATER,
                () -> server.details().state() == state);
    }

    private Node asUser(Permission... permissions) {
        return node().as(new Caller.User(
                UUID.randomUUID(),
                Permissions.of(permissions),
                "127.0.0.1",
                Instant.now().plusSeconds(300)));
    }

    private static List<ServerState> statesFrom(RecordingConsoleListener console, ServerState first) {
        return console.events(ConsoleEvent.Status.class).stream()
                .map(ConsoleEvent.Status::state)
                .dropWhile(state -> state != first)
                .toList();
    }

    private static List<Long> consecutiveFrom(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    private static void write(NodeServer server, String path, String text) {
        server.files().write(path, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String read(NodeServer server, String path) throws IOException {
        try (var content = server.files().read(path)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
