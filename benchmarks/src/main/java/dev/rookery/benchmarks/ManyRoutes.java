package dev.rookery.benchmarks;

import dev.rookery.proxy.CaddyConfig;
import dev.rookery.proxy.CaddyOptions;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.engine.CaddyEngine;
import dev.rookery.proxy.engine.CaddyEngineOptions;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Checks, generates, compares, saves and applies many routes, beside {@code caddy adapt} of the Caddyfile that means the same: {@code ManyRoutes
 * CADDY ROUTES}. Each is done five times in one process, and the median counts; a Caddy is a process of its own each time, as it is for whoever
 * calls it.
 */
public final class ManyRoutes {

    private static final int ROUNDS = 5;
    private static final double MEBIBYTE = 1 << 20;

    private final String caddy;
    private final Path folder;
    private final ProxyDocument document;
    private final EngineFeatures features = EngineFeatures.caddy("2.6.2");

    private ManyRoutes(String caddy, Path folder, int routes) throws IOException {
        this.caddy = caddy;
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
            new ManyRoutes(args[0], folder, Integer.parseInt(args[1])).run();
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run() throws Exception {
        int count = document.routes().size();
        long before = heap();
        var config = CaddyConfig.of(document, features, CaddyOptions.usual(1)).bytes();
        System.out.printf("%d routes, %.1f MiB of JSON for Caddy%n", count, config.length / MEBIBYTE);
        double checked = median(() -> RouteCheck.check(document, features));
        double made = median(
                () -> CaddyConfig.of(document, features, CaddyOptions.usual(1)).bytes());
        double adapted = adapted(count);
        System.out.printf("RESULT: %d routes checked: %.0f ms%n", count, checked);
        System.out.printf(
                "RESULT: %d routes checked and made: %.0f ms; caddy adapt of the Caddyfile: %.0f ms, %.2f%n",
                count, made, adapted, adapted / made);
        apply(count);
        System.out.printf("RESULT: heap after all of it: %.0f MiB more than before%n", (heap() - before) / MEBIBYTE);
    }

    private double adapted(int count) throws Exception {
        var file = folder.resolve("Caddyfile");
        var text = new StringBuilder("{\n\tadmin off\n}\n");
        for (int i = 0; i < count; i++) {
            text.append("http://").append(host(i)).append(" {\n\treverse_proxy 10.0.0.1:8080\n}\n");
        }
        Files.writeString(file, text);
        var command = List.of(caddy, "adapt", "--config", file.toString(), "--adapter", "caddyfile");
        return median(() -> {
            var process = new ProcessBuilder(command)
                    .redirectOutput(folder.resolve("adapted.json").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("caddy adapt ended with " + process.exitValue());
            }
            return process;
        });
    }

    private void apply(int count) throws Exception {
        var admin = "127.0.0.1:" + freePort();
        var boot = folder.resolve("boot.json");
        Files.writeString(
                boot,
                "{\"admin\":{\"listen\":\"" + admin + "\",\"enforce_origin\":true,\"origins\":[\"" + admin
                        + "\"],\"config\":{\"persist\":false}}}");
        var builder = new ProcessBuilder(caddy, "run", "--config", boot.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        var process = builder.start();
        try (var engine = CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                        .admin(admin)
                        .program(caddy)
                        .bootFile(boot)
                        .build());
                var service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                        .build()) {
            await(engine);
            double all = millis(() -> applied(service, document));
            System.out.printf("RESULT: %d routes checked, saved, validated, applied and proven: %.0f ms%n", count, all);
            var ports = new int[] {9000};
            double one = median(() -> {
                var routes = new ArrayList<>(document.routes());
                ports[0]++;
                routes.set(count / 2, route(count / 2, ports[0]));
                return applied(
                        service,
                        ProxyDocument.builder().from(document).routes(routes).build());
            });
            System.out.printf("RESULT: one of %d routes changed, the same way: %.0f ms%n", count, one);
            double none = median(service::apply);
            System.out.printf("RESULT: found that %d routes run already: %.0f ms%n", count, none);
        } finally {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static Object applied(ProxyService service, ProxyDocument wanted) {
        var report = service.change("benchmark", "measured", present -> wanted);
        if (!report.applied()) {
            throw new IllegalStateException(report.toString());
        }
        return report;
    }

    private static void await(CaddyEngine engine) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                engine.running();
                return;
            } catch (EngineException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
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

    private static double median(Callable<?> work) throws Exception {
        var times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            times[i] = millis(work);
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private static double millis(Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        if (work.call() == null) {
            throw new IllegalStateException("nothing was made");
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static long heap() {
        var runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
