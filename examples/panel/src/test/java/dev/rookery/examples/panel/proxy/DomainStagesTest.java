package dev.rookery.examples.panel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.FileAuthority;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a domain is whose certificate is got for it, with an engine and an authority of files. */
@SuppressWarnings("NullAway.Init") // JUnit opens the service before each test
class DomainStagesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final NameProbe probe = new NameProbe();
    private ProxyService service;

    @BeforeEach
    void open() {
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), new FileEngine(folder))
                .certificates(new FileAuthority(folder))
                .build();
        service.start();
    }

    @AfterEach
    void close() {
        service.close();
        probe.close();
    }

    @Test
    void aCertificateThatCameIsDone() {
        put();

        await().atMost(LIMIT).until(() -> certificate().state() == DomainStage.State.DONE);
    }

    @Test
    void aCertificateThatWasRefusedSaysWhyAndWhenItIsAskedForAgain() throws Exception {
        Files.createFile(folder.resolve("refusing"));
        put();

        await().atMost(LIMIT).until(() -> certificate().state() == DomainStage.State.FAILED);
        assertThat(certificate().said()).contains("the name does not lead here; asked again at ");
    }

    private void put() {
        assertThat(service.routes("anna").put(route()).applied()).isTrue();
    }

    private DomainStage certificate() {
        return new DomainStages(
                        service, List.of(), binding -> DomainStage.of("tunnel", DomainStage.State.OFF, ""), probe)
                .of(route()).stream()
                        .filter(stage -> stage.stage().equals("certificate"))
                        .findFirst()
                        .orElseThrow();
    }

    private static HttpRoute route() {
        return HttpRoute.builder("shop", ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains("shop.example.net")
                .build();
    }
}
