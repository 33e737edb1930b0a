package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.ServerState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves status codes, headers and bodies against the node API specification; the sections are named at each test. */
class HttpEdgeTest {

    private static final String REQUEST_ID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final String GENERIC =
            "\\{\"error\":\"An unexpected error was encountered while processing this request\",\"request_id\":\""
                    + REQUEST_ID + "\"}";

    @TempDir
    Path files;

    private EdgeFixture edge;

    @BeforeEach
    void start() {
        edge = new EdgeFixture(files);
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    // §1.1
    @ParameterizedTest
    @ValueSource(strings = {"", "Basic abc", "bearer x", "Bearer"})
    void answers401WithoutABearerToken(String header) {
        var request = HttpRequest.newBuilder(edge.uri("/api/system")).GET();
        if (!header.isEmpty()) {
            request.header("Authorization", header);
        }

        var answer = edge.send(request);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"The required authorization heads were not present in the request.\"}");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(answer.headers().firstValue("X-Request-Id").orElse("")).matches(REQUEST_ID);
        assertThat(answer.headers().firstValue("User-Agent")).isPresent();
    }

    // §1.1
    @Test
    void answers403ToAWrongToken() {
        var wrong = EdgeFixture.CREDENTIALS.token().replace('0', '1');
        for (var header : List.of("Bearer " + wrong, "Bearer  " + EdgeFixture.CREDENTIALS.token())) {
            var answer = edge.raw("GET /api/system HTTP/1.1\r\nHost: n\r\nConnection: close\r\nAuthorization: " + header
                    + "\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 403 Forbidden");
            assertThat(answer).endsWith("{\"error\":\"You are not authorized to access this endpoint.\"}");
        }
    }

    // §1.2, §1.3
    @Test
    void carriesTheHeadersPanelsLookFor() {
        var answer = edge.get("/api/system");

        assertThat(answer.headers().firstValue("User-Agent")).hasValue("Pelican Wings/vdevelop (id:AbCdEfGh12345678)");
        assertThat(answer.headers().firstValue("X-Request-Id").orElse("")).matches(REQUEST_ID);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(EdgeFixture.PANEL);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .hasValue("true");
        assertThat(answer.headers().firstValue("Access-Control-Max-Age")).hasValue("7200");
        assertThat(answer.headers().firstValue("X-Rookery-Capabilities"))
                .hasValue("deauthorization, numbered-console, signed-urls, token-denial");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
    }

    // §1.3
    @Test
    void answersPreflightsOfAnyPathWithoutAToken() {
        for (var path : List.of("/api/system", "/nowhere", "/")) {
            var answer = edge.send(HttpRequest.newBuilder(edge.uri(path))
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .header("Origin", "https://evil.example"));

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(EdgeFixture.PANEL);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
                    .hasValue("GET, POST, PATCH, PUT, DELETE, OPTIONS");
            assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
        }
    }

    // §1.3
    @Test
    void echoesTheAllowedOrigin() {
        try (var open = new EdgeFixture(
                files, options -> options.allowedOrigins(List.of("https://other.example", "*")), limits -> limits)) {
            assertThat(origin(open, "https://other.example")).isEqualTo("https://other.example");
            assertThat(origin(open, "https://third.example")).isEqualTo("*");
            assertThat(origin(open, EdgeFixture.PANEL)).isEqualTo(EdgeFixture.PANEL);
        }
    }

    private static String origin(EdgeFixture edge, String origin) {
        return edge.send(edge.request("/api/system").header("Origin", origin))
                .headers()
                .firstValue("Access-Control-Allow-Origin")
                .orElse("");
    }

    // §1.5
    @Test
    void answers404InPlainTextToUnknownRoutesAndMethods() {
        for (var request : List.of(
                edge.request("/api/nowhere").GET(),
                edge.request("/api/system").DELETE(),
                edge.request("/").GET())) {
            var answer = edge.send(request);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("404 page not found");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
        }
        assertThat(edge.send(HttpRequest.newBuilder(edge.uri("/api/nowhere"))).statusCode())
                .isEqualTo(401);
    }

