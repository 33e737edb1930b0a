package dev.rookery.proxy.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.CloudSync;
import dev.rookery.proxy.apply.FileCloud;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.NameOwners;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.UpstreamNames;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process ends between any two steps of a change, and the next one brings store, engine and cloud to the same. */
class ApplyCrashTest {

    private static final int MOST_STEPS = 100;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"other", "silent", "refused", "zombie"})
    void whateverWasBegunEnds(String id) throws Exception {
        int at = 1;
        while (at < MOST_STEPS && haltedAt(at, id)) {
            at++;
        }
        assertThat(at).as("places to halt at").isBetween(10, MOST_STEPS - 1);
    }

    /** Returns whether the process ended before the change did. */
    private boolean haltedAt(int at, String id) throws Exception {
        var site = Files.createDirectory(folder.resolve(id + at));
        var store = FileRouteStore.open(site.resolve("state"));
        var engine = new FileEngine(site);
        var cloud = new FileCloud(site);
        assertThat(pipeline(store, engine).change(put("lobby")).applied()).isTrue();
        cloud(store, cloud).told();

        var halts = new Halts(at);
        try {
            var doomed = halts.over(RouteStore.class, store);
            pipeline(doomed, halts.over(ProxyEngine.class, engine)).change(put(id));
            cloud(doomed, halts.over(CloudSync.class, cloud)).told();
        } catch (Halts.Halted expected) {
            assertThat(halts.happened()).isTrue();
        }

        recover(at, FileRouteStore.open(site.resolve("state")), new FileEngine(site), cloud);
        assertThat(store.head().document().routes())
                .extracting(HttpRoute::id)
                .contains("lobby")
                .doesNotContain("silent", "refused", "zombie");
        return halts.happened();
    }

    private static void recover(int at, RouteStore store, FileEngine engine, FileCloud cloud) {
        var survivor = pipeline(store, engine);
        var report = survivor.converge();
        if (report.outcome() == Outcome.ROLLED_BACK) {
            report = survivor.converge();
        }
        cloud(store, cloud).told();
        assertThat(report.applied())
                .as("halted before step %s: %s", at, report.said())
                .isTrue();
        Converged.check(store, engine, cloud);
        assertThat(store.stage(engine.name()).map(StageState::revision))
                .contains(store.head().number());
    }

    private static ApplyPipeline pipeline(RouteStore store, ProxyEngine engine) {
        return new ApplyPipeline(
                store,
                engine,
                new DocumentChecks(engine, NameOwners.ANYBODY, UpstreamNames.OF_THIS_MACHINE, Clock.systemUTC()),
                Clock.systemUTC(),
                new Events(),
                Waits.USUAL);
    }

    private static CloudStage cloud(RouteStore store, CloudSync cloud) {
        return new CloudStage(store, "file", cloud, Clock.systemUTC(), new Events());
    }

    private static Change put(String id) {
        var route = HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains(id + ".example.net")
                .build();
        return new Change(
                "tester",
                id,
                Optional.empty(),
                document ->
                        ProxyDocument.builder().from(document).addRoutes(route).build());
    }
}
