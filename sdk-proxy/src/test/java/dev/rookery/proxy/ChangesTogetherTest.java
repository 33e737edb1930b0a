package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.kit.Correlation;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that come while one is made: few reloads, a report for each, and nobody pays for what another one did. */
@SuppressWarnings("NullAway.Init") // JUnit opens the service before each test
class ChangesTogetherTest {

    private static final int RELOADS_MAX = 6;

    @TempDir
    Path folder;

    private FileEngine engine;
    private ProxyService service;
    private ProxyRoutes routes;

    @BeforeEach
    void open() {
        engine = new FileEngine(folder);
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                .build();
        routes = service.routes("anna");
        assertThat(routes.put(route("lobby")).applied()).isTrue();
        engine.applied.set(0);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void fiftyAtOnceAreFewReloads() throws Exception {
        var wanted = ids("server", 50);

        var reports = atOnce(wanted);

        assertThat(engine.applied.get()).as("reloads").isBetween(2, RELOADS_MAX);
        assertThat(reports.values()).allMatch(report -> report instanceof ApplyReport one && one.applied());
        assertThat(routes.list()).extracting(HttpRoute::id).containsAll(wanted);
        assertThat(engine.routes().lines()).hasSize(51);
        assertThat(reports.values().stream().map(report -> saved(report)).distinct())
                .as("each is a revision of its own")
                .hasSize(50);
        reports.forEach((id, report) -> assertThat(report)
                .isInstanceOfSatisfying(
                        ApplyReport.class,
                        one -> assertThat(one.saved().note().reason()).isEqualTo("route " + id)));
    }

    @Test
    void whatOurChecksOrTheProgramRefuseIsRefusedAlone() throws Exception {
        var wanted = ids("server", 20);
        var all = new ArrayList<>(wanted);
        all.add(7, "invalid");
        all.add(13, "bad_domain");

        var reports = atOnce(all);

        assertThat(reports.remove("invalid")).isInstanceOf(RefusedChangeException.class);
        assertThat(reports.remove("bad_domain")).isInstanceOf(RefusedChangeException.class);
        assertThat(reports.values()).allMatch(report -> report instanceof ApplyReport one && one.applied());
        assertThat(engine.applied.get()).as("reloads").isBetween(2, RELOADS_MAX);
        assertThat(routes.list()).hasSize(21);
    }

    @Test
    void whatTheEngineDoesNotTakeIsUndoneAlone() throws Exception {
        var wanted = ids("server", 20);
        var all = new ArrayList<>(wanted);
        all.add(5, "refused");
        all.add(11, "silent");
        all.add(17, "zombie");

        var reports = atOnce(all);

        for (var bad : List.of("refused", "silent", "zombie")) {
            assertThat(reports.remove(bad)).isInstanceOfSatisfying(ApplyReport.class, report -> {
                assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
                assertThat(report.undone()).isPresent();
            });
        }
        assertThat(reports.values()).allMatch(report -> report instanceof ApplyReport one && one.applied());
        assertThat(routes.list()).extracting(HttpRoute::id).containsAll(wanted).hasSize(21);
        assertThat(engine.routes().lines()).hasSize(21);
        assertThat(service.state().applied()).isTrue();
    }

    @Test
    void anEditThatBreaksTakesNoOtherOneWithIt() throws Exception {
        var tasks = new LinkedHashMap<String, Callable<ApplyReport>>();
        ids("server", 5).forEach(id -> tasks.put(id, () -> routes.put(route(id))));
        tasks.put(
                "broken",
                () -> service.change("bert", "broken", document -> {
                    throw new StackOverflowError();
                }));

        var reports = meanwhile(tasks);

        assertThat(reports.remove("broken"))
                .isInstanceOfSatisfying(
                        IllegalStateException.class, e -> assertThat(e).hasCauseInstanceOf(StackOverflowError.class));
        assertThat(reports.values()).allMatch(report -> report instanceof ApplyReport one && one.applied());
        assertThat(routes.put(route("later")).applied()).isTrue();
    }

    @Test
    void whatWasMadeFromACertainRevisionIsNotMadeOfAnother() throws Exception {
        var seen = service.head();
        var wanted = ids("server", 10);

        var tasks = new LinkedHashMap<String, Callable<ApplyReport>>();
        wanted.forEach(id -> tasks.put(id, () -> routes.put(route(id))));
        tasks.put("all", () -> service.replace(seen.etag(), "bert", "all", ProxyDocument.EMPTY));
        var reports = meanwhile(tasks);

        assertThat(reports.remove("all"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.problem()).isEqualTo(StoreException.Problem.STALE));
        assertThat(routes.list()).extracting(HttpRoute::id).containsAll(wanted);
    }

    @Test
    void eachIsSavedInTheNameOfWhatCausedIt() throws Exception {
        Map<String, String> caused = new ConcurrentHashMap<>();
        service.addListener(event -> {
            if (event instanceof ProxyEvent.Saved saved) {
                caused.put(saved.revision().note().reason(), saved.correlation());
            }
        });
        var tasks = new LinkedHashMap<String, Callable<ApplyReport>>();
        ids("server", 10)
                .forEach(id -> tasks.put(id, () -> {
                    var scope = Correlation.open("click-" + id);
                    try {
                        return routes.put(route(id));
                    } finally {
                        scope.close();
                    }
                }));

        meanwhile(tasks);

        ids("server", 10).forEach(id -> assertThat(caused).containsEntry("route " + id, "click-" + id));
    }

    @Test
    void aListenerCannotChangeWhatIsBeingChanged() {
        var refused = new AtomicReference<RuntimeException>();
        service.addListener(event -> {
            try {
                routes.put(route("other"));
            } catch (StoreException e) {
                refused.set(e);
            }
        });

        assertThat(routes.put(route("third")).applied()).isTrue();
        assertThat(refused.get()).isNotNull();
        assertThat(routes.find("other")).isEmpty();
    }

    @Test
    void nobodyIsCollectedForLong() {
        var builder = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine);

        assertThatThrownBy(() -> builder.collect(Duration.ofMillis(-1))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> builder.collect(Duration.ofHours(1))).isInstanceOf(InvalidInputException.class);
    }

