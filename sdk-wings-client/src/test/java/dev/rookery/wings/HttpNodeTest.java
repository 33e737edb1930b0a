package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleSearch;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpNodeTest {

    private static final NodeCredentials CREDENTIALS =
            new NodeCredentials("AbCdEfGh12345678", "s3cr3t-0123456789-0123456789-0123456789-0123456789-0123456789-01");
    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final ServerId ID = ServerId.parse("7c0d1234-0000-4000-8000-000000000001");
    private static final String SERVER = """
            {"state":"running","is_suspended":false,
             "utilization":{"memory_bytes":734003200,"cpu_absolute":42.125,"network":{"rx_bytes":1000,"tx_bytes":2000},
               "uptime":360000,"state":"running","disk_bytes":52428800},
             "configuration":{"uuid":"7c0d1234-0000-4000-8000-000000000001","meta":{"name":"Lobby","description":""},
               "build":{"memory_limit":1024,"swap":0,"io_weight":500,"cpu_limit":200,"disk_space":10240,"oom_disabled":true},
               "container":{"image":"ghcr.io/example/java:21"}}}
            """;

    private Peer peer;
    private Node node;
    private NodeServer server;

    @BeforeEach
    void start() throws IOException {
        peer = new Peer();
        node = HttpNode.builder(peer.url(), CREDENTIALS)
                .client(CLIENT)
                .dialect(Dialect.PELICAN)
                .deadlines(NodeDeadlines.builder().retryBudget(Duration.ZERO).build())
                .build();
        server = node.server(ID);
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void showsARequestIdOnOneShortLine() {
        peer.answers(500, "{\"error\":\"x\",\"request_id\":\"a\\nb" + "x".repeat(5_000) + "\"}");

        var failure = catchThrowableOfType(RookeryException.class, server::details);

        assertThat(failure.answer().orElseThrow().requestId().orElseThrow())
                .startsWith("a b")
                .hasSizeLessThan(600);
    }

    @Test
    void readsWhatTheMachineIs() throws InterruptedException {
        peer.answers(
                200,
                "{\"architecture\":\"amd64\",\"cpu_count\":8,\"kernel_version\":\"6.8.0\",\"os\":\"linux\",\"version\":\"1.2.3\"}");

        assertThat(node.system().cpuCount()).isEqualTo(8);

        var request = peer.request();
        assertThat(request.getRequestLine()).isEqualTo("GET /api/system HTTP/1.1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + CREDENTIALS.token());
    }

    @Test
    void asksForStoredConsoleLinesOnlyWhereTheyAreAnnounced() {
        peer.answers(200, "{}");
        var query = ConsoleHistoryQuery.builder()
                .after(5)
                .limit(20)
                .search(ConsoleSearch.regex("a+ b"))
                .build();
        assertThat(node.capabilities()).doesNotContain(Capability.CONSOLE_HISTORY);
        assertThatThrownBy(() -> node.server(ID).consoleHistory(query)).isInstanceOf(NotOfferedException.class);
        peer.server.enqueue(Peer.answer(200, "{}")
                .setHeader(Capability.HEADER, "numbered-console, console-history")
                .build());
        assertThat(node.capabilities()).contains(Capability.CONSOLE_HISTORY);
        peer.answers(200, """
                {"lines":[{"number":6,"time":"2026-01-02T03:04:05.678Z","text":"a b","colour":1}],"next":6}""");

        var page = node.server(ID).consoleHistory(query);

        assertThat(page.lines())
                .containsExactly(new ConsoleHistoryPage.Line(6, Instant.parse("2026-01-02T03:04:05.678Z"), "a b"));
        assertThat(page.next()).hasValue(6);
        assertThat(page.oldest()).isEmpty();
    }

    @Test
    void readsCapabilitiesFromTheHeader() {
        peer.server.enqueue(Peer.answer(200, "{}")
                .setHeader(Capability.HEADER, "numbered-console, other")
                .build());
        peer.server.enqueue(Peer.answer(200, "{}")
                .setHeader(Capability.HEADER, "numbered-console, commands")
                .build());
        peer.answers(200, "{}");

        assertThat(node.capabilities())
                .as("named beyond the dialect's own")
                .contains(Capability.NUMBERED_CONSOLE, new Capability("other"), Capability.BACKUPS);
        assertThat(node.capabilities())
                .as("the whole list")
                .containsExactlyInAnyOrder(Capability.NUMBERED_CONSOLE, Capability.COMMANDS);
        assertThat(node.capabilities())
                .as("of a foreign node")
                .isEqualTo(NodeDialect.of(Dialect.PELICAN).capabilities());
    }

    @Test
    void listsServersAndLeavesOutTheUnreadable() {
        peer.answers(200, "[" + SERVER + ",{\"state\":\"running\",\"configuration\":{\"uuid\":\"nonsense\"}}]");

        var servers = node.servers();

        assertThat(servers).hasSize(1);
        assertThat(servers.get(0).utilization().memoryBytes()).isEqualTo(734003200);
        assertThat(servers.get(0).configuration().build().oomKiller()).isFalse();
    }

    @Test
    void readsAServer() throws InterruptedException {
        peer.answers(200, SERVER);

        assertThat(server.details().state()).isEqualTo(ServerState.RUNNING);
        assertThat(peer.request().getTarget()).isEqualTo("/api/servers/" + ID);
    }

    @Test
    void keepsThePathOfTheBaseUrl() throws InterruptedException {
        peer.answers(200, SERVER);
        peer.answers(200, SERVER);

        for (var path : List.of("/behind/proxy", "/behind/proxy/")) {
            HttpNode.builder(peer.url().resolve(path), CREDENTIALS)
                    .client(CLIENT)
                    .build()
                    .server(ID)
                    .details();
            assertThat(peer.request().getTarget()).isEqualTo("/behind/proxy/api/servers/" + ID);
        }
    }

    @Test
    void createsAServerThatIsNew() throws InterruptedException {
        peer.answers(404, "{\"error\":\"The requested resource does not exist on this instance.\"}");
        peer.answers(202, "");

        node.createServer(new CreateServer(ID, true));

        peer.request();
        var request = peer.request();
        assertThat(request.getRequestLine()).startsWith("POST /api/servers ");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(Peer.body(request)).isEqualTo("{\"uuid\":\"" + ID + "\",\"start_on_completion\":true}");
    }

    @Test
    void createsNoServerTwiceOnADaemonThatWouldTakeIt() {
        peer.answers(200, SERVER);

        assertThatThrownBy(() -> node.createServer(new CreateServer(ID, true)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(ID.toString());
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void asksForPower() throws InterruptedException {
        peer.answers(202, "");

        server.power(PowerAction.KILL);

        var request = peer.request();
        assertThat(request.getTarget()).isEqualTo("/api/servers/" + ID + "/power");
        assertThat(Peer.body(request)).isEqualTo("{\"action\":\"kill\",\"wait_seconds\":30}");
    }

    @Test
    void callsTheRefusalOfASuspendedServerAConflict() {
        peer.answers(400, "{\"error\":\"Cannot start or restart a server that is suspended.\"}");

        assertThatThrownBy(() -> server.power(PowerAction.START))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("suspended");
    }

    @Test
    void sendsCommandsInOrder() throws InterruptedException {
        peer.answers(204, "");

        server.sendCommands(List.of("say hi", "stop"));

        assertThat(Peer.body(peer.request())).isEqualTo("{\"commands\":[\"say hi\",\"stop\"]}");
    }

    @Test
    void callsACommandToAStoppedServerAConflict() {
        peer.answers(502, "{\"error\":\"Cannot send commands to a stopped server instance.\"}");

        assertThatThrownBy(() -> server.sendCommands(List.of("x")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("stopped server instance");
    }

    @Test
    void refusesACommandOfTwoLines() {
        assertThatThrownBy(() -> server.sendCommands(List.of("a\nb"))).isInstanceOf(InvalidInputException.class);
        assertThat(peer.server.getRequestCount()).isZero();
    }

    @Test
    void takesEvery2xxForSuccess() throws InterruptedException {
        peer.answers(200, "{}");
        peer.answers(202, "");
        peer.answers(204, "");

        server.sync();
        server.reinstall();
        server.delete();

        assertThat(peer.request().getRequestLine()).startsWith("POST /api/servers/" + ID + "/sync ");
        assertThat(peer.request().getRequestLine()).startsWith("POST /api/servers/" + ID + "/reinstall ");
        assertThat(peer.request().getRequestLine()).startsWith("DELETE /api/servers/" + ID + " ");
    }

    @Test
    void readsLogsAlsoWhenThereAreNone() throws InterruptedException {
        peer.answers(200, "{\"data\":[\"line 1\",\"line 2\"]}");
        peer.answers(200, "{\"data\":null}");

        assertThat(server.logs(50)).containsExactly("line 1", "line 2");
        assertThat(server.logs(50)).isEmpty();
        assertThat(peer.request().getTarget()).isEqualTo("/api/servers/" + ID + "/logs?size=50");
        assertThatThrownBy(() -> server.logs(101)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void readsTheInstallLogAndMindsNoMissingOne() {
        peer.answers(200, "{\"data\":\"text\\n\"}");
        peer.answers(500, "{\"error\":\"failed to read the log for the installation process.\"}");

        assertThat(server.installLog()).isEqualTo("text\n");
        assertThat(server.installLog()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, dev.rookery.api.InvalidInputException",
        "401, dev.rookery.api.DeniedException",
        "403, dev.rookery.api.DeniedException",
        "404, dev.rookery.api.NotFoundException",
        "409, dev.rookery.api.ConflictException",
        "417, dev.rookery.api.InvalidInputException",
        "418, dev.rookery.api.ProtocolException",
        "422, dev.rookery.api.InvalidInputException",
        "429, dev.rookery.api.UnavailableException",
        "500, dev.rookery.api.UnavailableException",
        "502, dev.rookery.api.UnavailableException",
        "503, dev.rookery.api.UnavailableException",
        "504, dev.rookery.api.DeadlineException",
    })
    void mapsEveryStatus(int status, Class<? extends RookeryException> type) {
        peer.answers(status, "{\"error\":\"because of this\",\"request_id\":\"req-2\"}");

        var failure = catchThrowableOfType(RookeryException.class, server::details);

        assertThat(failure).isInstanceOf(type).hasMessageContaining("because of this");
        var answer = failure.answer().orElseThrow();
        assertThat(answer.endpoint()).isEqualTo("GET /api/servers/{uuid}");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.requestId()).contains("req-2");
    }

    @Test
    void believesTheKindThatANodeOfOursNames() {
        peer.server.enqueue(Peer.answer(400, "{\"error\":\"busy\"}")
                .setHeader("X-Rookery-Error", "conflict")
                .build());

        assertThatThrownBy(server::details).isInstanceOf(ConflictException.class);
    }

    @Test
    void fallsBackToTheTextOfAnErrorThatIsNotJson() {
        peer.answers(409, "plain text");
        peer.answers(500, "");

        assertThatThrownBy(server::details)
                .isInstanceOf(ConflictException.class)
                .hasMessageEndingWith("answered 409: plain text");
        var empty = catchThrowableOfType(RookeryException.class, server::details);
        assertThat(empty).hasMessageEndingWith("answered 500");
        assertThat(empty.answer().orElseThrow().requestId()).contains("req-1");
    }

    @Test
    void tellsAnUnknownRouteFromAnUnknownServer() {
        peer.answers(404, "404 page not found");
        peer.answers(404, "{\"error\":\"The requested resource does not exist on this instance.\"}");

        assertThatThrownBy(server::installLog)
                .isInstanceOfSatisfying(
                        NotOfferedException.class,
                        e -> assertThat(e.capability()).isEqualTo(Capability.INSTALL_LOG))
                .hasMessageContaining("does not offer");
        assertThatThrownBy(server::installLog).isInstanceOf(NotFoundException.class);
    }

    @Test
    void refusesASuccessThatIsNotWhatTheProtocolSays() {
        peer.answers(200, "<html>a proxy's page</html>");

        assertThatThrownBy(server::details)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("GET /api/servers/{uuid}");
    }

    @Test
    void followsNoRedirect() throws InterruptedException {
        peer.server.enqueue(Peer.answer(307, "")
                .setHeader("Location", "https://elsewhere.example/")
                .build());

        assertThatThrownBy(server::details)
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("https://elsewhere.example/");
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void showsNoTokenAndNoControlCharacters() {
        peer.answers(403, "{\"error\":\"wrong \\u001b[31m token " + CREDENTIALS.token() + "\\nnext\"}");

        assertThatThrownBy(server::details)
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("[redacted]")
                .hasMessageNotContaining(CREDENTIALS.token())
                .hasMessageNotContaining("\u001b")
                .hasMessageNotContaining("\n");
    }

    @Test
    void showsNoHalfOfATokenEither() {
        peer.answers(403, "{\"error\":\"" + "x".repeat(480) + CREDENTIALS.token() + "\"}");
        peer.answers(403, "{\"error\":\"refused eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln here\"}");

        assertThatThrownBy(server::details)
                .hasMessageNotContaining(CREDENTIALS.token().substring(0, 8));
        assertThatThrownBy(server::details).hasMessageEndingWith("refused [redacted] here");
    }

    @Test
    void carriesTheCorrelationId() throws InterruptedException {
        peer.answers(204, "");

        node.with(CallOptions.defaults().correlationId("click-7")).server(ID).sync();

        assertThat(peer.request().getHeaders().get("X-Correlation-Id")).isEqualTo("click-7");
    }

    @Test
    void checksTheUsersPermissionsBeforeAnythingIsSent() throws InterruptedException {
        var user = user(Permissions.of(Permission.START), Instant.now().plusSeconds(60));
        var theirs = node.as(user).server(ID);
        peer.answers(202, "");

        theirs.power(PowerAction.START);

        assertThat(peer.request().getHeaders().get("Authorization")).isEqualTo("Bearer " + CREDENTIALS.token());
        assertThatThrownBy(() -> theirs.power(PowerAction.KILL)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> theirs.sendCommands(List.of("x"))).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> theirs.logs(1)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(theirs::reinstall).isInstanceOf(DeniedException.class);
        assertThatThrownBy(theirs::delete).isInstanceOf(DeniedException.class);
        assertThatThrownBy(theirs::sync).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> node.as(user).servers()).isInstanceOf(DeniedException.class);
        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void refusesAUserWhoseTimeIsOver() {
        var late = node.as(user(Permissions.owner(), Instant.now().minusSeconds(1)));

        assertThatThrownBy(() -> late.server(ID).power(PowerAction.START)).isInstanceOf(DeniedException.class);
    }

    @Test
    void refusesABaseUrlWithAPasswordWithoutShowingIt() {
        assertThatThrownBy(() -> HttpNode.builder(URI.create("https://user:hunter22@node.example"), CREDENTIALS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("hunter22");
        assertThatThrownBy(() -> HttpNode.builder(URI.create("ftp://node.example"), CREDENTIALS))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void saysThatNobodyIsThere() {
        peer.close();

        assertThatThrownBy(server::details)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(peer.url().getHost())
                .hasMessageContaining("GET /api/servers/{uuid}");
    }

    @Test
    void namesTheDeadlineThatPassed() {
        peer.server.enqueue(
                Peer.answer(200, SERVER).headersDelay(30, TimeUnit.SECONDS).build());

        assertThatThrownBy(() -> node.with(CallOptions.deadline(Duration.ofMillis(200)))
                        .server(ID)
                        .details())
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("200 ms");
    }

    private static Caller user(Permissions permissions, Instant until) {
        return new Caller.User(UUID.randomUUID(), permissions, "127.0.0.1", until);
    }
}
