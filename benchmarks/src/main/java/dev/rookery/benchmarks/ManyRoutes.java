package dev.rookery.benchmarks;

import dev.rookery.proxy.CaddyConfig;
import dev.rookery.proxy.CaddyOptions;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.NginxConfig;
import dev.rookery.proxy.NginxOptions;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.engine.CaddyEngine;
import dev.rookery.proxy.engine.CaddyEngineOptions;
import dev.rookery.proxy.engine.NginxEngine;
import dev.rookery.proxy.engine.NginxEngineOptions;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Checks, generates, compares, saves and applies many routes, beside {@code caddy adapt} of the Caddyfile that means the same, and beside what Caddy and
 * nginx take to check and load what was made, without us: {@code ManyRoutes CADDY NGINX ROUTES}. Each is done five times in one process, and the
 * median counts; a Caddy is a process of its own each time, as it is for whoever calls it.
 */
public final class ManyRoutes {

    private static final double MEBIBYTE = 1 << 20;

    private final Path folder;
    private final ProxyDocument document;

    private ManyRoutes(Path folder, int routes) throws IOException {
        this.folder = folder;
        this.document = ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .listenAddress("127.0.0.1")
                        .httpPort(freePort())
                        .httpsPort(freePort())
                        .build())
                .addAllRoutes(
                        IntStream.range(0, routes).mapToObj(i -> route(i, 8080)).toList())
                .build();
    }

    /** Runs the program. */
    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("rookery-many-routes");
        try {
            var routes = new ManyRoutes(folder, Integer.parseInt(args[2]));
            routes.caddy(args[0]);
            if (!args[1].isEmpty()) {
                routes.nginx(args[1]);
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void caddy(String program) throws Exception {
        ours(program, alone(program));
    }

    private double alone(String program) throws Exception {
        var features = EngineFeatures.caddy("2.6.2");
        int count = document.routes().size();
        var admin = "127.0.0.1:" + freePort();
        try (var caddy = new CaddyAlone(program, folder.resolve("caddy"), admin)) {
            double checked = Median.of(() -> RouteCheck.check(document, features));
            double made = Median.of(() ->
                    CaddyConfig.of(document, features, CaddyOptions.usual(1)).bytes());
            adapted(caddy, made);
            System.out.printf("RESULT: %d routes checked: %.0f ms%n", count, checked);
            var config = CaddyConfig.of(document, features, new CaddyOptions(admin, 1))
                    .bytes();
            System.out.printf("%d routes, %.1f MiB of JSON for Caddy%n", count, config.length / MEBIBYTE);
            double alone = Median.of(() -> caddy.checkedAndLoaded(config, admin));
            System.out.printf(
                    "RESULT: caddy: %.0f MiB resident after its own loads, %.0f MiB at most%n",
                    ProcessMemory.now(caddy.pid()), ProcessMemory.peak(caddy.pid()));
            return alone;
        }
    }

    /** In a Caddy of its own, which has loaded nothing before. */
    private void ours(String program, double alone) throws Exception {
        var admin = "127.0.0.1:" + freePort();
        try (var caddy = new CaddyAlone(program, folder.resolve("ours"), admin);
                var engine = CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                        .admin(admin)
                        .program(program)
                        .bootFile(caddy.boot())
                        .build())) {
            new AppliedRoutes("caddy", engine, folder.resolve("caddy-state")).measure(document, this::changed, alone);
            System.out.printf(
                    "RESULT: caddy: %.0f MiB resident after as many of ours, %.0f MiB at most%n",
                    ProcessMemory.now(caddy.pid()), ProcessMemory.peak(caddy.pid()));
        }
    }

    private void adapted(CaddyAlone caddy, double made) throws Exception {
        int count = document.routes().size();
        var text = new StringBuilder("{\n\tadmin off\n}\n");
        for (int i = 0; i < count; i++) {
            text.append("http://").append(host(i)).append(" {\n\treverse_proxy 10.0.0.1:8080\n}\n");
        }
        var file = Files.writeString(folder.resolve("Caddyfile"), text).toString();
        var command = new String[] {"adapt", "--config", file, "--adapter", "caddyfile"};
        double adapted = Median.of(() -> {
            var process = caddy.start(command);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("caddy adapt ended with " + process.exitValue());
            }
            return process;
        });
        System.out.printf(
                "RESULT: %d routes checked and made: %.0f ms; caddy adapt of the Caddyfile: %.0f ms, %.2f; it has %.0f MiB resident at most%n",
                count, made, adapted, adapted / made, ProcessMemory.peakUntilEnd(caddy.start(command)));
    }

    private void nginx(String program) throws Exception {
        int count = document.routes().size();
        var directory = Files.createDirectories(folder.resolve("nginx"));
        Optional<String> user = "root".equals(System.getProperty("user.name")) ? Optional.of("root") : Optional.empty();
        var options = NginxEngineOptions.builder(directory).program(program).user(user);
        try (var engine = NginxEngine.of(options.build())) {
            double made = Median.of(() -> NginxConfig.of(
                    document, engine.features(), NginxOptions.builder(1).build()));
            System.out.printf("RESULT: %d routes checked and made for nginx: %.0f ms%n", count, made);
            var files = engine.candidate(document, 1).files();
            var alone = Files.createDirectories(folder.resolve("nginx-alone"));
            for (var file : files.entrySet()) {
                Files.writeString(alone.resolve(file.getKey()), file.getValue());
            }
            double tested = Median.of(() -> {
                var process = new ProcessBuilder(program, "-p", alone + "/", "-c", alone + "/nginx.conf", "-t", "-q")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() != 0) {
                    throw new IllegalStateException("nginx -t ended with " + process.exitValue());
                }
                return process;
            });
            try {
                // It reads everything once to check it, and once to load it.
                new AppliedRoutes("nginx", engine, folder.resolve("nginx-state"))
                        .measure(document, this::changed, 2 * tested);
            } finally {
                end(directory);
            }
        }
    }

    private static void end(Path directory) throws Exception {
        var file = directory.resolve("nginx.pid");
        if (Files.exists(file)) {
            var process = ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
            if (process.isPresent()) {
                System.out.printf(
                        "RESULT: nginx: %.0f MiB resident, without its workers%n",
                        ProcessMemory.now(process.get().pid()));
                process.get().destroy();
                process.get().onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }

    private HttpRoute changed(int time) {
        return route(document.routes().size() / 2, 9000 + time);
    }

    private static HttpRoute route(int number, int port) {
        return HttpRoute.builder("route-" + number, ProxyTo.of(Upstream.http("10.0.0.1", port)))
                .addDomains(host(number))
                .exposure(Exposure.PLAIN_HTTP)
                .build();
    }

    private static String host(int number) {
        return "server-" + number + ".example.net";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
