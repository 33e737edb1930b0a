package dev.rookery.benchmarks;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.FileRouteStore;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Takes many routes the whole way to an engine: all of them, one of them changed, and nothing changed. */
final class AppliedRoutes {

    private static final double MEBIBYTE = 1 << 20;

    private final String title;
    private final ProxyEngine engine;
    private final Path state;

    AppliedRoutes(String title, ProxyEngine engine, Path state) {
        this.title = title;
        this.engine = engine;
        this.state = state;
    }

    /**
     * Measures it.
     *
     * @param changed the route that changes, of a number that is another one each time
     * @param alone how long the engine's own program takes to check and load all of them, in milliseconds
     */
    void measure(ProxyDocument document, IntFunction<HttpRoute> changed, double alone) throws Exception {
        int count = document.routes().size();
        try (var service =
                ProxyService.builder(FileRouteStore.open(state), engine).build()) {
            await();
            long before = live();
            peaks();
            double all = Median.once(() -> applied(service, document));
            say("%d routes checked, saved, validated, applied and proven", count, all, alone);
            var number = new int[1];
            double one = Median.of(() -> {
                var routes = new ArrayList<>(document.routes());
                routes.set(count / 2, changed.apply(++number[0]));
                return applied(
                        service,
                        ProxyDocument.builder().from(document).routes(routes).build());
            });
            say("one of %d routes changed, the same way", count, one, alone);
            double none = Median.of(service::apply);
            System.out.printf("RESULT: %s: found that %d routes run already: %.0f ms%n", title, count, none);
            double peak = peaks();
            System.out.printf(
                    "RESULT: %s: our heap: %.0f MiB more than the routes as they are kept by whoever calls, %.0f MiB at most before garbage was collected%n",
                    title, (live() - before) / MEBIBYTE, peak);
        }
    }

    private void say(String what, int count, double time, double alone) {
        System.out.printf(
                "RESULT: %s: " + what + ": %.0f ms; its own program checks and loads them in %.0f ms, %.2f%n",
                title,
                count,
                time,
                alone,
                alone / time);
    }

    private static Object applied(ProxyService service, ProxyDocument wanted) {
        var report = service.change("benchmark", "measured", present -> wanted);
        if (!report.applied()) {
            throw new IllegalStateException(report.toString());
        }
        return report;
    }

    private void await() {
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

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Returns the most that the heap has had since the last call, in MiB. */
    private static double peaks() {
        double peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed() / MEBIBYTE;
                pool.resetPeakUsage();
            }
        }
        return peak;
    }
}
