package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Routes over the panel's API, with a real Caddy behind it. */
@Tag("caddy")
class ProxyApiTest extends ProxyCases {

    private static final String ROUTES = "/api/routes";
    private static final String LOBBY = ROUTES + "/lobby";

    @Test
    void aRouteThatIsCreatedReachesItsUpstreamUntilItIsSwitchedOffOrRemoved() throws IOException {
        var made = proxy.admin().post(ROUTES, proxy.route("lobby", "lobby.example.net"));

        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        assertThat(made.body().path("outcome").asText()).isEqualTo("APPLIED");
        assertThat(made.body().path("state").path("applied").asBoolean()).isTrue();
        assertThat(made.body().path("state").path("engine").path("outcome").asText())
                .isEqualTo("DONE");
        assertThat(made.response().headers().firstValue("etag")).contains('"' + proxy.etag() + '"');
        assertThat(proxy.visit("lobby.example.net")).startsWith("200 one GET /");

        proxy.change("PATCH", LOBBY, "{\"enabled\":false}").ok();
        assertThat(proxy.visit("lobby.example.net")).startsWith("404");
        assertThat(proxy.admin().get(LOBBY).ok().path("route").path("enabled").asBoolean())
                .isFalse();

        proxy.change("PATCH", LOBBY, "{\"enabled\":true}").ok();
        assertThat(proxy.visit("lobby.example.net")).startsWith("200");
        proxy.change("DELETE", LOBBY, null).ok();
        assertThat(proxy.visit("lobby.example.net")).startsWith("404");
        assertThat(proxy.admin().get(LOBBY).errorCode()).isEqualTo("route_not_found");
    }

    /** Changes that come at once are saved one after the other and applied together; whoever goes on from his own has to learn of the others. */
    @Test
    void aChangeIsAnsweredWithItsOwnRevision() throws Exception {
        var users = Executors.newFixedThreadPool(6);
        try {
            var changes = IntStream.range(0, 6)
                    .<Callable<PanelClient.Answer>>mapToObj(i ->
                            () -> proxy.admin().post(ROUTES, proxy.route("r" + i, "r" + i + ".example.net")))
                    .toList();
            var etags = new ArrayList<String>();
            for (var answer : users.invokeAll(changes)) {
                etags.add(answer.get().response().headers().firstValue("etag").orElseThrow());
            }
            assertThat(etags).doesNotHaveDuplicates();
        } finally {
            users.shutdownNow();
        }
    }

