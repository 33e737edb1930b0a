package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.kit.Correlation;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.apply.Proof;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.Revision;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that are given to a real Caddy. */
@Tag("caddy")
class CaddyEngineApplyTest {

    @TempDir
    Path folder;

    private int[] ports = {};
    private RunningCaddy caddy;
    private LocalUpstream upstream;
    private CaddyEngine engine;

    @BeforeEach
    void start() throws Exception {
        ports = FreePorts.of(5);
        var admin = "127.0.0.1:" + ports[0];
        caddy = new RunningCaddy(folder, admin);
        upstream = new LocalUpstream("one");
        engine = CaddyEngine.of(options(admin).build());
        awaitAnswer();
    }

    private CaddyEngineOptionsBuilder options(String admin) {
        return CaddyEngineOptions.builder(folder.resolve("work"))
                .admin(admin)
                .program(RunningCaddy.PROGRAM)
                .bootFile(caddy.bootFile())
                .restart(caddy::restart);
    }

    private void awaitAnswer() {
        caddy.await(() -> {
            try {
                engine.running();
                return true;
            } catch (EngineException e) {
                assertThat(e.problem()).isEqualTo(Problem.UNAVAILABLE);
                return false;
            }
        });
    }

    @AfterEach
    void end() {
        engine.close();
        upstream.close();
        caddy.close();
    }

