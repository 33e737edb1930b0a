package dev.rookery.proxy.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.RawOverride;
import dev.rookery.proxy.route.Reject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pieces of an engine's own configuration. */
class RawCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOCUMENT | {\"admin\": {\"listen\": \"0.0.0.0:2019\"}} | 'admin'",
                "DOCUMENT | {\"storage\": {}} | 'storage'",
                "DOCUMENT | {\"apps\": {\"pki\": {}}} | 'apps/pki'",
                "DOCUMENT | {\"apps\": {\"http\": {\"servers\": {}}}} | 'servers'",
                "HTTP | {\"servers\": {}} | 'servers'",
                "SERVER | {\"routes\": []} | 'routes'",
                "ROUTE | {\"handle\": [{\"@id\": \"probe:edge\"}]} | '@id'",
                "ROUTE | [] | no object"
            })
    void cannotTakeAwayHowTheEngineIsDriven(RawOverride.Point point, String patch, String named) {
        assertThat(errors(point, patch, point == RawOverride.Point.ROUTE ? "a" : null))
                .anySatisfy(finding -> assertThat(finding.message()).contains(named));
    }

    @Test
    void needsAPlaceThatIsThere() {
        assertThat(errors(RawOverride.Point.ROUTE_BEFORE, "{}", "b")).isNotEmpty();
        assertThat(errors(RawOverride.Point.SERVER, "{}", "other")).isNotEmpty();
        assertThat(errors(RawOverride.Point.ROUTE_BEFORE, "{}", "a")).isEmpty();
        assertThat(errors(RawOverride.Point.SERVER, "{\"max_header_bytes\": 1}", "edge"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ROUTE | include /etc/shadow; | 'include'",
                "ROUTE | \"inc\\lude\" /etc/shadow; | 'include'",
                "HTTP | map $a $b { include /etc/shadow; } | 'include'",
                "HTTP | server { listen 1; } | 'listen'",
                "SERVER | server_name other.example.net; | 'server_name'",
                "HTTP | content_by_lua_block { x; } | 'content_by_lua_block'",
                "SERVER | } user root; | line 1",
                "ROUTE_BEFORE | etag off; | ROUTE_BEFORE",
                "DOCUMENT | etag off; | DOCUMENT",
            })
    void leavesNginxToBeDrivenAsItIs(RawOverride.Point point, String text, String named) {
        assertThat(nginx(point, text, point == RawOverride.Point.ROUTE ? "a" : null))
                .anySatisfy(finding -> assertThat(finding.message()).contains(named));
    }

    @Test
    void takesWhatGoesIntoABlockOfNginx() {
        assertThat(nginx(RawOverride.Point.ROUTE, "etag off; # include\nif ($a = 'user') { return 403; }", "a"))
                .isEmpty();
        assertThat(nginx(RawOverride.Point.HTTP, "map $a $b { user 1; }", null)).isEmpty();
        assertThat(nginx(RawOverride.Point.SERVER, "etag off;", "plain")).isEmpty();
        assertThat(nginx(RawOverride.Point.SERVER, "etag off;", "other")).isNotEmpty();
        assertThat(nginx(RawOverride.Point.ROUTE, "etag off;", "b")).isNotEmpty();
    }

    private static List<Finding> nginx(RawOverride.Point point, String text, @Nullable String place) {
        var piece = new RawOverride(EngineKind.NGINX, point, Optional.ofNullable(place), new Json.Text(text), "");
        return errors(piece, EngineFeatures.nginx("1.22.1"));
    }

    private static List<Finding> errors(RawOverride.Point point, String patch, @Nullable String place) {
        var piece = new RawOverride(
                EngineKind.CADDY,
                point,
                Optional.ofNullable(place),
                ProxyJson.read(patch.getBytes(StandardCharsets.UTF_8)),
                "");
        return errors(piece, EngineFeatures.caddy("2.11.4"));
    }

    private static List<Finding> errors(RawOverride piece, EngineFeatures engine) {
        var document = ProxyDocument.builder()
                .addRoutes(HttpRoute.builder("a", new Reject(OptionalInt.empty()))
                        .addDomains("a.example.net")
                        .build())
                .addRaw(piece)
                .build();
        return RouteCheck.check(document, engine).stream()
                .filter(Finding::error)
                .toList();
    }
}
