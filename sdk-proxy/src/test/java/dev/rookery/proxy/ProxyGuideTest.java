package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.engine.Certbot;
import dev.rookery.proxy.engine.CertbotOptions;
import dev.rookery.proxy.engine.NginxEngineOptions;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's examples run here, and the guide shows what runs here. */
class ProxyGuideTest {

    @TempDir
    Path folder;

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
    void aRouteThatIsSavedAppliedAndProven() {
        var said = new ByteArrayOutputStream();
        var log = new PrintStream(said, true, StandardCharsets.UTF_8);
        var directory = folder.resolve("state");
        var engine = new FileEngine(folder);
        // tag::service[]
        var proxy = ProxyService.builder(FileRouteStore.open(directory), engine).build();
        proxy.start();
        var routes = proxy.routes("anna@example.net");
        var report = routes.put(HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains("lobby.example.net")
                .build());
        log.println(report.applied() ? "it runs" : report.said());
        // end::service[]
        // tag::plan[]
        var plan = proxy.plan(document -> ProxyDocument.EMPTY);
        plan.findings().forEach(log::println);
        plan.differences().forEach(difference -> log.println(difference.place()));
        // end::plan[]
        proxy.close();

        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("it runs\n/routes/lobby\n");
        assertThat(engine.routes()).contains("lobby.example.net");
    }

    @Test
    void certificatesByCertbot() {
        var directory = folder.resolve("nginx");
        var store = FileRouteStore.open(folder.resolve("state"));
        var engine = new FileEngine(folder);
        // tag::certbot[]
        var nginx = NginxEngineOptions.builder(directory).build();
        var certbot = Certbot.of(CertbotOptions.builder(nginx)
                .agreeToTerms(true)
                .email("ops@example.net")
                .build());
        var proxy = ProxyService.builder(store, engine).certificates(certbot).build();
        // end::certbot[]
        proxy.close();

        assertThat(certbot.file("*.example.net"))
                .isEqualTo(nginx.certificates().resolve("rookery-_wildcard.example.net/fullchain.pem"));
        assertThat(proxy.certificates()).isEmpty();
    }

    @Test
    void showsWhatRuns() throws IOException {
        GuideSnippets.assertShown("proxy.md", ProxyGuideTest.class, 5);
    }
}
