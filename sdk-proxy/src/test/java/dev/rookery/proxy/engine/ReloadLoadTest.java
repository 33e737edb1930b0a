package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.engine.Wrk.Counted;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.store.FileRouteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests, as many as go, while routes are changed, beside the program's own reload of the same configurations in the same run. What is printed depends on
 * the machine; that an answer is a right one, and that the last change runs, does not. {@code -Drookery.reload-seconds} sets how long each part takes.
 */
class ReloadLoadTest {

    private static final int SECONDS = Integer.getInteger("rookery.reload-seconds", 1);
    private static final String HOST = "load.example.net";
    private static final long PAUSE_NANOS = 250_000_000L;

    @TempDir
    Path folder;

    private int[] ports = {};
    private int version;

    @Tag("caddy")
    @Tag("wrk")
    @Test
    void caddyAnswersWhileRoutesChange() throws Exception {
        ports = FreePorts.of(3);
        var admin = "127.0.0.1:" + ports[0];
        try (var caddy = new RunningCaddy(folder, admin);
                var engine = CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                        .admin(admin)
                        .program(RunningCaddy.PROGRAM)
                        .bootFile(caddy.bootFile())
                        .build())) {
            caddy.awaitAnswer(engine);
            compared("caddy reload", engine, changed -> {
                var file = folder.resolve("candidate.json");
                Files.writeString(file, changed);
                run(folder, RunningCaddy.PROGRAM, "reload", "--config", file.toString(), "--address", admin);
            });
        }
    }

    @Tag("nginx")
    @Tag("wrk")
    @Test
    void nginxAnswersWhileRoutesChange() throws Exception {
        ports = FreePorts.of(3);
        var directory = folder.resolve("nginx");
        try (var engine = NginxEngine.of(NginxEngineOptions.builder(directory)
                .certificates(folder.resolve("live"))
                .user(RunningNginx.user())
                .build())) {
            try {
                var current = directory.resolve("current").resolve("nginx.conf").toString();
                compared(
                        "nginx -s reload",
                        engine,
                        changed -> run(folder, "nginx", "-p", directory.toString(), "-c", current, "-s", "reload"));
            } finally {
                RunningNginx.end(engine, directory);
            }
        }
    }

    private void compared(String reload, ProxyEngine engine, Reload bare) throws Exception {
        try (var store = FileRouteStore.open(folder.resolve("state"));
                var service = ProxyService.builder(store, engine).build()) {
            changed(service);
            for (var connection : new String[] {"keep-alive", "close"}) {
                var calm = loaded(connection, () -> LockSupport.parkNanos(PAUSE_NANOS));
                var ours = loaded(connection, () -> changed(service));
                var theirs = loaded(connection, () -> {
                    version++;
                    var document = document();
                    var candidate = engine.candidate(document, version);
                    bare.with(String.valueOf(candidate.files().get("caddy.json")));
                });
                System.out.printf(
                        "RESULT: connections that %s: %s of requests failed while routes were changed %d times; %s beside %d times `%s`; %s without a change%n",
                        connection.equals("close") ? "are closed" : "are kept",
                        ours.counted.share(),
                        ours.times,
                        theirs.counted.share(),
                        theirs.times,
                        reload,
                        calm.counted.share());
                // What the program's own reload did is nobody's change: the next one of ours replaces it.
                changed(service);
            }
        }
    }

    /** Changes the one route until the requests end. */
    private Loaded loaded(String connection, Step step) throws Exception {
        int times = 0;
        try (var wrk = new Wrk(folder, ports[1], HOST, connection, SECONDS)) {
            while (wrk.runs()) {
                step.make();
                times++;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            var counted = wrk.counted();
            assertThat(counted.wrong()).as(counted.example()).isZero();
            assertThat(counted.answered()).isPositive();
            return new Loaded(counted, times);
        }
    }

    private void changed(ProxyService service) {
        version++;
        var report = service.change("tester", "version " + version, present -> document());
        assertThat(report.applied()).as("%s", report).isTrue();
        assertThat(service.state().applied()).isTrue();
    }

    private ProxyDocument document() {
        return ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .listenAddress("127.0.0.1")
                        .httpPort(ports[1])
                        .httpsPort(ports[2])
                        .build())
                .addRoutes(HttpRoute.builder("load", new Respond(200, "text/plain", Map.of(), "version " + version))
                        .addDomains(HOST)
                        .exposure(Exposure.PLAIN_HTTP)
                        .build())
                .build();
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("reload.log").toFile());
        builder.environment().put("HOME", folder.toString());
        var process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("reload.log")))
                .isZero();
    }

    private record Loaded(Counted counted, int times) {}

    /** The program's own way to another configuration. */
    private interface Reload {
        void with(String config) throws IOException, InterruptedException;
    }

    /** Something that is done again and again. */
    private interface Step {
        void make() throws IOException, InterruptedException;
    }
}
