package dev.rookery.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another program's list of routes. Proxy specification §1.1 and §4.4. */
class RoutesImportTest {

    private static final String ROUTE = """
            {"routes": [{"id": "0b6c1f2e-8f0e-4b57-9c55-3f2f5ad9b7a1", "domains": ["app.example.com", "www.example.com"],
              "upstreams": [{"scheme": "http", "host": "app", "port": 8080}, {"scheme": "http", "host": "app2", "port": 8081}],
              "enabled": false}]}
            """;

    @Test
    void aRouteBecomesOneOfOurs() {
        var read = read(ROUTE);

        assertThat(read.findings()).isEmpty();
        assertThat(read.document().routes())
                .containsExactly(HttpRoute.builder(
                                "0b6c1f2e-8f0e-4b57-9c55-3f2f5ad9b7a1",
                                ProxyTo.of(Upstream.http("app", 8080), Upstream.http("app2", 8081)))
                        .addDomains("app.example.com", "www.example.com")
                        .enabled(false)
                        .build());
        assertThat(RouteCheck.check(read.document(), EngineFeatures.caddy("2.6.2")))
                .noneMatch(Finding::error);
        assertThat(DocumentJson.read(ROUTE.getBytes(UTF_8)))
                .as("as an older document")
                .isEqualTo(read.document());
    }

    @Test
    void whatMeansNothingHereIsKept() {
        var read = read("""
                {"version": 3, "routes": [{"id": 7, "domains": ["a.example.com"], "note": {"by": "me"},
                  "upstreams": [{"host": "app", "tls": true}]}]}
                """);

        var route = read.document().routes().get(0);
        assertThat(route.enabled()).isTrue();
        assertThat(route.id()).hasSize(36);
        assertThat(route.extensions()).containsOnlyKeys("id", "note", "upstreams");
        assertThat(route.extensions().get("note")).isEqualTo(json("{\"by\": \"me\"}"));
        assertThat(route.extensions().get("upstreams")).isEqualTo(json("[{\"host\": \"app\", \"tls\": true}]"));
        assertThat(read.document().extensions()).containsOnlyKeys("version");
        assertThat(read.findings())
                .allMatch(finding -> finding.severity() == Finding.Severity.WARNING)
                .extracting(Finding::pointer)
                .containsExactlyInAnyOrder("/version", "/routes/0/id", "/routes/0/note", "/routes/0/upstreams/tls");
        var written = DocumentJson.write(read.document());
        assertThat(DocumentJson.read(written)).isEqualTo(read.document());
    }

    @Test
    void theSameFileBecomesTheSameDocument() {
        var twice = """
                {"routes": [{"id": "a b", "domains": [], "upstreams": []}, {"id": "a b", "domains": [], "upstreams": []}]}
                """;

        assertThat(read(twice).document()).isEqualTo(read(twice).document());
        assertThat(read(twice).document().routes()).extracting(HttpRoute::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"8.8.4.4, DIRECT_DNS", "10.0.0.4, TUNNEL_TCP", "host, TUNNEL_TCP", "127.1, TUNNEL_TCP"})
    void aRouteToSshGoesPastTheProxy(String host, Exposure exposure) {
        for (var upstream : new String[] {"\"port\": 22", "\"scheme\": \"ssh\", \"port\": 2222"}) {
            var read = read("{\"routes\": [{\"id\": \"s\", \"domains\": [\"ssh.example.com\"], \"upstreams\": [{"
                    + "\"host\": \"" + host + "\", " + upstream + "}]}]}");

            assertThat(read.document().routes())
                    .singleElement()
                    .extracting(HttpRoute::exposure)
                    .isEqualTo(exposure);
            assertThat(read.findings()).extracting(Finding::code).contains("IMPORT_PORT_22");
            assertThat(read.findings()).noneMatch(Finding::error);
        }
    }

    @Test
    void sshAmongOtherUpstreamsIsAnError() {
        var read = read("""
                {"routes": [{"id": "s", "domains": ["ssh.example.com"],
                  "upstreams": [{"host": "a", "port": 22}, {"host": "a", "port": 80}]}]}
                """);

        assertThat(read.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.error()).isTrue();
            assertThat(finding.route()).contains("s");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | no object",
                "{} | routes",
                "{\"routes\": {}} | routes",
                "{\"routes\": [1]} | /routes/0",
                "{\"routes\": [{\"domains\": \"a\", \"upstreams\": []}]} | /routes/0/domains",
                "{\"routes\": [{\"domains\": [1], \"upstreams\": []}]} | /routes/0/domains/0",
                "{\"routes\": [{\"domains\": []}]} | /routes/0/upstreams",
                "{\"routes\": [{\"domains\": [], \"upstreams\": [{\"port\": 1}]}]} | /routes/0/upstreams/0/host",
                "{\"routes\": [{\"domains\": [], \"upstreams\": [{\"host\": \"a\", \"port\": 65536}]}]} | /upstreams/0/port",
                "{\"routes\": [{\"domains\": [], \"upstreams\": [{\"host\": \"a\", \"port\": 1.5}]}]} | /upstreams/0/port",
                "{\"routes\": [{\"domains\": [], \"upstreams\": [{\"host\": \"a\", \"port\": 1e999999999}]}]} | exponent",
                "{\"routes\": [{\"domains\": [], \"upstreams\": [{\"host\": \"a\", \"scheme\": \"ftp\"}]}]} | 'ftp'",
                "{\"routes\": [{\"domains\": [], \"upstreams\": [], \"enabled\": \"yes\"}]} | /routes/0/enabled",
                "{\"routes\": | not JSON"
            })
    void saysWhereItIsWrong(String json, String place) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(place)
                .hasMessageContaining("expected:");
    }

    private static RoutesImport read(String json) {
        return RoutesImport.read(json.getBytes(UTF_8));
    }

    private static Json json(String text) {
        return ProxyJson.read(text.getBytes(UTF_8));
    }
}