    @Test
    void saysThatAnotherProgramIsWhereTheAdministrationShouldBe() {
        try (var mistaken =
                CaddyEngine.of(options("127.0.0.1:" + upstream.port()).build())) {
            assertThatThrownBy(mistaken::running)
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNAVAILABLE))
                    .hasMessageContaining(upstream.port() + " says no configuration of Caddy");
        }
    }

    @Test
    void runsWhatItWasGivenAndProvesIt() throws IOException {
        var candidate = engine.candidate(document(OptionalInt.empty()), 7);
        assertThat(engine.validate(candidate)).isEmpty();
        var seen = engine.running();

        engine.apply(candidate, seen);
        var proof = engine.prove(candidate);
        engine.keep(candidate);

        assertThat(proof.proven()).as("%s", proof).isTrue();
        assertThat(proof.checks())
                .filteredOn(check -> check.route().isPresent())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.outcome()).isEqualTo(Proof.Outcome.PASSED);
                    assertThat(check.said()).contains("200");
                });
        assertThat(engine.running().is(candidate)).isTrue();
        assertThat(engine.running().content().revision()).isEqualTo(7);
        assertThat(Files.readString(caddy.bootFile()))
                .isEqualTo(candidate.files().get("caddy.json"));
    }

    @Test
    void saysThatAnUpstreamDoesNotAnswerWithoutUndoingTheRest() {
        upstream.close();
        var candidate = engine.candidate(document(OptionalInt.empty()), 1);

        engine.apply(candidate, engine.running());
        var proof = engine.prove(candidate);

        assertThat(proof.proven()).isTrue();
        assertThat(proof.checks()).anySatisfy(check -> {
            assertThat(check.outcome()).isEqualTo(Proof.Outcome.PENDING);
            assertThat(check.route()).contains("a");
        });
    }

    @Test
    void doesNotReplaceWhatSomebodyElseChanged() {
        var seen = engine.running();
        var first = engine.candidate(document(OptionalInt.empty()), 1);
        engine.apply(first, seen);

        assertProblem(Problem.CHANGED, engine.candidate(document(OptionalInt.empty()), 2), seen);

        assertThat(engine.running().is(first)).isTrue();
    }

    @Test
    void changesNothingForAPortThatIsTaken() throws IOException {
        var first = engine.candidate(document(OptionalInt.empty()), 1);
        engine.apply(first, engine.running());
        try (var taken = new ServerSocket(ports[3], 1, InetAddress.getLoopbackAddress())) {
            var second = engine.candidate(document(OptionalInt.of(taken.getLocalPort())), 2);

            assertThatThrownBy(() -> engine.apply(second, engine.running()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("127.0.0.1:" + ports[3])
                    .hasMessageContaining("taken");
        }
        assertThat(engine.prove(first).proven()).isTrue();
    }

    /** Source: caddyserver/caddy#7175. */
    @Test
    void healsWhatAPortLeftBehindThatWasTakenAtTheLastMoment() throws Exception {
        var first = leftBehind();
        var before = engine.running();
        // That this Caddy has the fault at all is what makes this a test.
        boolean faulty = !engine.features().atLeast(2, 11);
        assertThat(engine.prove(first).proven()).as("before it is healed").isEqualTo(!faulty);

        engine.restore(before);

        var proof = engine.prove(first);
        assertThat(proof.proven()).as("%s", proof).isTrue();
    }

    @Test
    void healsWhatAProcessLeftBehindThatIsGone() throws Exception {
        var first = leftBehind();
        engine.close();
        engine = CaddyEngine.of(options("127.0.0.1:" + ports[0]).build());
        try (var store = FileRouteStore.open(folder.resolve("state"));
                var service = ProxyService.builder(store, engine).build()) {
            store.commit(
                    Revision.NONE.etag(), document(OptionalInt.empty()), new ChangeNote("anna", "", Instant.EPOCH));

            var report = service.apply();

            assertThat(report.applied()).as("%s", report).isTrue();
            assertThat(engine.prove(first).proven()).isTrue();
        }
    }

    /** Applies a configuration, and then some that cannot start, without trying their ports first; returns the one that runs. */
    private Candidate leftBehind() throws IOException {
        engine.close();
        engine = CaddyEngine.of(options("127.0.0.1:" + ports[0]).ports(false).build());
        var first = engine.candidate(document(OptionalInt.empty()), 1);
        engine.apply(first, engine.running());
        var before = engine.running();
        try (var taken = new ServerSocket(ports[3], 1, InetAddress.getLoopbackAddress())) {
            for (int revision = 2; revision < 12; revision++) {
                var next = engine.candidate(document(OptionalInt.of(taken.getLocalPort())), revision);
                assertProblem(Problem.REFUSED, next, before);
            }
        }
        return first;
    }

    @Test
    void comesBackToNothing() {
        var nothing = engine.running();
        engine.apply(engine.candidate(document(OptionalInt.empty()), 1), nothing);

        engine.restore(nothing);
        engine.restore(nothing);

        assertThat(engine.running().content().revision()).isZero();
    }

    @Test
    void saysWhyACandidateIsNotTaken() {
        var candidate = new Candidate(1, Map.of("caddy.json", "{\"apps\":{\"http\":{\"bogus\":1}}}"));

        assertThat(engine.validate(candidate)).singleElement().satisfies(finding -> {
            assertThat(finding.error()).isTrue();
            assertThat(finding.message()).contains("bogus");
        });
        assertProblem(Problem.REFUSED, candidate, engine.running());
    }

    @Test
    void tiesTheEnginesLogToTheRequest() throws IOException {
        try (var scope = Correlation.open("click-4711")) {
            assertThat(scope).isNotNull();
            engine.apply(engine.candidate(document(OptionalInt.empty()), 1), engine.running());
        }

        assertThat(Files.readString(caddy.log())).contains("click-4711");
    }

    @Test
    void readsCaddyfiles() {
        var adapted = engine.adapt("http://a.example.net {\n  reverse_proxy 10.0.0.1:8080\n}\n");

        assertThat(adapted.toString()).contains("a.example.net", "10.0.0.1:8080");
        assertThatThrownBy(() -> engine.adapt("a.example.net {\n  bogus\n}\n"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("bogus");
    }

    @Test
    void reachesAnAdministrationInTheFileSystem() throws Exception {
        engine.close();
        caddy.close();
        var admin = "unix/" + folder.resolve("admin.sock");
        caddy = new RunningCaddy(folder, admin);
        engine = CaddyEngine.of(options(admin).build());
        awaitAnswer();
        var candidate = engine.candidate(document(OptionalInt.empty()), 3);

        engine.apply(candidate, engine.running());

        assertThat(engine.prove(candidate).proven()).isTrue();
    }

    private void assertProblem(Problem problem, Candidate candidate, Running seen) {
        assertThatThrownBy(() -> engine.apply(candidate, seen))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.problem()).as(e.getMessage()).isEqualTo(problem));
    }

    private ProxyDocument document(OptionalInt tunnelPort) {
        return ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .listenAddress("127.0.0.1")
                        .httpPort(ports[1])
                        .httpsPort(ports[2])
                        .tunnelPort(tunnelPort)
                        .addAllowedUpstreams("127.0.0.1")
                        .build())
                .addRoutes(HttpRoute.builder("a", ProxyTo.of(Upstream.http("127.0.0.1", upstream.port())))
                        .addDomains("a.example.net")
                        .exposure(Exposure.PLAIN_HTTP)
                        .build())
                .build();
    }
}
