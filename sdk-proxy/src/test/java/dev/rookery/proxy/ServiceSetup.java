package dev.rookery.proxy;

import dev.rookery.proxy.apply.FileCloud;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service with an engine and a cloud of files. */
@SuppressWarnings("NullAway.Init") // JUnit opens the service before each test
abstract class ServiceSetup {

    @TempDir
    Path folder;

    final List<ProxyEvent> events = new CopyOnWriteArrayList<>();
    FileEngine engine;
    FileCloud cloud;
    ProxyService service;
    ProxyRoutes routes;

    @BeforeEach
    void open() {
        engine = new FileEngine(folder);
        cloud = new FileCloud(folder);
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                .cloud(cloud)
                .build();
        service.addListener(events::add);
        routes = service.routes("anna@example.net");
    }

    @AfterEach
    void close() {
        service.close();
    }

    static HttpRoute route(String id) {
        return HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains(id + ".example.net")
                .build();
    }
}
