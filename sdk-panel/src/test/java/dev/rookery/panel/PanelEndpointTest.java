package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.ServerState;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire: methods, paths, headers and bodies as the Go daemons send and read them. */
class PanelEndpointTest {

    private static final String REPORT = "{\"successful\": true, \"reinstall\": false}";
    private static final String RUNNING = "{\"data\": {\"previous_state\": \"starting\", \"new_state\": \"running\"}}";

    private final PanelFixture fixture = new PanelFixture();
    private final Enrolment enrolment =
            new Enrolment(fixture.store.nodes(), URI.create("http://127.0.0.1:8100/"), fixture.clock);
    private final PanelEndpoint endpoint = new PanelEndpoint(fixture.service, enrolment);

    @Test
    void embedsIntoAWebFramework() {
        // tag::embed[]
        var request = new PanelRequest(
                "GET",
                "/api/remote/servers",
                Map.of("page", "0", "per_page", "50"),
                Map.of("Authorization", fixture.node.credentials().nodeToPanel()),
                InputStream.nullInputStream());

        if (PanelEndpoint.serves(request.path())) {
            PanelResponse response = endpoint.handle(request);
            // status, headers and body go to the framework as they are
            assertThat(response.status()).isEqualTo(200);
        }
        // end::embed[]
    }

    /** Panel remote API §0 rules 2, 3 and §3.1. */
    @Test
    void listsTheNodesServersInPages() {
        var servers = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            servers.add(fixture.installing("server " + i).id().toString());
        }
        var first = object(get("/api/remote/servers", Map.of("page", "0", "per_page", "2")));
        var meta = (Json.Obj) first.members().get("meta");

