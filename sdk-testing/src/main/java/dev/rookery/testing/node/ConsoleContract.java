package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.Offered;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every console does: it tells what happens in order, takes what its caller may send, and ends with its caller's authority. */
public abstract class ConsoleContract extends ContractFixture {

    /** Creates the contract's instance of one test. */
    protected ConsoleContract() {}

    // Events

    @Test
    void tellsThatItIsConnectedAndTheState() {
        var console = new RecordingConsoleListener();
        try (var open = shared().console(ConsoleOptions.live(), console)) {
            console.await(ConsoleEvent.Status.class, status -> true, SOON);

            assertThat(console.events().get(0)).isInstanceOf(ConsoleEvent.Connected.class);
            assertThat(open.open()).isTrue();
        }
    }

    @Test
    void tellsTheEndOnce() {
        var console = new RecordingConsoleListener();
        var open = shared().console(ConsoleOptions.live(), console);
        console.await(ConsoleEvent.Connected.class, connected -> true, SOON);

        open.close();
        open.close();

        Eventually.holds("the end of the console", SOON, () -> console.closed() == 1);
        assertThat(open.open()).isFalse();
    }

    @Test
    void tellsUsageWhereItIsAskedFor() {
        var console = new RecordingConsoleListener();
        try (var open = shared().console(ConsoleOptions.live(), console)) {
            console.await(ConsoleEvent.Status.class, status -> true, SOON);

            open.requestStats();

            console.await(ConsoleEvent.Stats.class, stats -> stats.usage().memoryBytes() >= 0, SOON);
        }
    }