    private Map<String, Object> atOnce(List<String> ids) throws Exception {
        var tasks = new LinkedHashMap<String, Callable<ApplyReport>>();
        ids.forEach(id -> tasks.put(id, () -> routes.put(route(id))));
        return meanwhile(tasks);
    }

    /** Does things while a change is made; returns what became of each: a report, or what was thrown. */
    private Map<String, Object> meanwhile(Map<String, Callable<ApplyReport>> tasks) throws Exception {
        var applying = new CountDownLatch(1);
        var begun = new CountDownLatch(tasks.size());
        engine.meanwhile = () -> {
            engine.meanwhile = () -> {};
            applying.countDown();
            await(begun);
        };
        var threads = Executors.newCachedThreadPool();
        try {
            var first = threads.submit(() -> routes.put(route("first")));
            await(applying);
            var futures = new LinkedHashMap<String, Future<ApplyReport>>();
            tasks.forEach((id, task) -> futures.put(id, threads.submit(() -> {
                begun.countDown();
                return task.call();
            })));
            var became = new HashMap<String, Object>();
            for (var future : futures.entrySet()) {
                became.put(future.getKey(), became(future.getValue()));
            }
            assertThat(first.get(60, TimeUnit.SECONDS).applied()).isTrue();
            routes.remove("first");
            return became;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Object became(Future<ApplyReport> future) throws Exception {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static long saved(Object report) {
        return ((ApplyReport) report).saved().number();
    }

    private static List<String> ids(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    private static HttpRoute route(String id) {
        return HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains(id + ".example.net")
                .build();
    }
}