        assertThat(WireJson.writeText(meta))
                .isEqualTo("{\"current_page\":1,\"from\":1,\"last_page\":3,\"per_page\":2,\"to\":2,\"total\":5}");
        var uuids = new ArrayList<String>();
        for (var page : List.of("0", "2", "3")) {
            var data = (Json.Array) object(get("/api/remote/servers", Map.of("page", page, "per_page", "2")))
                    .members()
                    .get("data");
            data.items().forEach(item -> uuids.add(text(item, "uuid")));
        }
        assertThat(uuids).containsExactlyInAnyOrderElementsOf(servers);
    }

    @Test
    void anEmptyListHasOnePage() {
        assertThat(body(get("/api/remote/servers", Map.of("page", "0"))))
                .isEqualTo("{\"data\":[],\"meta\":{\"current_page\":1,\"last_page\":1,\"per_page\":50,\"total\":0}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "99999999999"})
    void refusesAPageThatIsNoNumber(String page) {
        assertThat(get("/api/remote/servers", Map.of("page", page)).status()).isEqualTo(400);
    }

    @Test
    void boundsThePageSize() {
        assertThat(body(get("/api/remote/servers", Map.of("per_page", "1000000"))))
                .contains("\"per_page\":200");
        assertThat(get("/api/remote/servers", Map.of("per_page", "0")).status()).isEqualTo(200);
    }

    @Test
    void givesConfigurationAndInstallScript() {
        var server = fixture.installing("lobby");

        var configuration = object(get("/api/remote/servers/" + server.id(), Map.of()));
        assertThat(configuration.members()).containsOnlyKeys("settings", "process_configuration");
        var script = object(get("/api/remote/servers/" + server.id() + "/install", Map.of()));
        assertThat(script.members()).containsOnlyKeys("container_image", "entrypoint", "script");
    }

    @Test
    void takesReports() {
        var server = fixture.installing("lobby");
        var base = "/api/remote/servers/" + server.id();

        assertThat(post(base + "/install", REPORT).status()).isEqualTo(204);
        assertThat(post(base + "/install", REPORT).status())
                .as("a lost answer makes the node report twice")
                .isEqualTo(204);
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.READY);
        assertThat(post(base + "/container/status", RUNNING).status()).isEqualTo(204);
        assertThat(fixture.get(server.id()).life().state()).isEqualTo(ServerState.RUNNING);
        assertThat(post("/api/remote/servers/reset", "null").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/install | {} | successful: absent",
                "/install | [] | InstallBody",
                "/install | {\"successful\": | not JSON",
                "/install | null | null",
                "/container/status | {} | data.new_state: absent",
                "/container/status | {\"data\":{}} | data.new_state: absent"
            })
    void refusesReportsThatSayNothing(String path, String body, String detail) {
        var server = fixture.installing("lobby");
        var response = post("/api/remote/servers/" + server.id() + path, body);

        assertThat(response.status()).isEqualTo(422);
        assertThat(body(response)).contains(detail);
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.INSTALLING);
    }

    @Test
    void refusesABodyBeyondTheLimit() {
        var server = fixture.installing("lobby");
        var long1 = " ".repeat(PanelEndpoint.MAX_BODY_BYTES - REPORT.length()) + REPORT;
        var path = "/api/remote/servers/" + server.id() + "/install";

        assertThat(post(path, long1).status()).as("at the limit").isEqualTo(204);
        assertThat(post(path, " " + long1).status()).as("beyond it").isEqualTo(413);
    }

    /** Panel remote API §1.2. */
    @Test
    void tellsNothingAboutNodesToStrangers() {
        var path = "/api/remote/servers";
        var good = fixture.node.credentials();
        var none = handle("GET", path, Map.of(), Map.of(), "");
        var unknown = authorized("Bearer nobody." + good.token());
        var wrong = authorized("Bearer " + good.tokenId() + ".wrong");

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(authorized("Basic abc").status()).isEqualTo(401);
        for (var malformed : List.of("Bearer abc", "Bearer .abc", "Bearer abc.", "Bearer a.b.c", "Bearer")) {
            assertThat(authorized(malformed).status()).as(malformed).isIn(400, 401);
        }
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(unknown.body()).as("the same answer").isEqualTo(wrong.body());
        assertThat(authorized("bearer " + good.tokenId() + "." + good.token()).status())
                .isEqualTo(200);
    }

    /** Panel remote API §1.3: the status is a text there. */
    @Test
    void errorsHaveTheEnvelopeOfTheProtocol() {
        var missing = ServerId.random();
        var response = get("/api/remote/servers/" + missing, Map.of());

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("Content-Type", "application/json");
        assertThat(body(response))
                .isEqualTo(
                        "{\"errors\":[{\"code\":\"NotFoundException\",\"status\":\"404\",\"detail\":\"this node has no server "
                                + missing + "\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/remote/servers/",
        "GET,/api/remote/",
        "POST,/api/remote/activities",
        "POST,/api/remote/servers/5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c/transfer/failure",
        "GET,/api/remote/servers/not-a-uuid",
        "GET,/api/remote/servers/../../admin",
    })
    void answersJsonWhereItHasNothing(String method, String path) {
        var response = handle(method, path, Map.of(), bearer(fixture.node), "null");

        assertThat(response.status()).isEqualTo(404);
        assertThat(body(response)).startsWith("{\"errors\":[");
    }

    @Test
    void answersTheWrongMethod() {
        assertThat(post("/api/remote/servers", "{}").status()).isEqualTo(405);
    }

    @Test
    void dropsActivityThatItCannotKeep() {
        assertThat(post("/api/remote/activity", "{\"data\":[{\"event\":\"server:crashed\"},7]}")
                        .status())
                .isEqualTo(204);
        assertThat(post("/api/remote/activity", "null").status()).isEqualTo(422);
    }

    @Test
    void refusesBodiesThatAreTooLong() {
        var body = "{\"data\":[" + " ".repeat(PanelEndpoint.MAX_BODY_BYTES) + "]}";

        assertThat(post("/api/remote/activity", body).status()).isEqualTo(413);
    }

    @Test
    void knowsNoBackups() {
        var backup = "/api/remote/backups/" + ServerId.random();
        assertThat(get(backup, Map.of("size", "10")).status()).isEqualTo(404);
        assertThat(get(backup, Map.of()).status()).isEqualTo(400);
        assertThat(post(backup, "{\"successful\":false}").status()).isEqualTo(404);
        assertThat(post(backup + "/restore", "{\"successful\":true}").status()).isEqualTo(404);
    }

    @Test
    void refusesReportsOfMovesThatItDidNotOrder() {
        var server = fixture.installing("lobby");
        assertThat(post("/api/remote/servers/" + server.id() + "/transfer/success", "null")
                        .status())
                .isEqualTo(409);
        assertThat(fixture.status(server.id())).isEqualTo(ServerStatus.INSTALLING);
    }

    @Test
    void refusesSftpLogIns() {
        assertThat(post("/api/remote/sftp/auth", "{\"username\":\"sam.5f2a6c1e\",\"password\":\"x\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void keepsTheCallersCorrelationIdIfItCanBeOne() {
        var headers = new HashMap<>(bearer(fixture.node));
        headers.put("x-correlation-id", "node-7");
        assertThat(handle("GET", "/api/remote/servers", Map.of(), headers, "").headers())
                .containsEntry("X-Correlation-Id", "node-7");
        headers.put("x-correlation-id", "a\r\nb");
        assertThat(handle("GET", "/api/remote/servers", Map.of(), headers, "").headers())
                .hasEntrySatisfying("X-Correlation-Id", id -> assertThat(id).matches("[0-9a-f-]{36}"));
    }

    @Test
    void cve_2026_26016_noRouteReachesTheServersOfAnotherNode() {
        var server = fixture.installing("lobby");
        var before = fixture.get(server.id());

        for (var route : routesOfAnother(server)) {
            var foreign = handle(route.method(), route.path(), Map.of(), bearer(fixture.other), route.body());
            var unknown = handle(
                    route.method(),
                    route.path()
                            .replace(server.id().toString(), ServerId.random().toString()),
                    Map.of(),
                    bearer(fixture.other),
                    route.body());
            assertThat(foreign.status()).as(route.toString()).isEqualTo(404);
            assertThat(unknown.status()).as("as if it did not exist").isEqualTo(foreign.status());
            assertThat(body(foreign)).doesNotContain("rookery/echo", "GREETING");
        }
        handle("POST", "/api/remote/servers/reset", Map.of(), bearer(fixture.other), "null");
        var list = handle("GET", "/api/remote/servers", Map.of(), bearer(fixture.other), "");
        assertThat(body(list)).doesNotContain(server.id().toString());
        assertThat(fixture.get(server.id())).as("nothing was changed").isEqualTo(before);

        for (var route : serverRoutes(server)) {
            assertThat(handle(route.method(), route.path(), Map.of(), bearer(fixture.node), route.body())
                            .status())
                    .as("its own node: " + route)
                    .isIn(200, 204);
        }
    }

    @Test
    void enrolsANodeOnce() {
        // tag::enrol[]
        var key = enrolment.issue(fixture.node.id());
        // wings configure --panel-url http://127.0.0.1:8100 --token <key> --node 1
        var response = configuration("1", key.key());
        // end::enrol[]

        assertThat(key.key()).matches("papp_\\w{43}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
        var document = object(response);
        assertThat(text(document, "uuid")).isEqualTo(fixture.node.uuid().toString());
        assertThat(text(document, "token")).isEqualTo(fixture.node.credentials().token());
        assertThat(text(document, "token_id"))
                .isEqualTo(fixture.node.credentials().tokenId());
        assertThat(text(document, "remote")).isEqualTo("http://127.0.0.1:8100");
        assertThat(body(response))
                .contains("\"api\":{\"host\":\"127.0.0.1\",\"port\":8080,\"ssl\":{\"enabled\":false")
                .contains("\"system\":{\"data\":\"/var/lib/pelican/volumes\",\"sftp\":{\"bind_port\":2022}}");
        assertThat(fixture.store.nodes().find(fixture.node.id()).orElseThrow().enrolledAt())
                .isPresent();

        var again = configuration("1", key.key());
        assertThat(again.status()).isEqualTo(403);
        assertThat(body(again)).contains("was used before");
    }

    @Test
    void refusesKeysThatEnrolNothing() {
        var key = enrolment.issue(fixture.node.id()).key();

        assertThat(handle("GET", "/api/application/nodes/1/configuration", Map.of(), Map.of(), "")
                        .status())
                .isEqualTo(401);
        assertRefused(configuration("1", "hello"), 401, "malformed enrolment key");
        assertRefused(configuration("1", "papp_" + "x".repeat(43)), 401, "unknown enrolment key");
        assertRefused(configuration("2", key), 403, "belongs to another node than 2");
        assertRefused(configuration("77", key), 403, "belongs to another node than 77");
        assertThat(configuration("x", key).status()).isEqualTo(404);
        fixture.clock.advance(Duration.ofMinutes(60));
        assertRefused(configuration("1", key), 403, "has expired");
        var fresh = enrolment.issue(fixture.node.id()).key();
        assertThat(configuration("1", fresh).status()).isEqualTo(200);
    }

    @Test
    void trustsTheCertificateThatANodeWithTlsEnrolsWith() {
        var plain = enrolment.issue(fixture.node.id()).key();
        var own = "0f".repeat(32);
        var secure = fixture.store
                .nodes()
                .add(NewNode.of("secure", URI.create("https://203.0.113.9:8443"), fixture.clock.instant()))
                .id();
        var key = enrolment.issue(secure).key();

        assertRefused(configuration("1", plain, own), 409, "without TLS");
        assertThat(configuration("1", plain).status()).as("not used up").isEqualTo(200);
        assertRefused(configuration(secure.toString(), key, "AB"), 409, "64 lower-case hexadecimal digits");
        assertThat(body(configuration(secure.toString(), key, own))).contains("\"ssl\":{\"enabled\":true");
        assertThat(fixture.store.nodes().find(secure).orElseThrow().certificate())
                .contains(own);
    }

    @Test
    void showsNoSecretInItsTexts() {
        var key = enrolment.issue(fixture.node.id());
        var request = new PanelRequest(
                "GET", "/x", Map.of("ticket", "t-1"), bearer(fixture.node), InputStream.nullInputStream());

        assertThat(key.toString()).doesNotContain(key.key());
        assertThat(request.toString())
                .doesNotContain("t-1")
                .doesNotContain(fixture.node.credentials().token());
        assertThat(fixture.node.toString())
                .doesNotContain(fixture.node.credentials().token());
    }

    private record RouteCase(String method, String path, String body) {}

    /** Every route that names a server; a new one belongs here. */
    private static List<RouteCase> serverRoutes(PanelServer server) {
        var base = "/api/remote/servers/" + server.id();
        return List.of(
                new RouteCase("GET", base, ""),
                new RouteCase("GET", base + "/install", ""),
                new RouteCase("POST", base + "/install", REPORT),
                new RouteCase("POST", base + "/container/status", RUNNING));
    }

    /** Those, and the reports of moves, which older daemons send by GET. */
    private static List<RouteCase> routesOfAnother(PanelServer server) {
        var base = "/api/remote/servers/" + server.id() + "/transfer/";
        var all = new ArrayList<>(serverRoutes(server));
        for (var outcome : List.of("success", "failure")) {
            all.add(new RouteCase("POST", base + outcome, "null"));
            all.add(new RouteCase("GET", base + outcome, ""));
        }
        return all;
    }

    private static void assertRefused(PanelResponse response, int status, String detail) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(body(response)).contains(detail).matches(Pattern.compile("\\{\"errors\":\\[.*", Pattern.DOTALL));
    }

    private PanelResponse configuration(String node, String key) {
        return handle(
                "GET",
                "/api/application/nodes/" + node + "/configuration",
                Map.of(),
                Map.of("Authorization", "Bearer " + key),
                "");
    }

    private PanelResponse configuration(String node, String key, String certificate) {
        return handle(
                "GET",
                "/api/application/nodes/" + node + "/configuration",
                Map.of(),
                Map.of("Authorization", "Bearer " + key, Enrolment.CERTIFICATE_HEADER, certificate),
                "");
    }

    private PanelResponse authorized(String header) {
        return handle("GET", "/api/remote/servers", Map.of(), Map.of("Authorization", header), "");
    }

    private PanelResponse get(String path, Map<String, String> query) {
        return handle("GET", path, query, bearer(fixture.node), "");
    }

    private PanelResponse post(String path, String body) {
        return handle("POST", path, Map.of(), bearer(fixture.node), body);
    }

    private PanelResponse handle(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return endpoint.handle(new PanelRequest(method, path, query, headers, new ByteArrayInputStream(bytes)));
    }

    private static Map<String, String> bearer(NodeRecord node) {
        return Map.of("Authorization", node.credentials().nodeToPanel());
    }

    private static String body(PanelResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static Json.Obj object(PanelResponse response) {
        assertThat(response.status()).as(body(response)).isEqualTo(200);
        return (Json.Obj) WireJson.read(response.body(), Json.class);
    }

    private static String text(Json object, String member) {
        return ((Json.Text) ((Json.Obj) object).members().get(member)).value();
    }
}
