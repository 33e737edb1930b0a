package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.ContentSearch;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.DiagnosticsRequest;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.Offered;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every node does with servers: it lists, installs, starts, stops and removes them, whichever way it is reached. */
public abstract class NodeContract extends ContractFixture {

    /** Creates the contract's instance of one test. */
    protected NodeContract() {}

    // The node

    @Test
    void saysWhatTheMachineIs() {
        var system = node().system();

        assertThat(system.cpuCount()).isPositive();
        assertThat(system.os()).isEqualTo("linux");
        assertThat(system.architecture()).isNotEmpty();
        assertThat(system.version()).isNotEmpty().doesNotStartWith("v");
    }

    @Test
    void refusesTheGroupsThatItDoesNotList() {
        var listed = node().capabilities();
        var server = node().server(subject().hasServer() ? shared().id() : ServerId.random());

        oneCallOfEachGroup(server).forEach((group, call) -> {
            if (!listed.contains(group)) {
                assertThatThrownBy(call)
                        .as("a call of '%s', which is not listed", group)
                        .isInstanceOf(NotOfferedException.class);
            }
        });
    }

    private Map<Capability, ThrowingCallable> oneCallOfEachGroup(NodeServer server) {
        var calls = new LinkedHashMap<Capability, ThrowingCallable>();
        // Not the long form of the system: a node may tell what it can of it, since Flamingo's panel asks for no other.
        calls.put(Capability.UTILIZATION, () -> node().machine().utilization());
        calls.put(Capability.IP_ADDRESSES, () -> node().machine().ipAddresses());
        calls.put(Capability.DOCKER_DISK, () -> node().machine().dockerDiskUsage());
        calls.put(Capability.DIAGNOSTICS, () -> node().machine().diagnostics(DiagnosticsRequest.defaults()));
        calls.put(
                Capability.DEAUTHORIZATION,
                () -> node().deauthorize(new Deauthorization(UUID.randomUUID(), List.of(server.id()))));
        calls.put(
                Capability.CONSOLE_HISTORY,
                () -> server.consoleHistory(ConsoleHistoryQuery.builder().build()));
        calls.put(Capability.TRANSFERS, server::cancelTransfer);
        calls.put(Capability.ABORT_INSTALL, server::abortInstall);
        calls.put(Capability.TOKEN_DENIAL, () -> server.denyTokens(List.of("contract")));
        calls.put(Capability.FILE_MANAGEMENT, () -> server.files().list("/"));
        calls.put(Capability.FILE_SEARCH, () -> server.files().search(new FileSearch("/", "contract")));
        calls.put(Capability.FILE_PAGES, () -> server.files().list("/", 1, 10));
        calls.put(Capability.CONTENT_SEARCH, () -> server.files().search(new ContentSearch("/", "contract", true)));
        calls.put(Capability.ARCHIVES, () -> server.files().decompress("/", "absent-contract.tar.gz"));
        calls.put(
                Capability.ARCHIVE_ENTRIES,
                () -> server.files().listArchive(ArchiveQuery.of("absent-contract.tar.gz")));
        calls.put(Capability.FILE_JOBS, () -> server.files().jobs().list());
        calls.put(Capability.REMOTE_DOWNLOADS, () -> server.files().downloads().list());
        calls.put(Capability.BACKUPS, () -> server.backups().delete(BackupId.random()));
        return calls;
    }

    // Lifecycle

    @Test
    void showsAServerThatIsThere() {
        var server = shared();
        var details = server.details();

        assertThat(details.configuration().uuid()).isEqualTo(server.id());
        assertThat(details.state()).isNotNull();
        assertThat(node().servers())
                .anyMatch(other -> other.configuration().uuid().equals(server.id()));
    }

