package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.internal.certificate.CertificateFile;
import dev.rookery.proxy.internal.certificate.MadeCertificate;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.store.FileRouteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real certbot, a real nginx, and an authority that really looks whether a name leads there. Source: proxy specification §3.4. */
@Tag("certbot")
@Tag("nginx")
@SuppressWarnings("NullAway.Init") // each test opens it
class CertbotPebbleTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LIFETIME_SECONDS = 60;

    @TempDir
    Path folder;

    private int[] ports = {};
    private Pebble pebble;
    private NginxEngine engine;
    private ProxyService service;
    private Certbot certbot;

    /** Starts it all; the authority looks for proofs at a port. */
    private void open(int[] free, int proofPort) throws Exception {
        ports = free;
        var tls = MadeCertificate.of("pebble", "EC", "localhost").into(folder.resolve("authority"));
        pebble = new Pebble(folder, Path.of(tls.certificate()), Path.of(tls.key()), proofPort, LIFETIME_SECONDS);
        var options = NginxEngineOptions.builder(folder.resolve("nginx"))
                .certificates(folder.resolve("letsencrypt/live"))
                .user(RunningNginx.user())
                .build();
        engine = NginxEngine.of(options);
        certbot = Certbot.of(CertbotOptions.builder(options)
                .agreeToTerms(true)
                .directory(pebble.directory())
                .trust(Path.of(tls.certificate()))
                .build());
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                .certificates(certbot)
                .build();
        await().atMost(LIMIT).until(pebble::answers);
        service.start();
    }

    @AfterEach
    void end() throws Exception {
        service.close();
        RunningNginx.end(engine, folder.resolve("nginx"));
        engine.close();
        pebble.close();
    }

    @Test
    void aNameGetsItsCertificateAndAnotherOneInTimeWithoutAFailedRequest() throws Exception {
        var free = FreePorts.of(2);
        open(free, free[0]);

        var report = service.change("anna", "a name", before -> document());

        assertThat(report.applied()).as("%s", report).isTrue();
        try (var client = new TrafficClient(ports[1]);
                var plain = new TrafficClient(ports[0])) {
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(client.secure("a.example.net", "/").text())
                                    .as("%s", service.certificates())
                                    .isEqualTo("here"));
            assertThat(plain.plain("a.example.net", "/").status()).isEqualTo(308);
            var first = client.certificate("a.example.net");
            var traffic = new Traffic(client);
            await().atMost(LIMIT)
                    .until(() -> !client.certificate("a.example.net").equals(first));
            var there = CertificateFile.read(certbot.file("a.example.net"));
            assertThat(client.certificate("a.example.net")).isEqualTo(there.certificate());
            assertThat(there.names()).containsExactly("a.example.net");
            assertThat(traffic.end()).as("failed of %s requests", traffic.asked).isZero();
            assertThat(traffic.asked).hasValueGreaterThan(20);
        }
    }

    @Test
    void aNameThatDoesNotLeadHereKeepsNothingElseFromRunning() throws Exception {
        var free = FreePorts.of(3);
        open(free, free[2]);

        assertThat(service.change(
                                "anna",
                                "names",
                                before -> ProxyDocument.builder()
                                        .from(document())
                                        .addRoutes(route("plain")
                                                .exposure(Exposure.PLAIN_HTTP)
                                                .build())
                                        .build())
                        .applied())
                .isTrue();

        await().atMost(LIMIT)
                .until(() -> service.certificates().stream()
                        .anyMatch(state -> !state.said().isEmpty()));
        assertThat(service.certificates()).singleElement().satisfies(state -> {
            assertThat(state.domain()).isEqualTo("a.example.net");
            assertThat(state.said()).contains("connection refused");
            assertThat(state.nextAt().orElseThrow()).isAfter(Instant.now());
        });
        try (var plain = new TrafficClient(ports[0])) {
            assertThat(plain.plain("a.example.net", "/").status()).isEqualTo(503);
            assertThat(plain.plain("plain.example.net", "/").text()).isEqualTo("here");
        }
    }

    private ProxyDocument document() {
        return ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .listenAddress("127.0.0.1")
                        .httpPort(ports[0])
                        .httpsPort(ports[1])
                        .build())
                .addRoutes(route("a").build())
                .build();
    }

    private static HttpRouteBuilder route(String id) {
        return HttpRoute.builder(id, new Respond(200, "text/plain", Map.of(), "here"))
                .addDomains(id + ".example.net");
    }

    /** Somebody who asks all the time, each time by a new connection. */
    private static final class Traffic {

        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread;

        Traffic(TrafficClient client) {
            thread = new Thread(
                    () -> {
                        while (!ended.get()) {
                            ask(client);
                        }
                    },
                    "traffic");
            thread.start();
        }

        private void ask(TrafficClient client) {
            asked.incrementAndGet();
            try {
                if (client.secure("a.example.net", "/").status() != 200) {
                    failed.incrementAndGet();
                }
            } catch (IOException e) {
                failed.incrementAndGet();
            }
        }

        int end() throws InterruptedException {
            ended.set(true);
            thread.join();
            return failed.get();
        }
    }
}
