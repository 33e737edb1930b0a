package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The guide's examples run here, and the guide shows what runs here. */
class ProxyGuideTest {

    @Test
    void aRouteAndItsConfiguration() {
        var said = new ByteArrayOutputStream();
        var log = new PrintStream(said, true, StandardCharsets.UTF_8);
        // tag::route[]
        var route = HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains("lobby.example.net")
                .addPaths(PathMatch.prefix("/map"))
                .build();
        var document = ProxyDocument.builder().addRoutes(route).build();
        // end::route[]
        // tag::caddy[]
        var engine = EngineFeatures.caddy("2.11.4");
        for (var finding : RouteCheck.check(document, engine)) {
            log.println(finding);
        }
        byte[] config = CaddyConfig.of(document, engine, CaddyOptions.usual(1)).bytes();
        // end::caddy[]

        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(new String(config, StandardCharsets.UTF_8))
                .contains("\"host\":[\"lobby.example.net\"],\"path\":[\"/map\",\"/map/*\"]")
                .contains("\"dial\":\"10.20.0.5:8080\"")
                .contains("\"X-Rookery-Revision\":[\"1\"]");
    }

    @Test
    void showsWhatRuns() throws IOException {
        GuideSnippets.assertShown("proxy.md", ProxyGuideTest.class, 2);
    }
}