    @Test
    void knowsNoOtherServer() {
        var absent = node().server(ServerId.random());

        assertThatThrownBy(absent::details).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> absent.power(PowerAction.KILL)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> absent.files().read("a.txt")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void installsANewServerAndReportsItOnce() {
        var server = installed();

        assertThat(panel().installs(server.id()))
                .singleElement()
                // Calagopus' daemon calls every installation a repeated one.
                .matches(report -> report.successful() && (!strict() || !report.reinstall()));
        assertThat(server.details().state()).isEqualTo(ServerState.OFFLINE);
        assertThat(server.details().configuration().uuid()).isEqualTo(server.id());
        assertThat(node().servers())
                .anyMatch(details -> details.configuration().uuid().equals(server.id()));
    }

    @Test
    void keepsTheOutputOfTheInstallation() {
        assumeOffered(Capability.INSTALL_LOG);

        assertThat(installed().installLog()).contains(ContractServer.INSTALLED);
    }

    @Test
    void reportsAnInstallationThatFails() {
        var id = newServer();
        panel().put(ContractServer.configuration(id, false), ContractServer.failingInstall());

        node().createServer(new CreateServer(id, strict()));

        awaitInstalls(id, 1);
        if (strict()) {
            // A Go daemon does not look at the exit code of the script.
            assertThat(panel().installs(id)).containsExactly(new InstallReport(false, false));
        }
        assertThat(node().server(id).details().state()).isEqualTo(ServerState.OFFLINE);
    }

    @Test
    void startsANewServerWhereThatIsAskedFor() {
        var id = newServer();
        panel().put(ContractServer.configuration(id, false), ContractServer.install());

        node().createServer(new CreateServer(id, true));

        awaitInstalls(id, 1);
        Offered.assume(
                strict() || !panel().installs(id).get(0).reinstall(),
                "this daemon takes a first installation for a repeated one, after which it starts nothing");
        awaitState(node().server(id), ServerState.RUNNING);
        kill(node().server(id));
    }

    @Test
    void refusesAServerItHasAlready() {
        var server = installed();

        var refusal = catchThrowable(() -> node().createServer(new CreateServer(server.id(), false)));

        // A Go daemon does not look whether it has the server.
        if (strict() || refusal != null) {
            assertThat(refusal)
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining(server.id().toString());
        } else {
            awaitInstalls(server.id(), 2);
        }
    }

    @Test
    void refusesAServerThatThePanelDoesNotKnow() {
        panel();
        var id = newServer();

        var refusal = catchThrowable(() -> node().createServer(new CreateServer(id, false)));

        assertThat(refusal).isNotNull();
        if (strict()) {
            assertThat(refusal).isInstanceOf(NotFoundException.class);
        }
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
    void reinstallsKeepingTheFiles() {
        var server = installed();
        write(server.files(), "kept.txt", "still here");

        server.reinstall();

        awaitInstalls(server.id(), 2);
        assertThat(panel().installs(server.id())).endsWith(new InstallReport(true, true));
        assertThat(read(server.files(), "kept.txt")).isEqualTo("still here");
    }

    @Test
    void runsTheInstallScriptAgainAsForANewServer() {
        assumeOffered(Capability.INSTALL);
        var server = installed();

        server.install();

        awaitInstalls(server.id(), 2);
        assertThat(panel().installs(server.id())).endsWith(new InstallReport(true, false));
    }

    @Test
    void endsAnInstallation() {
        assumeOffered(Capability.ABORT_INSTALL);
        assumeOffered(Capability.INSTALL_LOG);
        var id = newServer();
        panel().put(ContractServer.configuration(id, false), ContractServer.endlessInstall());
        node().createServer(new CreateServer(id, false));
        var server = node().server(id);
        if (strict()) {
            Eventually.holds(
                    "the script to begin", LATER, () -> server.installLog().contains(ContractServer.INSTALLING));
            server.abortInstall();
        } else {
            // Others write the log when the script has ended, and refuse for as long as it has not begun.
            Eventually.holds("the installation to be ended", LATER, () -> catchThrowable(server::abortInstall) == null);
        }

        awaitInstalls(id, 1);
        assertThat(panel().installs(id))
                .singleElement()
                // Calagopus' daemon calls it a success where it had not begun to run the script.
                .matches(report -> !strict() || (!report.successful() && !report.reinstall()));
        assertThatThrownBy(server::abortInstall).isInstanceOf(ConflictException.class);
    }

    @Test
    void takesANewConfigurationOver() {
        var server = installed();
        panel().put(ContractServer.configuration(server.id(), true), ContractServer.install());

        server.sync();

        assertThat(server.details().suspended()).isTrue();
        var refusal = catchThrowable(() -> server.power(PowerAction.START));
        // Calagopus' daemon takes the order, and does not follow it.
        if (strict() || refusal != null) {
            assertThat(refusal)
                    .isInstanceOfAny(ConflictException.class, InvalidInputException.class)
                    .hasMessageContaining("suspended");
        }
        assertThat(server.details().state()).isEqualTo(ServerState.OFFLINE);
    }

    // Power, commands and logs

    @Test
    void startsAnswersAndStops() {
        assumeProgram();
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
            Eventually.holds(
                    "the console to tell the end, too",
                    SOON,
                    () -> statesFrom(console, ServerState.STARTING).contains(ServerState.OFFLINE));
        }
        assertThat(statesFrom(console, ServerState.STARTING))
                .containsSubsequence(
                        ServerState.STARTING, ServerState.RUNNING, ServerState.STOPPING, ServerState.OFFLINE);
    }

    @Test
    void restarts() {
        assumeProgram();
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
            kill(server);
        }
    }

