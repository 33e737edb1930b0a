package dev.rookery.proxy.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.proxy.NginxConfig;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.apply.Proof;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.internal.nginx.NginxProgram;
import dev.rookery.proxy.internal.nginx.NginxReleases;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.FileRouteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that are given to a real nginx. */
@Tag("nginx")
class NginxEngineApplyTest {

    @TempDir
    Path folder;

    private int[] ports = {};
    private NginxEngine engine;

    @BeforeEach
    void start() throws IOException {
        ports = FreePorts.of(4);
        engine = NginxEngine.of(options().build());
    }

    private NginxEngineOptionsBuilder options() {
        return NginxEngineOptions.builder(folder.resolve("nginx"))
                .certificates(folder.resolve("live"))
                .user(RunningNginx.user());
    }

    @AfterEach
    void end() throws Exception {
        RunningNginx.end(engine, folder.resolve("nginx"));
        engine.close();
    }

    @Test
    void startsReadsAgainAndComesBack() {
        var first = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.empty()), 1);
        var second = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.of(ports[2])), 2);
        assertThat(engine.running().content().files()).isEmpty();

        engine.apply(first, engine.running());
        assertThat(engine.prove(first).proven()).isTrue();
        var before = engine.running();
        engine.apply(second, before);

        var proof = engine.prove(second);
        assertThat(proof.proven()).as("%s", proof).isTrue();
        assertThat(engine.running().content().revision()).isEqualTo(2);

        engine.restore(before);
        engine.restore(before);

        assertThat(engine.prove(first).proven()).isTrue();
        assertThat(engine.running().is(first)).isTrue();
    }

    @Test
    void neverTouchesWhatRunsForWhatIsRefused() {
        var first = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.empty()), 1);
        engine.apply(first, engine.running());
        var broken = new TreeMap<>(first.files());
        broken.computeIfPresent(NginxConfig.MAIN, (name, text) -> text + "bogus on;\n");

        var said = engine.validate(new Candidate(2, broken));

        assertThat(said).singleElement().satisfies(finding -> {
            assertThat(finding.error()).isTrue();
            assertThat(finding.message()).contains("bogus");
        });
        assertThat(engine.prove(first).proven()).isTrue();
    }

    @Test
    void changesNothingForAPortThatIsTaken() throws IOException {
        var first = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.empty()), 1);
        engine.apply(first, engine.running());
        try (var taken = new ServerSocket(ports[2], 1, InetAddress.getLoopbackAddress())) {
            var second = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.of(taken.getLocalPort())), 2);

            assertThatThrownBy(() -> engine.apply(second, engine.running()))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REFUSED))
                    .hasMessageContaining("taken");
        }
        assertThat(engine.prove(first).proven()).isTrue();
    }

    /** Who starts it as the system's administrator has workers with the rights of another user, who read whose passwords are asked for. */
    @Test
    void asksForPasswordsAlsoWithoutAUserOfItsOwn() throws IOException {
        var route = HttpRoute.builder("a", new Respond(200, "text/plain", Map.of(), "here"))
                .addDomains("a.example.net")
                .exposure(Exposure.PLAIN_HTTP)
                .addAuth(new BasicAuth("x", List.of(new BasicAuth.Account("ops", AccessTraffic.HASH))))
                .build();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var usual = NginxEngine.of(
                NginxEngineOptions.builder(folder.resolve("usual")).build())) {
            var candidate = usual.candidate(
                    ProxyDocument.builder()
                            .settings(ProxySettings.builder()
                                    .listenAddress("127.0.0.1")
                                    .httpPort(ports[0])
                                    .httpsPort(ports[1])
                                    .build())
                            .addRoutes(route)
                            .build(),
                    1);
            try (var client = new TrafficClient(ports[0])) {
                usual.apply(candidate, usual.running());
                assertThat(usual.prove(candidate).proven()).isTrue();
                var right = "Basic " + Base64.getEncoder().encodeToString("ops:abc123xyz".getBytes(UTF_8));
                assertThat(client.plain("a.example.net", "/", "Authorization", right)
                                .text())
                        .isEqualTo("here");
                assertThat(client.plain("a.example.net", "/").status()).isEqualTo(401);
            } finally {
                usual.restore(new Running("", new Candidate(0, Map.of())));
            }
        }
    }

    /** As it is left by a process that ends while it deletes one. */
    @Test
    void writesAgainWhatIsNotThereWhole() throws IOException {
        var first = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.empty()), 1);
        assertThat(engine.validate(first)).isEmpty();
        try (var releases = Files.list(folder.resolve("nginx/releases"))) {
            Files.delete(releases.findFirst().orElseThrow().resolve(NginxConfig.MAIN));
        }

        assertThat(engine.validate(first)).isEmpty();
        engine.apply(first, engine.running());

        assertThat(engine.prove(first).proven()).isTrue();
    }

    /** Whoever died between both has left it in its place, and nginx with what it had read. */
    @Test
    void readsWhatIsInItsPlaceAndWasNotRead() throws IOException {
        try (var store = FileRouteStore.open(folder.resolve("store"));
                var service = ProxyService.builder(store, engine).build()) {
            service.change("anna", "one", any -> document(Exposure.PLAIN_HTTP, OptionalInt.empty()));
            var saved = store.commit(
                    store.head().etag(),
                    document(Exposure.PLAIN_HTTP, OptionalInt.of(ports[2])),
                    new ChangeNote("anna", "two", Instant.now()));
            var candidate = engine.candidate(saved.document(), saved.number());
            var releases = new NginxReleases(folder.resolve("nginx"), Optional.empty());
            releases.choose(releases.write(candidate));

            var report = service.apply();

            assertThat(report.outcome()).as("%s", report).isEqualTo(ApplyReport.Outcome.APPLIED);
            assertThat(store.head().number()).isEqualTo(saved.number());
            assertThat(engine.prove(candidate).proven()).isTrue();
        }
    }

    @Test
    void doesNotReplaceWhatSomebodyElseChanged() {
        var seen = engine.running();
        engine.apply(engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.empty()), 1), seen);
        var second = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.empty()), 2);

        assertThatThrownBy(() -> engine.apply(second, seen))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CHANGED));
    }

    @Test
    void waitsForACertificateWithoutHarmToTheRest() throws Exception {
        var document = document(Exposure.PUBLIC, OptionalInt.empty());
        var first = engine.candidate(document, 1);
        engine.apply(first, engine.running());
        assertThat(engine.prove(first).proven()).isTrue();
        var challenge = Files.createDirectories(folder.resolve("nginx/challenges/.well-known/acme-challenge"));
        Files.writeString(challenge.resolve("token"), "proof");
        try (var client = new TrafficClient(ports[0])) {
            assertThat(client.plain("a.example.net", "/.well-known/acme-challenge/token")
                            .text())
                    .isEqualTo("proof");
            assertThat(client.plain("a.example.net", "/").status()).isEqualTo(503);
        }

        var made = new NginxProgram(folder).certificate();
        var live = Files.createDirectories(folder.resolve("live/rookery-a.example.net"));
        Files.copy(Path.of(made.certificate()), live.resolve("fullchain.pem"));
        Files.copy(Path.of(made.key()), live.resolve("privkey.pem"));
        var second = engine.candidate(document, 2);
        engine.apply(second, engine.running());

        var proof = engine.prove(second);
        assertThat(proof.proven()).as("%s", proof).isTrue();
        try (var client = new TrafficClient(ports[1])) {
            assertThat(client.secure("a.example.net", "/").text()).isEqualTo("here");
        }
    }

    @Test
    void waitsAsLongAsNginxReads() {
        engine.close();
        var document = document(Exposure.PLAIN_HTTP, OptionalInt.empty());
        var many = IntStream.range(0, 4000)
                .mapToObj(i -> HttpRoute.builder("many-" + i, ProxyTo.of(Upstream.http("10.0.0.1", 8000 + i)))
                        .addDomains("many-" + i + ".example.net")
                        .exposure(Exposure.PLAIN_HTTP)
                        .build())
                .toList();
        // Shorter than it takes to read thousands of routes.
        engine = NginxEngine.of(options().probeTimeout(Duration.ofMillis(150)).build());
        var first = engine.candidate(document, 1);
        engine.apply(first, engine.running());
        var second = engine.candidate(
                ProxyDocument.builder().from(document).addAllRoutes(many).build(), 2);
        engine.apply(second, engine.running());

        assertThat(engine.prove(second).checks())
                .filteredOn(check -> check.route().isEmpty())
                .allSatisfy(check -> assertThat(check.outcome()).isEqualTo(Proof.Outcome.PASSED));
    }

    @Test
    void tellsWhatNginxNotedWhenItCouldNotStart() {
        var first = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.empty()), 1);
        engine.apply(first, engine.running());
        var second = engine.candidate(
                ProxyDocument.builder()
                        .from(document(Exposure.PLAIN_HTTP, OptionalInt.empty()))
                        .settings(ProxySettings.builder()
                                .listenAddress("192.0.2.1")
                                .httpPort(ports[0])
                                .httpsPort(ports[1])
                                .build())
                        .build(),
                2);
        engine.apply(second, engine.running());

        assertThat(engine.prove(second).checks()).anySatisfy(check -> {
            assertThat(check.what()).isEqualTo("nginx's log");
            assertThat(check.said()).contains("192.0.2.1");
        });
    }

    @Test
    void keepsOnlyTheLastConfigurations() throws IOException {
        for (int revision = 1; revision <= 10; revision++) {
            var candidate = engine.candidate(document(Exposure.PLAIN_HTTP, OptionalInt.empty()), revision);
            engine.apply(candidate, engine.running());
            engine.keep(candidate);
        }
        try (var releases = Files.list(folder.resolve("nginx/releases"))) {
            assertThat(releases.count()).isEqualTo(6);
        }
        assertThat(engine.running().content().revision()).isEqualTo(10);
    }

    private ProxyDocument document(Exposure exposure, OptionalInt tunnelPort) {
        return ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .listenAddress("127.0.0.1")
                        .httpPort(ports[0])
                        .httpsPort(ports[1])
                        .tunnelPort(tunnelPort)
                        .build())
                .addRoutes(HttpRoute.builder("a", new Respond(200, "text/plain", Map.of(), "here"))
                        .addDomains("a.example.net")
                        .exposure(exposure)
                        .build())
                .build();
    }
}
