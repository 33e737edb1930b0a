package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleEvent.Output;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.RecordingNode.OpenConsole;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleRelayTest {

    private static final int QUEUE = 20;

    private final PanelFixture fixture = new PanelFixture();
    private final RecordingNode node = fixture.recording();
    private final ServerId server = fixture.installing("lobby").id();
    private final ConsoleRelay relay = new ConsoleRelay(
            fixture.service,
            ConsoleRelayOptions.builder()
                    .queue(QUEUE)
                    .recentLines(10)
                    .browsersPerServer(3)
                    .browsersPerUser(2)
                    .ticketsPerUser(2)
                    .firstRetry(Duration.ofMillis(5))
                    .maxRetry(Duration.ofMillis(50))
                    .build(),
            fixture.clock);

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void bringsANodesConsoleToABrowser() {
        node.panel.reportInstall(server, new InstallReport(true, false));
        var sink = new RecordingSink();
        // tag::relay[]
        var user = new Caller.User(
                UUID.randomUUID(),
                Permissions.owner(),
                "203.0.113.9",
                fixture.clock.instant().plusSeconds(3600));
        var ticket = relay.issue(user, server); // handed to the page, which opens a WebSocket with it
        var console = relay.attach(ticket.text(), server, OptionalLong.empty(), sink);
        console.receive("{\"type\":\"command\",\"line\":\"say hi\"}"); // a text frame from the browser
        console.receive("{\"type\":\"power\",\"action\":\"restart\"}");
        // end::relay[]
        await().until(() -> !node.consoles.isEmpty());
        node.console().tell(new ConsoleEvent.Status(ServerState.RUNNING));
        node.console().tell(line(1));
        node.console().tell(new Output("from the daemon", OptionalLong.empty()));
        node.console().tell(new ConsoleEvent.Stats(ResourceUsage.NONE));

        await().until(() -> !sink.ofType("stats").isEmpty());
        assertThat(sink.frames)
                .containsExactly(
                        "{\"type\":\"connected\",\"permissions\":[\"*\"]}",
                        "{\"type\":\"node\",\"connected\":true}",
                        "{\"type\":\"status\",\"state\":\"running\"}",
                        "{\"type\":\"output\",\"line\":\"line 1\",\"number\":1}",
                        "{\"type\":\"output\",\"line\":\"from the daemon\"}",
                        "{\"type\":\"stats\",\"memoryBytes\":0,\"memoryLimitBytes\":0,\"cpuPercent\":0.0,\"diskBytes\":0,"
                                + "\"rxBytes\":0,\"txBytes\":0,\"uptimeMillis\":0}");
        assertThat(node.calls).contains("command [say hi]", "power RESTART");
    }

    @Test
    void aTicketWorksOnceInTimeForItsServer() {
        var user = user(Permissions.owner());
        var used = relay.issue(user, server).text();
        relay.attach(used, server, OptionalLong.empty(), new RecordingSink());
        assertProblem(Problem.TICKET_INVALID, () -> attach(used, server));

        var other = relay.issue(user, server).text();
        assertProblem(Problem.TICKET_INVALID, () -> attach(other, ServerId.random()));
        assertProblem(Problem.TICKET_INVALID, () -> attach(other, server));

        var late = relay.issue(user, server).text();
        fixture.clock.advance(Duration.ofSeconds(30));
        assertProblem(Problem.TICKET_INVALID, () -> attach(late, server));
        assertProblem(Problem.TICKET_INVALID, () -> attach("made up", server));
        assertThat(relay.issue(user, server).toString()).doesNotContain("text");
    }

    @Test
    void ticketsNeedThePermissionAndAreBounded() {
        var stranger = user(Permissions.of(Permission.FILE_READ));
        assertThatThrownBy(() -> relay.issue(stranger, server)).isInstanceOf(DeniedException.class);

        var user = user(Permissions.owner());
        relay.issue(user, server);
        relay.issue(user, server);
        assertProblem(Problem.TOO_MANY_CONSOLES, () -> relay.issue(user, server));
        relay.issue(user(Permissions.owner()), server);
        fixture.clock.advance(Duration.ofSeconds(31));
        relay.issue(user, server);
    }

    @Test
    void manyBrowsersShareOneConsoleAndTheLastOneClosesIt() {
        var sinks = List.of(new RecordingSink(), new RecordingSink(), new RecordingSink());
        var attachments = new ArrayList<ConsoleRelay.Attachment>();
        sinks.forEach(sink -> attachments.add(attach(sink, Permissions.owner())));
        await().until(() -> !node.consoles.isEmpty());
        node.console().tell(line(1));

        sinks.forEach(sink -> await().until(() -> sink.ofType("output").size() == 1));
        assertThat(node.consoles).hasSize(1);
        attachments.get(0).close();
        attachments.get(0).close();
        attachments.get(1).close();
        assertThat(node.console().closed).isFalse();
        attachments.get(2).close();
        await().until(() -> node.console().closed);
        assertThat(attachments.get(2).open()).isFalse();

        attach(new RecordingSink(), Permissions.owner());
        await().until(() -> node.consoles.size() == 2);
    }

    @Test
    void boundsTheBrowsersOfAServerAndOfAUser() {
        var user = user(Permissions.owner());
        attach(new RecordingSink(), user, OptionalLong.empty());
        attach(new RecordingSink(), user, OptionalLong.empty());
        assertProblem(Problem.TOO_MANY_CONSOLES, () -> attach(new RecordingSink(), user, OptionalLong.empty()));
        attach(new RecordingSink(), Permissions.owner());
        assertProblem(Problem.TOO_MANY_CONSOLES, () -> attach(new RecordingSink(), Permissions.owner()));
    }

    @Test
    void eachBrowserIsToldWhatItsUserMayKnow() {
        var owner = new RecordingSink();
        var admin = new RecordingSink();
        attach(owner, Permissions.owner());
        attach(admin, Permissions.administrator());
        await().until(() -> !node.consoles.isEmpty());
        var console = node.console();
        console.tell(new ConsoleEvent.InstallStarted());
        console.tell(new ConsoleEvent.InstallOutput("downloading"));
        console.tell(new ConsoleEvent.DaemonError("/var/lib/secret: no such file"));
        console.tell(new ConsoleEvent.Unknown("backup completed", List.of("{}")));
        console.tell(new ConsoleEvent.AuthorityExpiring());
        console.tell(new ConsoleEvent.DaemonMessage("installing"));
        console.tell(ConsoleEvent.InstallCompleted.UNTOLD);

        for (var sink : List.of(owner, admin)) {
            await().until(() -> sink.ofType("install").size() == 2);
        }
        assertThat(admin.frames)
                .contains(
                        "{\"type\":\"install-output\",\"line\":\"downloading\"}",
                        "{\"type\":\"error\",\"text\":\"/var/lib/secret: no such file\"}")
                .doesNotContain("{\"type\":\"unknown\"}");
        assertThat(owner.frames)
                .contains("{\"type\":\"daemon\",\"text\":\"installing\"}")
                .noneMatch(frame -> frame.contains("downloading") || frame.contains("secret"))
                .doesNotContain("{\"type\":\"unknown\"}");
    }

    /** CVE-2026-86177: authorise the action, not the container it comes in. */
    @Test
    void everyActionNeedsItsOwnPermission() {
        node.panel.reportInstall(server, new InstallReport(true, false));
        var sink = new RecordingSink();
        var console = attach(sink, Permissions.of(Permission.CONNECT, Permission.START));

        console.receive("{\"type\":\"command\",\"line\":\"op me\"}");
        console.receive("{\"type\":\"power\",\"action\":\"kill\"}");
        console.receive("{\"type\":\"power\",\"action\":\"explode\"}");
        console.receive("{\"type\":\"power\",\"action\":\"start\"}");
        console.receive("{\"type\":\"format c:\"}");
        console.receive("no json");
        console.receive("{\"type\":\"command\",\"line\":\"a\\nb\"}");
        console.receive("{\"type\":\"ping\"}");
        console.receive("\"" + "x".repeat(BrowserFrames.MAX_LENGTH) + "\"");

        await().until(() -> sink.ofType("error").size() == 7);
        assertThat(sink.ofType("error").get(0)).contains("lacks the permission control.console");
        assertThat(node.calls).containsOnlyOnce("power START").doesNotContain("power KILL");
        assertThat(node.calls).noneMatch(call -> call.startsWith("command"));
    }

    @Test
    void onlyWhoAskedIsToldThatItFailed() {
        var asking = new RecordingSink();
        var watching = new RecordingSink();
        var console = attach(asking, Permissions.owner());
        attach(watching, Permissions.owner());
        await().until(() -> !node.consoles.isEmpty());
        node.failures.add(new ConflictException("the server is not running"));

        console.receive("{\"type\":\"command\",\"line\":\"say hi\"}");

        await().until(() -> !asking.ofType("error").isEmpty());
        assertThat(asking.ofType("error").get(0)).contains("the server is not running");
        assertThat(watching.ofType("error")).isEmpty();
    }

    @Test
    void aLateJoinerGetsTheRecentLines() {
        attach(new RecordingSink(), Permissions.owner());
        await().until(() -> !node.consoles.isEmpty());
        node.console().tell(new ConsoleEvent.Gap(1, 40));
        for (int i = 41; i <= 55; i++) {
            node.console().tell(line(i));
        }
        node.console().tell(new ConsoleEvent.Status(ServerState.RUNNING));

        var fresh = new RecordingSink();
        var resumed = new RecordingSink();
        attach(fresh, Permissions.owner());
        attach(resumed, user(Permissions.owner()), OptionalLong.of(42));

        await().until(() -> fresh.ofType("output").size() == 10);
        assertThat(fresh.frames).contains("{\"type\":\"status\",\"state\":\"running\"}");
        assertThat(fresh.ofType("output").get(0)).contains("\"number\":46");
        assertThat(fresh.ofType("gap"))
                .as("it has seen nothing, so it misses nothing")
                .isEmpty();
        await().until(() -> resumed.ofType("output").size() == 10);
        assertThat(resumed.ofType("gap")).containsExactly("{\"type\":\"gap\",\"from\":43,\"to\":45}");
    }

    @Test
    void aBrowserThatResumesDoesNotGetALineTwice() {
        var sink = new RecordingSink();
        attach(sink, user(Permissions.owner()), OptionalLong.of(3));
        await().until(() -> !node.consoles.isEmpty());
        assertThat(node.console().options.after()).hasValue(0);
        node.console().tell(new ConsoleEvent.Gap(1, 2));
        for (int i = 3; i <= 5; i++) {
            node.console().tell(line(i));
        }

        await().until(() -> sink.ofType("output").size() == 2);
        assertThat(sink.ofType("gap")).isEmpty();
        assertThat(sink.ofType("output").get(0)).contains("\"number\":4");
    }

    @Test
    void aSlowBrowserIsToldWhatItMissedAndSlowsNobody() {
        var slow = new RecordingSink();
        var fast = new RecordingSink();
        attach(slow, Permissions.owner());
        attach(fast, Permissions.owner());
        await().until(() -> slow.frames.size() == 2 && fast.frames.size() == 2);
        slow.stall = new CountDownLatch(1);
        for (int i = 1; i <= 100; i++) {
            node.console().tell(line(i));
            int told = i;
            await().until(() -> fast.ofType("output").size() == told);
        }
        node.console().tell(new ConsoleEvent.Status(ServerState.STOPPING));
        node.console().tell(new ConsoleEvent.Status(ServerState.OFFLINE));
        node.console().tell(new Output("unnumbered", OptionalLong.empty()));
        slow.stall.countDown();

        await().until(() ->
                !slow.ofType("gap").isEmpty() && !slow.ofType("status").isEmpty());
        assertThat(fast.ofType("gap")).isEmpty();
        int got = slow.ofType("output").size();
        assertThat(got).isBetween(QUEUE, QUEUE + 1);
        assertThat(slow.ofType("gap")).containsExactly("{\"type\":\"gap\",\"from\":" + (got + 1) + ",\"to\":100}");
        assertThat(slow.ofType("status")).containsExactly("{\"type\":\"status\",\"state\":\"offline\"}");
        assertThat(slow.ofType("daemon").get(0)).contains("1 lines were left out");
        assertThat(slow.frames).doesNotContain("two at one time");
        node.console().tell(line(101));
        await().until(() -> slow.ofType("output").size() == got + 1);
        assertThat(slow.ofType("gap")).hasSize(1);
    }

    @Test
    void aLostNodeIsTriedAgainWhileSomebodyWatches() {
        var sink = new RecordingSink();
        var console = attach(sink, Permissions.owner());
        await().until(() -> !node.consoles.isEmpty());
        var first = node.console();
        first.tell(line(1));
        node.failures.add(new UnavailableException("connection refused"));

        first.lose("connection reset");

        await().until(() -> node.consoles.size() == 2);
        assertThat(node.console().options.after()).as("resumes").hasValue(1);
        first.tell(line(99));
        node.console().tell(line(2));
        await().until(() -> sink.ofType("output").size() == 2);
        assertThat(sink.frames).noneMatch(frame -> frame.contains("line 99"));
        assertThat(sink.ofType("node"))
                .containsExactly(
                        "{\"type\":\"node\",\"connected\":true}",
                        "{\"type\":\"node\",\"connected\":false,\"reason\":\"connection reset\"}",
                        "{\"type\":\"node\",\"connected\":false,\"reason\":\"connection refused\"}",
                        "{\"type\":\"node\",\"connected\":true}");

        console.close();
        await().until(() -> node.console().closed);
        node.console().lose("closed");
        assertThat(node.consoles).as("nobody watches").hasSize(2);
    }

    @Test
    void aConsoleThatComesBackByItselfIsLeftToIt() {
        var sink = new RecordingSink();
        attach(sink, Permissions.owner());
        await().until(() -> !node.consoles.isEmpty());

        node.console().listener.onDisconnected("connection reset");
        node.console().tell(new ConsoleEvent.Connected());
        node.console().tell(line(1));

        await().until(() -> sink.ofType("output").size() == 1);
        assertThat(sink.ofType("node"))
                .containsExactly(
                        "{\"type\":\"node\",\"connected\":true}",
                        "{\"type\":\"node\",\"connected\":false,\"reason\":\"connection reset\"}",
                        "{\"type\":\"node\",\"connected\":true}");
        assertThat(node.consoles).hasSize(1);
    }

    @Test
    void anAuthorityThatTheNodeDropsIsRenewedByANewConnection() {
        var sink = new RecordingSink();
        attach(sink, Permissions.owner());
        await().until(() -> !node.consoles.isEmpty());
        var first = node.console();

        first.tell(new ConsoleEvent.AuthorityLost("jwt: exp claim is invalid"));

        await().until(() -> node.consoles.size() == 2 && first.closed);
    }

    @Test
    void aNodeThatDoesNotNumberItsLinesIsAskedForTheLastOnes() {
        node.capabilities = Set.of();
        var sink = new RecordingSink();
        attach(sink, Permissions.owner());

        await().until(() -> !node.consoles.isEmpty() && node.console().asked.contains("logs"));
        assertThat(node.console().options.after()).isEmpty();
    }

    @Test
    void endsWithTheUsersAuthority() {
        var sink = new RecordingSink();
        var user = new Caller.User(
                UUID.randomUUID(),
                Permissions.owner(),
                "",
                fixture.clock.instant().plusSeconds(60));
        var console = attach(sink, user, OptionalLong.empty());
        await().until(() -> !node.consoles.isEmpty());
        OpenConsole open = node.console();

        fixture.clock.advance(Duration.ofSeconds(60));

        assertThatThrownBy(() -> console.sendCommand("say hi")).isInstanceOf(DeniedException.class);
        await().until(() -> !sink.closed.isEmpty());
        assertThat(sink.closed).containsExactly("your session has ended; log in again");
        await().until(() -> open.closed);
    }

    /** CVE-2025-68954: a revocation reaches what is open. */
    @Test
    void aRevocationEndsOpenConsolesAndUnusedTickets() {
        var sink = new RecordingSink();
        var user = user(Permissions.owner());
        var console = attach(sink, user, OptionalLong.empty());
        var ticket = relay.issue(user, server).text();
        var other = new RecordingSink();
        attach(other, Permissions.owner());

        relay.disconnect(user.user(), server);

        await().until(() -> !sink.closed.isEmpty());
        assertThat(console.open()).isFalse();
        assertProblem(Problem.TICKET_INVALID, () -> attach(ticket, server));
        assertThat(other.closed).isEmpty();
        assertThatThrownBy(() -> console.power(PowerAction.START)).isInstanceOf(DeniedException.class);
    }

    @Test
    void aDeletedServerEndsItsConsoles() {
        var sink = new RecordingSink();
        attach(sink, Permissions.owner());
        await().until(() -> !node.consoles.isEmpty());

        node.console().tell(new ConsoleEvent.Deleted());

        await().until(() -> !sink.closed.isEmpty());
        assertThat(sink.ofType("deleted")).hasSize(1);
        assertThat(sink.closed).containsExactly("the server was deleted");
    }

    @Test
    void aBrowserThatIsGoneLeaves() {
        var sink = new RecordingSink();
        var console = attach(sink, Permissions.owner());
        await().until(() -> !node.consoles.isEmpty());
        sink.gone = true;

        node.console().tell(line(1));

        await().until(() -> node.console().closed);
        assertThat(console.open()).isFalse();
    }

    @Test
    void closingTheRelayEndsEverything() {
        var sink = new RecordingSink();
        attach(sink, Permissions.owner());
        await().until(() -> !node.consoles.isEmpty());

        relay.close();
        relay.close();

        await().until(() -> !sink.closed.isEmpty() && node.console().closed);
        assertThat(sink.closed).containsExactly("the panel is shutting down");
    }

    private static Output line(long number) {
        return new Output("line " + number, OptionalLong.of(number));
    }

    private Caller.User user(Permissions permissions) {
        return new Caller.User(
                UUID.randomUUID(),
                permissions,
                "203.0.113.9",
                fixture.clock.instant().plusSeconds(3600));
    }

    private ConsoleRelay.Attachment attach(RecordingSink sink, Permissions permissions) {
        return attach(sink, user(permissions), OptionalLong.empty());
    }

    private ConsoleRelay.Attachment attach(RecordingSink sink, Caller.User user, OptionalLong after) {
        return relay.attach(relay.issue(user, server).text(), server, after, sink);
    }

    private void attach(String ticket, ServerId at) {
        relay.attach(ticket, at, OptionalLong.empty(), new RecordingSink());
    }

    private static void assertProblem(Problem problem, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