    @Test
    void refusesCommandsToAStoppedServer() {
        assumeProgram();
        var server = shared();
        kill(server);

        assertThatThrownBy(() -> server.sendCommands(List.of("anybody?"))).isInstanceOf(ConflictException.class);
    }

    @Test
    void givesTheLastLinesOfTheConsole() {
        assumeProgram();
        assumeOffered(Capability.LOGS);
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            start(server, console);
            open.sendCommand("for the log");
            console.awaitLine(ContractServer.ANSWER + "for the log", SOON);
        }

        Eventually.holds(
                () -> "the line in " + server.logs(100),
                SOON,
                () -> server.logs(100).stream().anyMatch(line -> line.contains("answer: for the log")));
        assertThat(server.logs(1)).hasSizeLessThanOrEqualTo(1);
        assertThatThrownBy(() -> server.logs(0)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> server.logs(101)).isInstanceOf(InvalidInputException.class);
        kill(server);
    }

    // Callers

    @Test
    void letsAUserDoWhatTheUserMayOnly() {
        assumeProgram();
        var server = shared();
        var looking = asUser(Permission.CONNECT).server(server.id());

        assertThatThrownBy(() -> looking.power(PowerAction.KILL)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> looking.sendCommands(List.of("x"))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(looking::reinstall).isInstanceOf(DeniedException.class);
        assertThatThrownBy(looking::sync).isInstanceOf(DeniedException.class);
        assertThatThrownBy(looking::delete).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> asUser(Permission.CONNECT).servers()).isInstanceOf(DeniedException.class);
    }

    @Test
    void refusesACallerWhoseTimeIsOver() {
        var late = node().as(new Caller.User(
                UUID.randomUUID(),
                Permissions.owner(),
                "127.0.0.1",
                Instant.now().minusSeconds(1)));
        var server = late.server(shared().id());

        assertThatThrownBy(() -> server.power(PowerAction.START)).isInstanceOf(DeniedException.class);
    }

    private void awaitInstalls(ServerId id, int count) {
        Eventually.holds(
                () -> count + " install reports, got " + panel().installs(id),
                LATER,
                () -> panel().installs(id).size() >= count);
    }

    private static List<ServerState> statesFrom(RecordingConsoleListener console, ServerState first) {
        return console.events(ConsoleEvent.Status.class).stream()
                .map(ConsoleEvent.Status::state)
                .dropWhile(state -> !state.equals(first))
                .toList();
    }
}
