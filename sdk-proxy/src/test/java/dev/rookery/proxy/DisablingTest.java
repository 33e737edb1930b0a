package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.engine.CaddyEngine;
import dev.rookery.proxy.engine.CaddyEngineOptions;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that lost a plugin: its routes can be disabled and deleted, one after the other, and nothing else can be done. Specification: §1.6. */
@SuppressWarnings("NullAway.Init") // JUnit opens the service before each test
class DisablingTest {

    @TempDir
    Path folder;

    private RouteStore store;
    private CaddyEngine engine;
    private ProxyService service;

    @BeforeEach
    void open() {
        store = FileRouteStore.open(folder.resolve("state"));
        var document = ProxyDocument.builder()
                .addRoutes(
                        limited("one"),
                        limited("two"),
                        HttpRoute.builder("plain", to())
                                .addDomains("plain.example.net")
                                .build())
                .build();
        store.commit(Revision.NONE.etag(), document, new ChangeNote("anna", "with the plugin", Instant.EPOCH));
        // Nobody listens there: it is about what is saved.
        engine = CaddyEngine.of(CaddyEngineOptions.builder(folder)
                .admin("127.0.0.1:1")
                .program(Optional.empty())
                .features(EngineFeatures.caddy("2.11.4"))
                .build());
        service = ProxyService.builder(store, engine).build();
    }

    @AfterEach
    void close() {
        service.close();
        engine.close();
        store.close();
    }

    @Test
    void routesAreDisabledOneAfterTheOther() {
        var routes = service.routes("anna");
        var first = service.plan(present -> with(present, off(limited("one"))));
        assertThat(first.possible()).isTrue();
        assertThat(first.findings()).extracting(Finding::code).contains("FEATURE_NEEDS_PLUGIN");
        assertThat(first.candidate()).isEmpty();

        assertThat(routes.put(off(limited("one"))).outcome()).isEqualTo(Outcome.WAITING);
        assertThat(routes.get("one").enabled()).isFalse();
        assertThat(routes.put(off(limited("two"))).saved().number()).isEqualTo(3);
        assertThat(service.plan(present -> present).candidate())
                .as("no error is left")
                .isPresent();
    }

    @Test
    void routesAreDeletedOneAfterTheOther() {
        var routes = service.routes("anna");
        routes.remove("one");
        assertThat(routes.list()).extracting(HttpRoute::id).containsExactly("two", "plain");
        routes.remove("plain");
        routes.remove("two");
        assertThat(routes.list()).isEmpty();
    }

    @Test
    void whatDoesMoreIsRefused() {
        var more = HttpRoute.builder("two", to())
                .from(off(limited("two")))
                .priority(7)
                .build();

        assertThatThrownBy(() -> service.routes("anna").put(more)).isInstanceOf(RefusedChangeException.class);
        assertThatThrownBy(() -> service.routes("anna")
                        .put(HttpRoute.builder("new", to())
                                .addDomains("new.example.net")
                                .build()))
                .isInstanceOf(RefusedChangeException.class);
        assertThat(service.plan(present -> present).possible())
                .as("nothing is disabled by it")
                .isFalse();
        assertThat(store.head().number()).isEqualTo(1);
    }

    private static ProxyDocument with(ProxyDocument document, HttpRoute route) {
        return ProxyDocument.builder()
                .from(document)
                .routes(document.routes().stream()
                        .map(present -> present.id().equals(route.id()) ? route : present)
                        .toList())
                .build();
    }

    private static HttpRoute off(HttpRoute route) {
        return HttpRoute.builder(route.id(), to()).from(route).enabled(false).build();
    }

    private static HttpRoute limited(String id) {
        return HttpRoute.builder(id, to())
                .addDomains(id + ".example.net")
                .addRateLimits(RateLimit.perClient("all", 20, Duration.ofMinutes(1)))
                .build();
    }

    private static ProxyTo to() {
        return ProxyTo.of(Upstream.http("10.20.0.5", 8080));
    }
}