    @Test
    void tellsUsageEachSecondWhileTheServerRuns() {
        assumeProgram();
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            start(server, console);

            Eventually.holds(
                    "three stats of the running server",
                    SOON,
                    () -> console.events(ConsoleEvent.Stats.class).stream()
                                    .filter(stats -> stats.usage().state().equals(ServerState.RUNNING))
                                    .count()
                            >= 3);
            open.setState(PowerAction.KILL);
            awaitState(server, ServerState.OFFLINE);
        }
    }

    @Test
    void tellsAnInstallationToThosePermitted() {
        var server = installed();
        var owner = new RecordingConsoleListener();
        var guest = new RecordingConsoleListener();
        try (var owned = server.console(ConsoleOptions.live(), owner);
                var looked = asUser(Permission.CONNECT).server(server.id()).console(ConsoleOptions.live(), guest)) {
            owner.await(ConsoleEvent.Status.class, status -> true, SOON);
            guest.await(ConsoleEvent.Status.class, status -> true, SOON);

            server.reinstall();

            owner.await(ConsoleEvent.InstallCompleted.class, completed -> true, LATER);
            guest.await(ConsoleEvent.InstallCompleted.class, completed -> true, LATER);
            assertThat(owned.open() && looked.open()).isTrue();
        }
        assertThat(owner.events(ConsoleEvent.InstallStarted.class)).hasSize(1);
        if (strict() || !owner.events(ConsoleEvent.InstallOutput.class).isEmpty()) {
            // Others may come too late to a script that ends at once.
            assertThat(owner.events(ConsoleEvent.InstallOutput.class))
                    .anyMatch(output -> output.line().contains(ContractServer.INSTALLED));
        }
        assertThat(guest.events(ConsoleEvent.InstallStarted.class)).hasSize(1);
        assertThat(guest.events(ConsoleEvent.InstallOutput.class)).isEmpty();
    }

    @Test
    void endsWithItsServer() {
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            console.await(ConsoleEvent.Status.class, status -> true, SOON);

            server.delete();

            if (strict()) {
                Eventually.holds(() -> "the end, after " + console.events(), LATER, () -> console.closed() == 1);
            } else {
                Offered.assume(endsSoon(console), "this daemon leaves the consoles of a deleted server open");
            }
            assertThat(open.open()).isFalse();
        }
    }

    private static boolean endsSoon(RecordingConsoleListener console) {
        try {
            Eventually.holds("the end", SOON, () -> console.closed() == 1);
            return true;
        } catch (AssertionError ignored) {
            // The answer to the question.
            return false;
        }
    }

    // What is sent

    @Test
    void keepsTheOrderOfCommands() {
        assumeProgram();
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            start(server, console);

            IntStream.rangeClosed(1, 6).forEach(i -> open.sendCommand("command " + i));

            console.awaitLine(ContractServer.ANSWER + "command 6", LATER);
        }
        assertThat(console.events(ConsoleEvent.Output.class).stream()
                        .map(ConsoleEvent.Output::line)
                        .filter(line -> line.startsWith(ContractServer.ANSWER))
                        .map(String::strip))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 6)
                        .mapToObj(i -> ContractServer.ANSWER + "command " + i)
                        .toList());
        kill(server);
    }

    @Test
    void repeatsTheLastLinesWhereTheyAreAskedFor() {
        assumeProgram();
        var server = installed();
        var first = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), first)) {
            start(server, first);
            open.sendCommand("remember this");
            first.awaitLine(ContractServer.ANSWER + "remember this", SOON);
        }
        var second = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), second)) {
            second.await(ConsoleEvent.Status.class, status -> true, SOON);

            open.requestLogs();

            second.awaitLine(ContractServer.ANSWER + "remember this", SOON);
        }
        kill(server);
    }

    @Test
    void sendsNothingForACallerWhoMayOnlyLook() {
        assumeProgram();
        var server = installed();
        var owner = new RecordingConsoleListener();
        var guest = new RecordingConsoleListener();
        try (var owned = server.console(ConsoleOptions.live(), owner);
                var looked = asUser(Permission.CONNECT).server(server.id()).console(ConsoleOptions.live(), guest)) {
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
        kill(server);
    }

    // Authority

    @Test
    void isNotOpenedWithoutThePermission() {
        var server = shared();

        assertThatThrownBy(() -> asUser(Permission.CONSOLE)
                        .server(server.id())
                        .console(ConsoleOptions.live(), new RecordingConsoleListener()))
                .isInstanceOf(DeniedException.class);
    }

    @Test
    void tellsThatTheAuthorityOfItsCallerHasEnded() {
        var server = shared();
        var user = new Caller.User(
                UUID.randomUUID(),
                Permissions.of(Permission.CONNECT),
                "127.0.0.1",
                Instant.now().plusSeconds(3));
        var console = new RecordingConsoleListener();
        try (var open = node().as(user).server(server.id()).console(ConsoleOptions.live(), console)) {
            console.await(ConsoleEvent.Connected.class, connected -> true, SOON);

            Eventually.holds(
                    () -> "that the authority has ended, among " + console.events(),
                    LATER,
                    () -> !console.events(ConsoleEvent.AuthorityLost.class).isEmpty());
            assertThat(Instant.now()).isAfterOrEqualTo(user.expiresAt().minusSeconds(1));
            var refusal = catchThrowable(() -> open.sendCommand("too late"));
            // Whether the console stays open, to say so on its listener, or has ended, is the node's affair.
            assertThat(refusal == null || refusal instanceof ConflictException)
                    .as("%s", refusal)
                    .isTrue();
        }
    }

    @Test
    void endsForAUserWhoIsDeauthorized() {
        assumeOffered(Capability.DEAUTHORIZATION);
        var server = installed();
        var user = new Caller.User(
                UUID.randomUUID(),
                Permissions.of(Permission.CONNECT),
                "127.0.0.1",
                Instant.now().plusSeconds(300));
        var console = new RecordingConsoleListener();
        try (var open = node().as(user).server(server.id()).console(ConsoleOptions.live(), console)) {
            console.await(ConsoleEvent.Status.class, status -> true, SOON);

            node().deauthorize(new Deauthorization(user.user(), List.of(server.id())));

            Eventually.holds(
                    () -> "the end of the session, after " + console.events(),
                    SOON,
                    () -> console.closed() + console.disconnected() > 0
                            || !console.events(ConsoleEvent.AuthorityLost.class).isEmpty());
            assertThat(open).isNotNull();
        }
    }

    // Numbers

    @Test
    void numbersLinesWithoutAHoleAndResumes() {
        assumeProgram();
        assumeOffered(Capability.NUMBERED_CONSOLE);
        var server = installed();
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
        kill(server);
    }

    @Test
    void deliversAFloodInOrder() {
        assumeProgram();
        var server = installed();
        var console = new RecordingConsoleListener();
        try (var open = server.console(ConsoleOptions.live(), console)) {
            start(server, console);

            open.sendCommand(ContractServer.FLOOD);

            console.awaitLine("flood 1000", SOON);
        }
        kill(server);
        var flood = console.events(ConsoleEvent.Output.class).stream()
                .map(ConsoleEvent.Output::line)
                .filter(line -> line.startsWith("flood ") && !line.contains(ContractServer.ANSWER))
                .map(line -> Integer.valueOf(line.strip().substring("flood ".length())))
                .toList();
        assertThat(flood).isSorted().doesNotHaveDuplicates();
        Offered.assume(
                strict() || flood.size() == 1000, "this daemon drops lines: " + (1000 - flood.size()) + " of 1000");
        assertThat(flood).hasSize(1000);
    }

    private static List<Long> consecutiveFrom(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }
}