    @Test
    void aRequestThatIsSentAgainIsDoneOnce() {
        var route = proxy.route("lobby", "lobby.example.net").replace("\"id\":\"lobby\",", "");
        var key = Map.of("Idempotency-Key", "click-1");
        var first = proxy.admin().call("POST", ROUTES, route, key);
        long saved = proxy.revision();
        var again = proxy.admin().call("POST", ROUTES, route, key);

        assertThat(first.status()).as("%s", first.body()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        for (var header : List.of("etag", "location", "content-type")) {
            assertThat(again.response().headers().firstValue(header))
                    .as(header)
                    .isPresent()
                    .isEqualTo(first.response().headers().firstValue(header));
        }
        assertThat(proxy.revision()).isEqualTo(saved);
        var other = proxy.route("lobby", "other.example.net");
        assertThat(proxy.admin().call("POST", ROUTES, other, key).errorCode()).isEqualTo("idempotency_key_reused");
        assertThat(proxy.admin()
                        .call("POST", ROUTES, other, Map.of("Idempotency-Key", "a b"))
                        .status())
                .isEqualTo(422);
        var back = "/api/proxy/revisions/" + (saved - 1) + "/rollback";
        proxy.admin().call("POST", back, "{}", key).ok();
        proxy.admin().call("POST", back, "{}", key).ok();
        assertThat(proxy.revision()).as("one way back").isEqualTo(saved + 1);
    }

    @Test
    void twoThatAreTheSameAtTheSameMomentAreDoneOnce() {
        var key = Map.of("Idempotency-Key", "click-3");
        proxy.admin().post(ROUTES, proxy.route("lobby", "lobby.example.net")).ok();
        long saved = proxy.revision();
        var back = "/api/proxy/revisions/" + (saved - 1) + "/rollback";
        var both = Stream.of(1, 2, 3, 4)
                .map(i -> CompletableFuture.supplyAsync(() -> proxy.admin().call("POST", back, "{}", key)))
                .toList();

        assertThat(both)
                .allSatisfy(one -> assertThat(one.join().status() == 200
                                || one.join().errorCode().equals("idempotency_key_in_use"))
                        .as("%s", one.join().body())
                        .isTrue());
        assertThat(proxy.revision()).isEqualTo(saved + 1);
    }

    @Test
    void aRequestThatFailedIsDoneWhenItIsSentAgain() {
        var key = Map.of("Idempotency-Key", "click-2");
        proxy.admin().post(ROUTES, proxy.route("lobby", "lobby.example.net")).ok();
        var second = proxy.route("second", "lobby.example.net");

        assertThat(proxy.admin().call("POST", ROUTES, second, key).errorCode()).isEqualTo("routes_refused");
        proxy.change("DELETE", LOBBY, null).ok();
        assertThat(proxy.admin().call("POST", ROUTES, second, key).status()).isEqualTo(201);
    }

    @Test
    void aChangeNamesTheRevisionThatWasRead() {
        proxy.admin().post(ROUTES, proxy.route("lobby", "lobby.example.net")).ok();
        var stale = proxy.etag();
        proxy.admin().post(ROUTES, proxy.route("shop", "shop.example.net")).ok();

        var without = proxy.admin().put(LOBBY, proxy.route("lobby", "other.example.net"));
        assertThat(without.status()).isEqualTo(428);
        assertThat(without.errorCode()).isEqualTo("precondition_required");

        for (var method : new String[] {"PUT", "PATCH", "DELETE"}) {
            var body = method.equals("PATCH") ? "{\"enabled\":false}" : proxy.route("lobby", "other.example.net");
            var refused = proxy.admin().call(method, LOBBY, body, Map.of("If-Match", '"' + stale + '"'));
            assertThat(refused.status()).as(method).isEqualTo(412);
            assertThat(refused.errorCode()).as(method).isEqualTo("changed_meanwhile");
            assertThat(refused.body().path("error").path("etag").asText()).isEqualTo(proxy.etag());
        }
        assertThat(proxy.admin().get(LOBBY).ok().toString()).contains("lobby.example.net");
        assertThat(proxy.put(LOBBY, proxy.route("lobby", "other.example.net")).status())
                .isEqualTo(200);
    }

    @Test
    void whatIsOnlyPlannedChangesNothing() throws IOException {
        long before = proxy.revision();
        assertThat(proxy.admin()
                        .post(ROUTES + "?dryRun=perhaps", proxy.route("lobby", "lobby.example.net"))
                        .body()
                        .toString())
                .contains("dryRun: 'perhaps' (expected: true or false)");

        var plan = proxy.admin()
                .post(ROUTES + "?dryRun=true", proxy.route("lobby", "lobby.example.net"))
                .ok();

        assertThat(plan.path("possible").asBoolean()).isTrue();
        assertThat(plan.path("base").path("number").asLong()).isEqualTo(before);
        assertThat(plan.path("differences").findValuesAsText("place")).containsExactly("/routes/lobby");
        assertThat(plan.path("engine").path("changes").asBoolean()).isTrue();
        assertThat(plan.path("engine").path("before").asText()).doesNotContain("lobby.example.net");
        assertThat(plan.path("engine").path("after").asText()).contains("lobby.example.net");
        assertThat(proxy.revision()).isEqualTo(before);
        assertThat(proxy.visit("lobby.example.net")).startsWith("404");

        var off = proxy.route("lobby", "lobby.example.net").replace("\"enabled\":true", "\"enabled\":false");
        var unseen = proxy.admin().post(ROUTES + "?dryRun=true", off).ok();
        assertThat(unseen.path("differences")).isNotEmpty();
        assertThat(unseen.path("engine").path("changes").asBoolean())
                .as("a route that is off is nothing to the engine")
                .isFalse();
    }

    @Test
    void whatCannotBeIsRefusedWithAllThatWasFound() {
        var wrong = proxy.route("lobby", "lobby.example.net").replace("127.0.0.1", "169.254.169.254");

        var refused = proxy.admin().post(ROUTES, wrong);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.errorCode()).isEqualTo("routes_refused");
        var finding = refused.body().path("error").path("findings").path(0);
        assertThat(finding.path("code").asText()).isEqualTo("UPSTREAM_FORBIDDEN");
        assertThat(finding.path("severity").asText()).isEqualTo("ERROR");
        assertThat(finding.path("route").asText()).isEqualTo("lobby");
        assertThat(proxy.admin().get(ROUTES).ok().path("items")).isEmpty();

        var planned = proxy.admin().post(ROUTES + "?dryRun=true", wrong).ok();
        assertThat(planned.path("possible").asBoolean()).isFalse();
        var misspelt = proxy.admin()
                .post(ROUTES, proxy.route("lobby", "lobby.example.net").replace("domains", "domain"));
        assertThat(misspelt.status()).isEqualTo(422);
        assertThat(misspelt.errorMessage()).contains("domain");
    }

