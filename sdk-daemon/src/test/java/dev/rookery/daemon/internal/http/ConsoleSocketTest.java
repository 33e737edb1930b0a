package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves the console socket against §4 of the node API specification. */
class ConsoleSocketTest {

    private static final String AUTH_SUCCESS = "{\"event\":\"auth success\"}";
    private static final String STATUS_RUNNING = "{\"event\":\"status\",\"args\":[\"running\"]}";
    private static final String ERROR_EVENT = "Error Event \\[[0-9a-f-]{36}]: ";

    @TempDir
    Path files;

    private EdgeFixture edge;
    private TestNode.TestServer server;

    @BeforeEach
    void start() {
        edge = new EdgeFixture(files, options -> options, limits -> limits.tokenCheck(Duration.ofMillis(50)));
        server = edge.node.add(ServerState.RUNNING);
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    private EdgeFixture.Client authenticated(Permission... permissions) {
        var all = new ArrayList<>(List.of(permissions));
        all.add(Permission.CONNECT);
        var client = edge.console(server.id);
        client.auth(edge.token(server.id, Duration.ofMinutes(10), all.toArray(Permission[]::new)));
        assertThat(client.next()).isEqualTo(AUTH_SUCCESS);
        return client;
    }

    // §4.4 point 3
    @Test
    void tellsTheStateAfterTheFirstAuthenticationOnly() {
        try (var client = authenticated()) {
            assertThat(client.next()).isEqualTo(STATUS_RUNNING);
            client.auth(edge.token(server.id, Duration.ofMinutes(10), Permission.CONNECT));
            assertThat(client.next()).isEqualTo(AUTH_SUCCESS);
            await().until(() -> !server.consoles.isEmpty());
            server.emit(new ConsoleEvent.DaemonMessage("next"));
            assertThat(client.next()).contains("daemon message");
        }
    }

    // §4.4 point 3, §4.6
    @Test
    void sendsFiguresOfAnOfflineServer() {
        server.state = ServerState.OFFLINE;
        try (var client = authenticated()) {
            assertThat(client.next()).isEqualTo("{\"event\":\"status\",\"args\":[\"offline\"]}");
            assertThat(client.next()).startsWith("{\"event\":\"stats\",\"args\":[\"{\\\"memory_bytes\\\":0");
        }
    }

    // §4.4 points 1 and 5
    @Test
    void refusesTokensWithTheTextsFrontEndsKnow() {
        try (var client = edge.console(server.id)) {
            client.send("{\"event\":\"send stats\"}");
            assertThat(client.next()).isEqualTo("{\"event\":\"jwt error\",\"args\":[\"jwt: no jwt present\"]}");
            client.auth("not.a.token");
            assertThat(client.next())
                    .matches("\\{\"event\":\"daemon error\",\"args\":\\[\"" + ERROR_EVENT
                            + "an unexpected error was encountered while handling this request\"]}");
            client.auth(edge.token(server.id, Duration.ofMinutes(10), Permission.CONSOLE));
            assertThat(client.next())
                    .matches("\\{\"event\":\"jwt error\",\"args\":\\[\"" + ERROR_EVENT
                            + "jwt: missing connect permission\"]}");
        }
        try (var client = edge.console(server.id)) {
            var token = edge.token(server.id, Duration.ofMinutes(1), Permission.CONNECT);
            edge.clock.advance(Duration.ofMinutes(2));
            client.auth(token);
            assertThat(client.next()).contains("jwt error").contains("jwt: exp claim is invalid");
            client.auth(edge.token(ServerId.random(), Duration.ofMinutes(1), Permission.CONNECT));
            assertThat(client.next()).contains("jwt error").contains("jwt: server uuid mismatch");
        }
    }

    // §4.5
    @Test
    void warnsOfTheEndOfATokenAndHoldsEventsBackAfterIt() {
        try (var client = authenticated()) {
            assertThat(client.next()).isEqualTo(STATUS_RUNNING);
            edge.clock.advance(Duration.ofSeconds(545));
            assertThat(client.next()).isEqualTo("{\"event\":\"token expiring\"}");
            edge.clock.advance(Duration.ofSeconds(60));
            awaitFrame(client, "{\"event\":\"token expired\"}");
            awaitFrame(client, "{\"event\":\"jwt error\",\"args\":[\"jwt: exp claim is invalid\"]}");
            server.emit(new ConsoleEvent.Output("hidden", OptionalLong.of(1)));
            client.auth(edge.token(server.id, Duration.ofMinutes(10), Permission.CONNECT));
            awaitFrame(client, AUTH_SUCCESS);
            server.emit(new ConsoleEvent.Output("shown", OptionalLong.of(2)));
            assertThat(awaitFrame(client, "{\"event\":\"console output\",\"args\":[\"shown\"]}"))
                    .noneMatch(frame -> frame.contains("hidden"));
        }
    }

    @Test
    void announcesToNumberedClientsWhatWasHeldBack() {
        try (var client = edge.console(server.id)) {
            client.send("{\"event\":\"rookery resume\",\"args\":[\"7\"]}");
            client.auth(edge.token(server.id, Duration.ofMinutes(10), Permission.CONNECT));
            awaitFrame(client, STATUS_RUNNING);
            await().until(() -> !server.consoles.isEmpty());
            edge.clock.advance(Duration.ofMinutes(11));
            for (int i = 8; i < 11; i++) {
                server.emit(new ConsoleEvent.Output("line " + i, OptionalLong.of(i)));
            }
            client.auth(edge.token(server.id, Duration.ofMinutes(10), Permission.CONNECT));
            awaitFrame(client, AUTH_SUCCESS);
            assertThat(client.next()).isEqualTo("{\"event\":\"rookery gap\",\"args\":[\"8\",\"10\"]}");
        }
    }

    private static List<String> awaitFrame(EdgeFixture.Client client, String wanted) {
        var before = new ArrayList<String>();
        while (true) {
            var frame = client.next();
            if (frame.equals(wanted)) {
                return before;
            }
            before.add(frame);
        }
    }

    // §4.3, §3.4
    @Test
    void actsInTheNameOfTheUserAndIgnoresWhatIsNotAllowed() {
        try (var client = authenticated(Permission.CONSOLE, Permission.START)) {
            awaitFrame(client, STATUS_RUNNING);
            client.send("{\"event\":\"set state\",\"args\":[\"kill\"]}");
            client.send("{\"event\":\"send command\",\"args\":[\"say \",null,\"hi\"]}");
            client.send("{\"event\":\"set state\",\"args\":[\"start\"]}");
            await().untilAsserted(() ->
                    assertThat(edge.node.calls).containsExactlyInAnyOrder("commands [say hi]", "power start"));
            client.send("{\"event\":\"set state\",\"args\":[\"explode\"]}");
            assertThat(client.next()).contains("daemon error", "power action: 'explode'");
        }
    }

    // §4.3
    @Test
    void answersAFailedPowerActionWithAnErrorEvent() {
        try (var user = authenticated(Permission.START);
                var admin = authenticated(Permission.START, Permission.ADMIN_ERRORS)) {
            awaitFrame(user, STATUS_RUNNING);
            awaitFrame(admin, STATUS_RUNNING);
            edge.node.failure[0] = new UnavailableException("engine socket is gone");
            user.send("{\"event\":\"set state\",\"args\":[\"start\"]}");
            assertThat(user.next())
                    .contains("an unexpected error was encountered")
                    .doesNotContain("socket");
            edge.node.failure[0] = new UnavailableException("engine socket is gone");
            admin.send("{\"event\":\"set state\",\"args\":[\"start\"]}");
            assertThat(admin.next()).contains("engine socket is gone");
        }
    }

    // §4.3: commands to an offline server are ignored; a client that knows our extension is told
    @Test
    void tellsOnlyOurClientsOfRefusedCommands() {
        server.state = ServerState.OFFLINE;
        try (var foreign = authenticated(Permission.CONSOLE);
                var ours = edge.console(server.id)) {
            foreign.next();
            foreign.next();
            foreign.send("{\"event\":\"send command\",\"args\":[\"say hi\"]}");
            foreign.send("{\"event\":\"send stats\"}");
            assertThat(foreign.next()).contains("\"stats\"");

            ours.send("{\"event\":\"rookery resume\"}");
            ours.auth(edge.token(server.id, Duration.ofMinutes(10), Permission.CONNECT, Permission.CONSOLE));
            ours.next();
            ours.next();
            ours.next();
            ours.send("{\"event\":\"send command\",\"args\":[\"say hi\"]}");
            assertThat(ours.next()).contains("daemon error", "does not run");
        }
    }

    // §4.6
    @Test
    void showsInstallOutputToThoseWhoMaySeeIt() {
        try (var user = authenticated();
                var admin = authenticated(Permission.ADMIN_INSTALL)) {
            awaitFrame(user, STATUS_RUNNING);
            awaitFrame(admin, STATUS_RUNNING);
            await().until(() -> server.consoles.size() == 2);
            server.emit(new ConsoleEvent.InstallStarted());
            server.emit(new ConsoleEvent.InstallOutput("unpacking"));
            server.emit(ConsoleEvent.InstallCompleted.UNTOLD);

            assertThat(user.next()).isEqualTo("{\"event\":\"install started\",\"args\":[\"\"]}");
            assertThat(user.next()).isEqualTo("{\"event\":\"install completed\",\"args\":[\"\"]}");
            assertThat(admin.next()).contains("install started");
            assertThat(admin.next()).isEqualTo("{\"event\":\"install output\",\"args\":[\"unpacking\"]}");
        }
    }

    // §4.3, §4.6
    @Test
    void sendsLogsAndFiguresOnRequest() {
        server.lines = List.of("one", "two");
        try (var client = authenticated()) {
            awaitFrame(client, STATUS_RUNNING);
            await().until(() -> !server.consoles.isEmpty());
            client.send("{\"event\":\"send logs\",\"args\":[null]}");
            assertThat(client.next()).isEqualTo("{\"event\":\"console output\",\"args\":[\"one\"]}");
            assertThat(client.next()).isEqualTo("{\"event\":\"console output\",\"args\":[\"two\"]}");
            server.emit(new ConsoleEvent.Stats(ResourceUsage.builder()
                    .uptimeMillis(5)
                    .state(ServerState.RUNNING)
                    .build()));
            assertThat(client.next()).contains("\\\"uptime\\\":5,\\\"state\\\":\\\"running\\\"");
        }
    }

    @Test
    void numbersLinesOnlyForClientsThatAskedForIt() {
        try (var foreign = authenticated();
                var ours = edge.console(server.id)) {
            awaitFrame(foreign, STATUS_RUNNING);
            ours.send("{\"event\":\"rookery resume\",\"args\":[\"41\"]}");
            ours.auth(edge.token(server.id, Duration.ofMinutes(10), Permission.CONNECT));
            awaitFrame(ours, STATUS_RUNNING);
            await().until(() -> server.consoles.size() == 2);
            assertThat(server.consoles.get(1).options.after()).hasValue(41);
            server.emit(new ConsoleEvent.Output("hi", OptionalLong.of(42)));
            server.emit(new ConsoleEvent.Gap(43, 50));
            server.emit(new ConsoleEvent.Output("\u001b[33mdaemon\u001b[0m", OptionalLong.empty()));

            assertThat(ours.next()).isEqualTo("{\"event\":\"console output\",\"args\":[\"hi\",\"42\"]}");
            assertThat(ours.next()).isEqualTo("{\"event\":\"rookery gap\",\"args\":[\"43\",\"50\"]}");
            assertThat(ours.next())
                    .isEqualTo("{\"event\":\"console output\",\"args\":[\"\\u001B[33mdaemon\\u001B[0m\"]}");
            assertThat(foreign.next()).isEqualTo("{\"event\":\"console output\",\"args\":[\"hi\"]}");
            assertThat(foreign.next()).contains("daemon").doesNotContain("gap");
        }
    }

    // §4.2
    @Test
    void throttlesAClientThatSaysTooMuch() {
        try (var client = authenticated()) {
            awaitFrame(client, STATUS_RUNNING);
            for (int i = 0; i < 6; i++) {
                client.send("{\"event\":\"send stats\"}");
            }
            awaitFrame(client, "{\"event\":\"throttled\",\"args\":[\"send stats\"]}");
            for (int i = 0; i < 12; i++) {
                client.send("{\"event\":\"send command\",\"args\":[\"x\"]}");
            }
            awaitFrame(client, "{\"event\":\"throttled\",\"args\":[\"global\"]}");
        }
    }

    // §4.2
    @Test
    void dropsNonsenseAndClosesOnTooMuch() {
        try (var client = authenticated()) {
            awaitFrame(client, STATUS_RUNNING);
            client.send("{");
            client.send("[]");
            client.socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
            client.send("{\"event\":\"send stats\"}");
            assertThat(client.next()).contains("\"stats\"");
            client.send("{\"event\":\"send command\",\"args\":[\"" + "x".repeat(5000) + "\"]}");
            assertThat(client.closure()).startsWith("1009");
        }
        await().until(() -> server.consoles.isEmpty());
    }

    // §4.1
    @Test
    void asksForAnAllowedOrigin() throws IOException {
        for (var origin : List.of("Origin: https://evil.example\r\n", "")) {
            var answer = edge.raw(
                    "GET /api/servers/" + server.id + "/ws HTTP/1.1\r\nHost: n\r\nConnection: Upgrade, close\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + origin + "\r\n");

            assertThat(answer).startsWith("HTTP/1.1 403 Forbidden");
            assertThat(answer).contains("\r\n\r\nForbidden\n{\"error\":\"An unexpected error was encountered");
        }
        try (var open = new EdgeFixture(files, o -> o.allowedOrigins(List.of("*")), limits -> limits)) {
            open.node.servers.put(server.id, server);
            open.console(server.id, "https://anywhere.example").close();
        }
    }

    // §4.1
    @Test
    void answersTheUpgradeWithItsHeaders() throws IOException {
        try (var socket = edge.socket()) {
            socket.getOutputStream()
                    .write(("GET /api/servers/" + server.id + "/ws HTTP/1.1\r\nHost: n\r\nConnection: Upgrade\r\n"
                                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " + EdgeFixture.PANEL
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            assertThat(head.toString())
                    .startsWith("HTTP/1.1 101")
                    .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .containsPattern("X-Rookery-Capabilities: .*numbered-console")
                    .contains("Content-Security-Policy: default-src 'self'")
                    .contains("X-Frame-Options: DENY")
                    .containsIgnoringCase("access-control-allow-origin: " + EdgeFixture.PANEL)
                    .doesNotContain("permessage-deflate");
        }
    }

    // §4.1
    @Test
    void opensThirtySocketsOfAServerAndGivesPlacesBack() {
        var token = edge.token(server.id, Duration.ofMinutes(10), Permission.CONNECT);
        var clients = IntStream.range(0, 30)
                .mapToObj(i -> {
                    var client = edge.console(server.id);
                    client.auth(token);
                    assertThat(client.next()).contains("auth success");
                    return client;
                })
                .toList();
        var refused =
                edge.raw("GET /api/servers/" + server.id + "/ws HTTP/1.1\r\nHost: n\r\nConnection: Upgrade, close\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Origin: " + EdgeFixture.PANEL + "\r\n\r\n");

        assertThat(refused).startsWith("HTTP/1.1 400").endsWith("{\"error\":\"Too many open websocket connections.\"}");
        clients.forEach(EdgeFixture.Client::close);
        await().untilAsserted(() -> edge.console(server.id).close());
    }

    @Test
    void keepsNobodyOutForSocketsThatShowNoToken() {
        try (var strict = new EdgeFixture(
                files,
                options -> options,
                limits -> limits.waitingSocketsPerServer(3).socketsPerServer(3))) {
            strict.node.servers.put(server.id, server);
            var silent = IntStream.range(0, 4)
                    .mapToObj(i -> strict.console(server.id))
                    .toList();

            assertThat(silent.get(0).closure())
                    .as("the one that has waited longest")
                    .isNotEmpty();
            try (var client = strict.console(server.id)) {
                client.auth(strict.token(server.id, Duration.ofMinutes(10), Permission.CONNECT));
                assertThat(client.next()).contains("auth success");
            }
        }
    }

    // §4.1, §4.7
    @Test
    void closesWith4409WhileTheServerIsSuspended() {
        server.suspended = true;
        try (var client = edge.console(server.id)) {
            assertThat(client.closure()).isEqualTo("4409 server is suspended");
        }
        server.suspended = false;
        try (var client = authenticated()) {
            awaitFrame(client, STATUS_RUNNING);
            server.suspended = true;
            client.send("{\"event\":\"send stats\"}");
            client.closure();
        }
    }

    // §4.7
    @Test
    void closesWhenTheNodeEndsTheConsole() {
        try (var client = authenticated()) {
            awaitFrame(client, STATUS_RUNNING);
            await().until(() -> !server.consoles.isEmpty());
            server.emit(new ConsoleEvent.Deleted());
            server.consoles.get(0).listener.onClosed("server deleted");
            assertThat(client.next()).isEqualTo("{\"event\":\"deleted\",\"args\":[\"null\"]}");
            assertThat(client.closure()).isEqualTo("1001 server deleted");
        }
    }

    @Test
    void tellsConsolesToComeBackWhenTheNodeCloses() {
        try (var client = authenticated()) {
            awaitFrame(client, STATUS_RUNNING);
            edge.close();
            assertThat(client.closure()).isEqualTo("1001 node is shutting down");
        }
        await().until(() -> server.consoles.isEmpty());
    }

    @Test
    void closesASocketThatNeverAuthenticates() {
        try (var strict = new EdgeFixture(
                files, options -> options, limits -> limits.authenticationTimeout(Duration.ofMillis(100)))) {
            strict.node.servers.put(server.id, server);
            try (var client = strict.console(server.id)) {
                assertThat(client.closure()).isEqualTo("1008 not authenticated in time");
            }
        }
    }

    // A client that does not read makes the node's thread for this console wait, and nothing else.
    @Test
    void waitsForASlowClientWithoutHoldingLines() throws Exception {
        var frozen = new FrozenClient();
        var socket = edge.client
                .newWebSocketBuilder()
                .header("Origin", EdgeFixture.PANEL)
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + edge.edge.port() + "/api/servers/" + server.id + "/ws"), frozen)
                .join();
        socket.sendText(
                        "{\"event\":\"auth\",\"args\":[\""
                                + edge.token(server.id, Duration.ofMinutes(10), Permission.CONNECT) + "\"]}",
                        true)
                .join();
        await().until(() -> !server.consoles.isEmpty());
        var listener = server.consoles.get(0).listener;
        var line = new ConsoleEvent.Output("x".repeat(60_000), OptionalLong.of(1));
        var writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 2000; i++) {
                listener.onEvent(line);
            }
        });

        Thread.sleep(1500);
        assertThat(writer).as("120 MB must not fit anywhere on the way").isNotDone();
        assertThat(edge.get("/api/system").statusCode()).isEqualTo(200);
        socket.abort();
        writer.get(10, TimeUnit.SECONDS);
        await().until(() -> server.consoles.isEmpty());
    }

    private static final class FrozenClient implements WebSocket.Listener {
        @Override
        public void onOpen(WebSocket socket) {
            // Asks for nothing, so that nothing is read.
        }
    }
}
