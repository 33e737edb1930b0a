package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.kit.Backoff;
import dev.rookery.wings.NodeDeadlines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol: node API §4. */
@Timeout(60)
class WingsConsoleTest {

    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final UUID SERVICE = UUID.fromString("00000000-0000-4000-8000-00000000beef");
    private static final Backoff AT_ONCE = Backoff.of(Duration.ofMillis(10), 1, Duration.ofMillis(10), 0);

    private final ManualTimer time = new ManualTimer();
    private final RecordingListener listener = new RecordingListener();
    private ConsolePeer peer;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        peer = new ConsolePeer();
        toClose.add(peer);
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    // Opening

    @Test
    void presentsThePanelsOriginAndAnAdministratorsToken() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.session();
        var token = session.token(Instant.now());
        session.send("auth success");
        var console = opened(opening);

        assertThat(session.request.getTarget()).isEqualTo("/api/servers/" + peer.id + "/ws");
        assertThat(session.request.getHeaders().get("Origin")).isEqualTo(ConsolePeer.PANEL);
        assertThat(session.request.getHeaders().get("Authorization")).isNull();
        assertThat(token.user()).isEqualTo(SERVICE);
        assertThat(token.permissions()).isEqualTo(Permissions.administrator());
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(console.open()).isTrue();
    }

    @Test
    void presentsTheUsersOwnToken() throws Exception {
        var user = user(Instant.now().plusSeconds(120), Permission.CONNECT, Permission.CONSOLE);
        var opening = opening(node().as(user), ConsoleOptions.live());
        var session = peer.session();

        var token = session.token(Instant.now());
        session.send("auth success");
        opened(opening);

        assertThat(token.user()).isEqualTo(user.user());
        assertThat(token.permissions()).isEqualTo(user.permissions());
        assertThat(token.expiresAt()).isBeforeOrEqualTo(user.expiresAt());
    }

    @Test
    void refusesAUserWhoMayNotConnectBeforeAnythingIsSent() {
        var user = user(Instant.now().plusSeconds(120), Permission.CONSOLE);

        assertThatThrownBy(() -> node().as(user).server(peer.id).console(ConsoleOptions.live(), listener))
                .isInstanceOf(DeniedException.class);
        assertThat(peer.server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "404, '{\"error\":\"The requested resource does not exist on this instance.\"}', NotFoundException",
        "403, 'Forbidden', DeniedException",
        "400, '{\"error\":\"Too many open websocket connections.\"}', UnavailableException",
        "500, '', UnavailableException",
    })
    void saysWhyTheSocketWasRefused(int status, String body, String type) {
        peer.answerNext(status, body);

        assertThatThrownBy(() -> node().server(peer.id).console(ConsoleOptions.live(), listener))
                .isInstanceOf(RookeryException.class)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type));
        assertThat(listener.ends).isEmpty();
    }

    @Test
    void namesTheOriginThatWasRefused() {
        peer.answerNext(403, "Forbidden\n{\"error\":\"x\"}");

        assertThatThrownBy(() -> node().server(peer.id).console(ConsoleOptions.live(), listener))
                .hasMessageContaining(ConsolePeer.PANEL);
    }

    @ParameterizedTest
    @CsvSource({
        "jwt error, Error Event [x]: jwt: missing connect permission",
        "daemon error, Error Event [x]: an unexpected error was encountered while handling this request"
    })
    void saysThatTheTokenIsNotAccepted(String event, String text) throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        peer.session().send(event, text);

        assertThatThrownBy(() -> opened(opening))
                .hasCauseInstanceOf(DeniedException.class)
                .hasMessageContaining(text.substring(text.lastIndexOf(':') + 2));
        assertThat(listener.events).isEmpty();
    }

    @Test
    void saysThatTheServerIsSuspended() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        peer.session().close(4409, "server is suspended");

        assertThatThrownBy(() -> opened(opening))
                .hasCauseInstanceOf(ConflictException.class)
                .hasMessageContaining("4409");
    }

    @Test
    void givesUpAtTheDeadlineOrWhenCancelled() {
        assertThatThrownBy(() -> node().with(CallOptions.deadline(Duration.ofMillis(300)))
                        .server(peer.id)
                        .console(ConsoleOptions.live(), listener))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("300 ms");

        var signal = CancelSignal.create();
        signal.cancel();
        assertThatThrownBy(() -> node().with(CallOptions.defaults().cancel(signal))
                        .server(peer.id)
                        .console(ConsoleOptions.live(), listener))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("cancelled");
        assertThat(listener.ends).isEmpty();
    }

    @Test
    void saysThatNobodyIsThere() {
        peer.close();

        assertThatThrownBy(() -> node().server(peer.id).console(ConsoleOptions.live(), listener))
                .isInstanceOf(UnavailableException.class);
    }

    // Lines

    @Test
    void asksForNumbersOnlyWhereTheyAreOffered() throws Exception {
        peer.numbering();
        var opening = opening(node(), ConsoleOptions.after(41));
        var session = peer.accepted();
        opened(opening);

        assertThat(session.resume).contains(Frame.of(ConsoleFrames.RESUME, "41"));
        session.line(42);
        listener.next();
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Output("line 42", OptionalLong.of(42)));
    }

    @Test
    void beginsLiveWithoutANumber() throws Exception {
        peer.numbering();
        opening(node(), ConsoleOptions.live());

        assertThat(peer.accepted().resume).contains(Frame.of(ConsoleFrames.RESUME));
    }

    @Test
    void asksAForeignNodeForItsLastLines() throws Exception {
        opening(node(), ConsoleOptions.after(0));

        var session = peer.accepted();

        assertThat(session.frame()).isEqualTo(Frame.of(ConsoleFrames.SEND_LOGS));
        assertThat(session.resume)
                .as("a foreign node never sees a frame of ours")
                .isEmpty();
    }

    @Test
    void resumesAfterABrokenCable() throws Exception {
        peer.numbering();
        var cable = new Cable(peer.server.getPort());
        toClose.add(cable);
        var opening = opening(node(cable.url(), Clock.systemUTC(), ConsoleTimer.SYSTEM), ConsoleOptions.after(0));
        var first = peer.accepted();
        opened(opening);
        first.line(1);
        first.line(2);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        listener.next();
        listener.next();

        cable.cut();

        assertThat(listener.disconnection()).isNotBlank();
        var second = peer.accepted();
        assertThat(second.resume).contains(Frame.of(ConsoleFrames.RESUME, "2"));
        second.line(3);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Output("line 3", OptionalLong.of(3)));
        assertThat(listener.ends).isEmpty();
    }

    @Test
    void keepsTryingUntilTheNodeIsBack() throws Exception {
        var session = live(node());
        peer.answerNext(502, "");
        peer.answerNext(400, "{\"error\":\"Too many open websocket connections.\"}");

        session.close(1012, "restart");

        peer.accepted();
        assertThat(listener.disconnection()).contains("1012");
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(listener.disconnections).as("one outage is told once").isEmpty();
    }

    @Test
    void announcesLinesThatNeverCame() throws Exception {
        peer.numbering();
        var session = live(node());
        session.line(5);
        session.line(9);
        session.send(ConsoleFrames.GAP, "10", "19");
        session.line(20);

        assertThat(List.of(listener.next(), listener.next(), listener.next(), listener.next(), listener.next()))
                .containsExactly(
                        new ConsoleEvent.Output("line 5", OptionalLong.of(5)),
                        new ConsoleEvent.Gap(6, 8),
                        new ConsoleEvent.Output("line 9", OptionalLong.of(9)),
                        new ConsoleEvent.Gap(10, 19),
                        new ConsoleEvent.Output("line 20", OptionalLong.of(20)));
    }

    @Test
    void tellsNoLineTwiceThatAForeignNodeShowsAgain() throws Exception {
        var session = live(node());
        session.send("console output", "a");
        session.send("console output", "b");
        listener.next();
        listener.next();

        session.close(1012, "restart");
        var again = peer.accepted();
        assertThat(again.frame()).isEqualTo(Frame.of(ConsoleFrames.SEND_LOGS));
        for (var line : List.of("a", "b", "c", "d")) {
            again.send("console output", line);
        }

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Output("c", OptionalLong.empty()));
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Output("d", OptionalLong.empty()));
    }

    @Test
    void survivesFramesThatAreNone() throws Exception {
        var session = live(node());
        session.sendRaw("not json");
        session.sendRaw("{\"args\":[\"x\"]}");
        session.sendRaw("{\"event\":\"stats\",\"args\":[\"{oops\"]}");
        session.send("throttled", "global");

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Unknown.class);
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Throttled("global"));
    }

    @Test
    void announcesWhatASlowListenerMissed() throws Exception {
        peer.numbering();
        var gate = new CountDownLatch(1);
        var heard = new CompletableFuture<List<ConsoleEvent>>();
        var events = new ArrayList<ConsoleEvent>();
        var opening =
                CompletableFuture.supplyAsync(() -> node(1000).server(peer.id).console(ConsoleOptions.live(), event -> {
                    await(gate);
                    events.add(event);
                    if (lastNumber(event) == 20_000) {
                        heard.complete(List.copyOf(events));
                    }
                }));
        var session = peer.accepted();
        opened(opening);
        for (int i = 1; i <= 19_999; i++) {
            session.line(i);
        }
        // Answered once everything before has been taken in.
        session.send("token expiring");
        session.accept();
        gate.countDown();
        session.line(20_000);

        var all = heard.get(20, TimeUnit.SECONDS);
        long next = 1;
        long missing = 0;
        for (var event : all) {
            if (event instanceof ConsoleEvent.Output output) {
                assertThat(output.number()).hasValue(next++);
            } else if (event instanceof ConsoleEvent.Gap gap) {
                assertThat(gap.from()).isEqualTo(next);
                missing += gap.to() - gap.from() + 1;
                next = gap.to() + 1;
            }
        }
        assertThat(next).isEqualTo(20_001);
        assertThat(missing).isPositive();
    }

    // Authority

    @Test
    void renewsItsTokenWhenTheNodeWarns() throws Exception {
        var session = live(node());

        session.send("token expiring");

        assertThat(session.token(Instant.now()).user()).isEqualTo(SERVICE);
        session.send("auth success");
        session.send("status", "running");
        assertThat(listener.next()).as("nothing of the renewal is told").isInstanceOf(ConsoleEvent.Status.class);
    }

    @Test
    void renewsItsTokenWhenTheNodeHoldsEventsBack() throws Exception {
        var session = live(node());

        session.send("jwt error", "jwt: exp claim is invalid");
        session.send("jwt error", "jwt: exp claim is invalid");

        session.accept();
        session.send("status", "running");
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Status.class);
        assertThat(session.waiting()).isZero();
    }

    @Test
    void renewsItsTokenByItselfBeforeTheNodeWarns() throws Exception {
        var session = live(node(peer.server.url("/").uri(), time, time));

        time.advance(Duration.ofSeconds(524));
        assertThat(session.waiting()).isZero();
        time.advance(Duration.ofSeconds(2));

        // Renewed 75 s before the end, which was a second ago.
        assertThat(session.token(time.instant()).expiresAt())
                .isEqualTo(time.instant().plusSeconds(599));
    }

    @Test
    void makesANewTokenAfterTheNodeRestartedInTheSameSecond() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.session();
        session.frame();
        session.send("jwt error", "Error Event [x]: jwt: created too far in past (denylist)");

        session.accept();

        assertThat(opened(opening).open()).isTrue();
    }

    @Test
    void endsWithTheAuthorityOfItsUser() throws Exception {
        var user = user(time.instant().plusSeconds(90), Permission.CONNECT);
        var session = live(node(peer.server.url("/").uri(), time, time).as(user));

        session.send("token expiring");
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.AuthorityExpiring.class);
        time.advance(Duration.ofSeconds(91));

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.AuthorityLost.class);
        assertThat(listener.end()).contains(user.user().toString());
        assertThat(session.waiting()).isZero();
    }

    @Test
    void staysOutWhenItsUserIsPutOut() throws Exception {
        var user = user(Instant.now().plusSeconds(300), Permission.CONNECT);
        var session = live(node().as(user));

        session.send("jwt error", "jwt: created too far in past (denylist)");

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.AuthorityLost.class);
        assertThat(listener.end()).contains("denylist");
    }

    // Sending

    @Test
    void sendsCommandsAndPowerActionsInOrder() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);

        console.sendCommand("say bye");
        console.setState(PowerAction.STOP);
        console.requestStats();
        console.requestLogs();

        assertThat(List.of(session.frame(), session.frame(), session.frame(), session.frame()))
                .containsExactly(
                        Frame.of(ConsoleFrames.SEND_COMMAND, "say bye"),
                        Frame.of(ConsoleFrames.SET_STATE, "stop"),
                        Frame.of(ConsoleFrames.SEND_STATS),
                        Frame.of(ConsoleFrames.SEND_LOGS));
    }

    @Test
    void staysWithinTheNodesLimits() throws Exception {
        var opening = opening(node(peer.server.url("/").uri(), time, time), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        // The timer stands still, so the token's frame still counts.
        for (int i = 0; i < 20; i++) {
            console.sendCommand("command " + i);
        }

        for (int i = 0; i < 8; i++) {
            assertThat(session.frame().text()).isEqualTo("command " + i);
        }
        assertThat(session.waiting()).isZero();
        for (int i = 8; i < 20; i++) {
            time.advance(Duration.ofMillis(1100));
            assertThat(session.frame().text()).isEqualTo("command " + i);
        }
    }

    @Test
    void refusesWhatDoesNotFitIntoAFrame() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        int overhead =
                ConsoleFrames.write(Frame.of(ConsoleFrames.SEND_COMMAND, "")).length();

        console.sendCommand("x".repeat(4095 - overhead));
        assertThat(session.frame().text()).hasSize(4095 - overhead);
        assertThatThrownBy(() -> console.sendCommand("x".repeat(4096 - overhead)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("4095");
        assertThatThrownBy(() -> console.sendCommand("a\nb")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void sendsNothingWithoutThePermission() throws Exception {
        var user = user(Instant.now().plusSeconds(300), Permission.CONNECT);
        var opening = opening(node().as(user), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();

        console.sendCommand("x");
        console.setState(PowerAction.KILL);
        console.requestStats();

        assertThat(listener.next()).asString().contains("control.console");
        assertThat(listener.next()).asString().contains("control.stop");
        assertThat(session.frame()).isEqualTo(Frame.of(ConsoleFrames.SEND_STATS));
    }

    @Test
    void saysThatAStoppedServerTakesNoCommand() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();
        session.send("status", "offline");
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Status(ServerState.OFFLINE));

        console.sendCommand("x");

        assertThat(listener.next()).asString().contains("offline");
        assertThat(session.waiting()).isZero();
    }

    @Test
    void saysWhatWasNotSentWhenTheConnectionBroke() throws Exception {
        var opening = opening(node(peer.server.url("/").uri(), time, time), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();
        for (int i = 0; i < 9; i++) {
            console.sendCommand("command " + i);
        }
        for (int i = 0; i < 8; i++) {
            session.frame();
        }

        session.close(1012, "restart");

        listener.disconnection();
        assertThat(listener.next()).asString().contains("command 8");
        console.sendCommand("late");
        assertThat(listener.next()).asString().contains("no connection");
    }

    // Ending

    @Test
    void endsOnceHoweverOftenItIsClosed() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        peer.accepted();
        var console = opened(opening);

        console.close();
        console.close();

        listener.end();
        assertThat(console.open()).isFalse();
        assertThatThrownBy(() -> console.sendCommand("x")).isInstanceOf(ConflictException.class);
        assertThat(listener.ends.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(listener.overlapped).isFalse();
    }

    @Test
    void endsWhenTheServerIsDeleted() throws Exception {
        var session = live(node());

        session.send("deleted", "null");

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Deleted.class);
        assertThat(listener.end()).contains("deleted");
    }

    @ParameterizedTest
    @CsvSource({"4409, suspended", "4400, refused", "1000, ended", "1008, ended"})
    void takesARefusalForFinal(int code, String text) throws Exception {
        var session = live(node());

        session.close(code, "because");

        assertThat(listener.end()).contains(text).contains(Integer.toString(code));
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void endsWhenTheServerIsGoneAfterAnOutage() throws Exception {
        var session = live(node());
        peer.answerNext(404, "{\"error\":\"The requested resource does not exist on this instance.\"}");

        session.close(1012, "restart");

        assertThat(listener.end()).contains("404");
    }

    @Test
    void outlivesAListenerThatThrows() throws Exception {
        var seen = new CompletableFuture<ConsoleEvent>();
        var opening =
                CompletableFuture.supplyAsync(() -> node().server(peer.id).console(ConsoleOptions.live(), event -> {
                    if (event instanceof ConsoleEvent.Connected) {
                        throw new IllegalStateException("a listener's own mistake");
                    }
                    seen.complete(event);
                }));
        var session = peer.accepted();
        opened(opening);

        session.send("status", "running");

        assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(new ConsoleEvent.Status(ServerState.RUNNING));
    }

    private ConsolePeer.Session live(NodeConnection node) throws Exception {
        var opening = opening(node, ConsoleOptions.live());
        var session = peer.accepted();
        opened(opening);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        return session;
    }

    private CompletableFuture<Console> opening(NodeConnection node, ConsoleOptions options) {
        return CompletableFuture.supplyAsync(() -> node.server(peer.id).console(options, listener));
    }

    private Console opened(CompletableFuture<Console> opening) throws Exception {
        var console = opening.get(10, TimeUnit.SECONDS);
        toClose.add(console);
        return console;
    }

    private NodeConnection node() {
        return node(peer.server.url("/").uri(), Clock.systemUTC(), ConsoleTimer.SYSTEM);
    }

    private NodeConnection node(int queue) {
        return node(peer.server.url("/").uri(), Clock.systemUTC(), ConsoleTimer.SYSTEM, queue);
    }

    private NodeConnection node(URI url, Clock clock, ConsoleTimer timer) {
        return node(url, clock, timer, 4096);
    }

    private NodeConnection node(URI url, Clock clock, ConsoleTimer timer, int queue) {
        var settings = NodeSettings.of(
                BaseUrl.read(url),
                peer.credentials,
                CLIENT,
                Optional.of(ConsolePeer.PANEL),
                SERVICE,
                NodeDeadlines.defaults(),
                Path.of(System.getProperty("java.io.tmpdir")),
                clock,
                queue);
        return new NodeConnection(
                settings.console(settings.console().timer(timer).pauses(AT_ONCE)),
                Caller.panel(),
                CallOptions.defaults());
    }

    private static Caller.User user(Instant until, Permission... permissions) {
        return new Caller.User(UUID.randomUUID(), Permissions.of(permissions), "127.0.0.1", until);
    }

    private static long lastNumber(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Gap gap) {
            return gap.to();
        }
        return event instanceof ConsoleEvent.Output output ? output.number().orElse(0) : 0;
    }

    private static void await(CountDownLatch gate) {
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate stayed closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