    @Test
    void anIdIsOfOneRouteOnly() {
        proxy.admin().post(ROUTES, proxy.route("lobby", "lobby.example.net")).ok();

        var again = proxy.admin().post(ROUTES, proxy.route("lobby", "other.example.net"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorCode()).isEqualTo("route_exists");
        assertThat(proxy.admin()
                        .post(
                                "/api/l4routes",
                                "{\"id\":\"lobby\",\"enabled\":false,\"listen\":[{\"protocol\":\"tcp\",\"port\":25565}],\"upstreams\":[]}")
                        .errorCode())
                .isEqualTo("route_exists");
        assertThat(proxy.put(LOBBY, proxy.route("shop", "shop.example.net")).errorCode())
                .isEqualTo("validation");
    }

    @Test
    void anEarlierRevisionComesBackAsANewOne() throws IOException {
        proxy.admin().post(ROUTES, proxy.route("lobby", "lobby.example.net")).ok();
        long wanted = proxy.revision();
        proxy.change("DELETE", LOBBY, null).ok();
        var history = "/api/proxy/revisions";

        var plan = proxy.admin()
                .post(history + "/" + wanted + "/rollback?dryRun=true", "{}")
                .ok();
        assertThat(plan.path("differences").findValuesAsText("place")).containsExactly("/routes/lobby");
        assertThat(proxy.visit("lobby.example.net")).startsWith("404");

        proxy.admin().post(history + "/" + wanted + "/rollback", "{}").ok();
        assertThat(proxy.visit("lobby.example.net")).startsWith("200");
        assertThat(proxy.admin().get(history + "?limit=few").body().toString())
                .contains("limit: 'few' (expected: a number, 0 or more)");
        var items = proxy.admin().get(history + "?limit=2").ok().path("items");
        assertThat(items).hasSize(2);
        assertThat(items.path(0).path("reason").asText()).isEqualTo("back to revision " + wanted);
        assertThat(items.path(0).path("author").asText()).isEqualTo("admin");
        var shown = proxy.admin().get(history + "/" + (wanted + 1)).ok();
        assertThat(shown.path("differences").findValuesAsText("place")).containsExactly("/routes/lobby");
        assertThat(proxy.admin().get(history + "/999").errorCode()).isEqualTo("revision_not_found");
    }

    @Test
    void theIdOfARequestStandsInTheEnginesLog() throws IOException {
        proxy.admin()
                .call(
                        "POST",
                        ROUTES,
                        proxy.route("lobby", "lobby.example.net"),
                        Map.of("X-Correlation-Id", "click-4711-of-anna"))
                .ok();

        assertThat(proxy.log().lines().filter(line -> line.contains("click-4711-of-anna")))
                .anyMatch(line -> line.contains("\"method\":\"POST\"") && line.contains("/config/"));
    }

    @Test
    void administratorsHearThatSomethingHappened() throws IOException {
        try (var events = proxy.admin().listen();
                var lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
            var first = lines.readLine();
            proxy.admin()
                    .post(ROUTES, proxy.route("lobby", "lobby.example.net"))
                    .ok();

            assertThat(first).as("the stream begins").isNotNull();
            assertThat(lines.lines().anyMatch(line -> line.equals("event: proxy")))
                    .isTrue();
        }
    }

    @Test
    void anEngineThatWasChangedByHandIsBroughtBack() throws IOException {
        proxy.admin().post(ROUTES, proxy.route("lobby", "lobby.example.net")).ok();

        JsonNode report = proxy.admin().post("/api/proxy/apply", "{}").ok();

        assertThat(report.path("outcome").asText()).isEqualTo("APPLIED");
        Eventually.holds(
                () -> "everything is applied: " + proxy.state(),
                Duration.ofSeconds(15),
                () -> proxy.state().path("applied").asBoolean());
        assertThat(proxy.visit("lobby.example.net")).startsWith("200");
    }
}