    // §1.5
    @Test
    void redirectsTheTrailingSlash() {
        var get = edge.send(HttpRequest.newBuilder(edge.uri("/api/system/?v=2")));
        var post = edge.post("/api/servers/", "{}");

        assertThat(get.statusCode()).isEqualTo(301);
        assertThat(get.headers().firstValue("Location")).hasValue("/api/system?v=2");
        assertThat(post.statusCode()).isEqualTo(307);
        assertThat(post.headers().firstValue("Location")).hasValue("/api/servers");
    }

    // §1.4
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c",
                "nothing",
                "4F2A6C1E-3F7B-4F0B-9A53-0D6F7F1A2B3C",
                "%0d%0a"
            })
    void answers404ForAnUnknownServer(String server) {
        for (var answer : List.of(
                edge.get("/api/servers/" + server),
                edge.post("/api/servers/" + server + "/power", "not json"),
                edge.delete("/api/servers/" + server))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body())
                    .isEqualTo("{\"error\":\"The requested resource does not exist on this instance.\"}");
        }
    }

    // §1.4
    @Test
    void comparesTheServerWithCase() {
        var server = edge.node.add(ServerState.OFFLINE).id.toString();

        assertThat(edge.get("/api/servers/" + server).statusCode()).isEqualTo(200);
        assertThat(edge.get("/api/servers/" + server.toUpperCase(Locale.ROOT)).statusCode())
                .isEqualTo(404);
    }

    // §2.1
    @Test
    void tellsOfTheSystem() {
        assertThat(edge.get("/api/system").body())
                .isEqualTo("{\"architecture\":\"amd64\",\"cpu_count\":8,\"kernel_version\":\"6.8.0\",\"os\":\"linux\","
                        + "\"version\":\"1.2.3\"}");
        assertThat(edge.get("/api/system?v=2").body())
                .contains("\"system\":{\"architecture\":\"amd64\",\"cpu_threads\":8,\"kernel_version\":\"6.8.0\"");
    }

    // §2.3
    @Test
    void listsServersAndTheirDetails() {
        var server = edge.node.add(ServerState.RUNNING);

        assertThat(edge.get("/api/servers").body()).startsWith("[{\"state\":\"running\",\"is_suspended\":false");
        var details = WireJson.read(edge.get("/api/servers/" + server.id).body(), ServerDetails.class);
        // What the panel leaves to the node, the daemons tell as what they do: restart after a crash.
        assertThat(details.configuration().crashDetectionEnabled()).contains(true);
        assertThat(details)
                .usingRecursiveComparison()
                .ignoringFields("configuration.crashDetectionEnabled")
                .isEqualTo(server.details());
    }

    // §2.3
    @Test
    void createsAServerOnceOnly() {
        var id = ServerId.random();
        var body = "{\"UUID\":\"" + id + "\",\"start_on_completion\":true,\"other\":[1]} trailing";

        var answer = edge.post("/api/servers", body);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
        assertThat(edge.node.calls).containsExactly("create " + id + " true");
        assertThat(edge.post("/api/servers", body).statusCode()).isEqualTo(409);
        edge.node.failure[0] = new NotFoundException("the panel does not know server " + id);
        var unknown = edge.post("/api/servers", body);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("X-Rookery-Error")).hasValue("not-found");
    }

    // §2.3
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"uuid\":\"x\"}", "{\"uuid\":\"c56a4180-65aa-11ec-90d6-0242ac120003\"}", "null"})
    void refusesACreateWithoutAVersion4Uuid(String body) {
        var answer = edge.post("/api/servers", body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"error\":\"The data provided in the request could not be validated.\"}");
    }

    // §1.5
    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{\"uuid\":5}", "{\"uuid\":\"x\",\"start_on_completion\":\"yes\"}"})
    void answers400ToABodyOfTheWrongShape(String body) {
        var answer = edge.post("/api/servers", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).matches(GENERIC);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    }

    // §1.5
    @Test
    void answers400ToAnEmptyBody() {
        var answer = edge.post("/api/servers", " \n");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":\"The data passed in the request was not in a parsable format. Please try again.\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    }

    @Test
    void refusesABodyBeyondTheLimit() {
        var large = "{\"x\":\"" + "a".repeat(1024 * 1024) + "\"}";

        assertThat(edge.post("/api/servers", large).statusCode()).isEqualTo(413);
        var chunked = edge.send(edge.request("/api/servers")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(edge.get("/api/system").statusCode()).isEqualTo(200);
    }

    // §2.3
    @ParameterizedTest
    @CsvSource({"start", "stop", "restart", "kill"})
    void takesPowerActions(String action) {
        var server = edge.node.add(ServerState.RUNNING);

        var answer = edge.post(
                "/api/servers/" + server.id + "/power", "{\"action\":\"" + action + "\",\"wait_seconds\":30}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(edge.node.calls).containsExactly("power " + action);
    }

    // §2.3
    @Test
    void refusesABadPowerActionAndTheStartOfASuspendedServer() {
        var server = edge.node.add(ServerState.OFFLINE);
        server.suspended = true;
        var path = "/api/servers/" + server.id + "/power";

        assertThat(edge.post(path, "{\"action\":\"explode\"}"))
                .returns(422, HttpResponse::statusCode)
                .returns(
                        "{\"error\":\"The power action provided was not valid, should be one of \\\"stop\\\","
                                + " \\\"start\\\", \\\"restart\\\", \\\"kill\\\"\"}",
                        HttpResponse::body);
        for (var action : List.of("start", "restart")) {
            assertThat(edge.post(path, "{\"action\":\"" + action + "\"}"))
                    .returns(400, HttpResponse::statusCode)
                    .returns("{\"error\":\"Cannot start or restart a server that is suspended.\"}", HttpResponse::body);
        }
        assertThat(edge.post(path, "{\"action\":\"kill\"}").statusCode()).isEqualTo(202);
    }

    // §2.3
    @Test
    void sendsCommandsToARunningServerOnly() {
        var server = edge.node.add(ServerState.RUNNING);
        var path = "/api/servers/" + server.id + "/commands";

        assertThat(edge.post(path, "{\"commands\":[\"say hi\",\"stop\"]}").statusCode())
                .isEqualTo(204);
        assertThat(edge.post(path, "").statusCode()).isEqualTo(400);
        assertThat(edge.post(path, "{\"commands\":[1]}").statusCode()).isEqualTo(400);
        server.state = ServerState.OFFLINE;

        // The state is looked at before the body.
        var answer = edge.post(path, "");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Cannot send commands to a stopped server instance.\"}");
        assertThat(edge.node.calls).containsExactly("commands [say hi, stop]");
    }

    // §2.3
    @Test
    void syncsReinstallsAndDeletesWithoutLookingAtTheBody() {
        var server = edge.node.add(ServerState.OFFLINE);
        var path = "/api/servers/" + server.id;

        assertThat(edge.post(path + "/sync", "[]").statusCode()).isEqualTo(204);
        assertThat(edge.post(path + "/reinstall", "").statusCode()).isEqualTo(202);
        edge.node.failure[0] = new ConflictException("busy");
        assertThat(edge.post(path + "/reinstall", ""))
                .returns(409, HttpResponse::statusCode)
                .returns(
                        "{\"error\":\"Cannot execute server reinstall event while another power action is running.\"}",
                        HttpResponse::body);
        assertThat(edge.delete(path).statusCode()).isEqualTo(204);
        assertThat(edge.delete(path).statusCode()).isEqualTo(404);
    }

    // §2.3
    @Test
    void tellsTheLastLines() {
        var server = edge.node.add(ServerState.RUNNING);
        var path = "/api/servers/" + server.id + "/logs";

        assertThat(edge.get(path).body()).isEqualTo("{\"data\":null}");
        server.lines = IntStream.rangeClosed(1, 150).mapToObj(i -> "l" + i).toList();
        assertThat(edge.get(path + "?size=2").body()).isEqualTo("{\"data\":[\"l149\",\"l150\"]}");
        for (var size : List.of("", "0", "-3", "x", "101", "100")) {
            assertThat(edge.get(path + "?size=" + size).body()).startsWith("{\"data\":[\"l51\",");
        }
        server.installLog = "done";
        assertThat(edge.get("/api/servers/" + server.id + "/install-logs").body())
                .isEqualTo("{\"data\":\"done\"}");
    }

    // §1.5
    @Test
    void answers500ToWhatNobodyForesaw() {
        edge.node.failure[0] = new IllegalStateException("secret detail");
        var unforeseen = edge.get("/api/system");
        edge.node.failure[0] = new UnavailableException("the container engine does not answer");
        var unavailable = edge.get("/api/system");
        edge.node.failure[0] = new DeadlineException("the panel did not answer within 30 s");
        var late = edge.get("/api/system");

        assertThat(unforeseen.statusCode()).isEqualTo(500);
        assertThat(unforeseen.body()).matches(GENERIC);
        assertThat(unforeseen.body())
                .contains(unforeseen.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(unavailable.statusCode()).isEqualTo(500);
        assertThat(unavailable.body()).contains("the container engine does not answer", "request_id");
        assertThat(unavailable.headers().firstValue("X-Rookery-Error")).hasValue("unavailable");
        assertThat(late.headers().firstValue("X-Rookery-Error")).hasValue("deadline");
    }

    @Test
    void passesTheCorrelationIdOn() {
        edge.send(edge.request("/api/system").header("X-Correlation-Id", "click-42"));
        edge.send(edge.request("/api/system").header("X-Correlation-Id", "not valid!"));

        assertThat(edge.node.correlations.get(0)).isEqualTo("click-42");
        assertThat(edge.node.correlations.get(1)).matches(REQUEST_ID);
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        var one = "GET /api/system HTTP/1.1\r\nHost: n\r\nAuthorization: " + EdgeFixture.CREDENTIALS.panelToNode()
                + "\r\n\r\n";
        var body = "{\"uuid\":\"bad\"}";
        var two = "POST /api/servers HTTP/1.1\r\nHost: n\r\nContent-Length: " + body.length() + "\r\nAuthorization: "
                + EdgeFixture.CREDENTIALS.panelToNode() + "\r\n\r\n" + body;
        var last = "GET /api/nowhere HTTP/1.1\r\nHost: n\r\nConnection: close\r\n\r\n";

        var answers = edge.raw(one + two + one + last);

        assertThat(answers.lines()
                        .filter(line -> line.contains("HTTP/1.1 "))
                        .map(line -> line.replaceFirst("^.*(?=HTTP/1.1)", "")))
                .containsExactly(
                        "HTTP/1.1 200 OK",
                        "HTTP/1.1 422 Unprocessable Entity",
                        "HTTP/1.1 200 OK",
                        "HTTP/1.1 401 Unauthorized");
    }

    @Test
    void refusesWhatIsNoHttp() {
        assertThat(edge.raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(edge.raw("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414");
        assertThat(edge.raw("GET / HTTP/1.1\r\nX-Big: " + "a".repeat(17_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(edge.raw("GET /%zz HTTP/1.1\r\nHost: n\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void saysWhichAddressIsTaken() {
        var taken = HttpEdge.builder(
                        edge.node,
                        EdgeFixture.CREDENTIALS,
                        HttpEdgeOptions.builder()
                                .host("127.0.0.1")
                                .port(edge.edge.port())
                                .build())
                .build();

        assertThatThrownBy(taken::start)
                .isInstanceOf(BindException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + edge.edge.port());
        taken.close();
    }

    @Test
    void startsAndClosesTwice() throws IOException {
        edge.edge.start();
        edge.close();
        edge.close();
        assertThatThrownBy(edge.edge::port).isInstanceOf(IllegalStateException.class);

        edge.edge.start();
        assertThat(edge.get("/api/system").statusCode()).isEqualTo(200);
    }
}
