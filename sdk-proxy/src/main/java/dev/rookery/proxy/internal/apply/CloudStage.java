package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.apply.CloudSync;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells a cloud what the engine provably runs, and keeps how that went. One of all processes does it at a time. */
final class CloudStage {

    private static final Duration LOCK_LIMIT = Duration.ofMinutes(2);

    private final RouteStore store;
    private final String engine;
    private final CloudSync sync;
    private final Clock clock;
    private final Events events;
    private volatile List<CloudReport.Part> said = List.of();

    CloudStage(RouteStore store, String engine, CloudSync sync, Clock clock, Events events) {
        this.store = store;
        this.engine = engine;
        this.sync = sync;
        this.clock = clock;
        this.events = events;
    }

    CloudReport plan(ProxyDocument document, long revision) {
        return sync.plan(document, revision);
    }

    /** Does what is due; returns what is to say of it, empty if the engine has nothing yet. What is as it was is not said again. */
    Optional<CloudReport> told() {
        return alone(revision -> {
            var report = sync.sync(revision.document(), revision.number());
            var state = state(report);
            if (!same(report, state)) {
                say(report, state);
            }
            return report;
        });
    }

    /** Does all there is to do, because somebody asks for it; returns what became of it, empty if the engine has nothing yet. */
    Optional<CloudReport> now() {
        return alone(revision -> {
            var report = sync.syncNow(revision.document(), revision.number());
            say(report, state(report));
            return report;
        });
    }

    /** Has the cloud take back what it did for a revision. */
    void undo(long number) {
        alone(revision -> {
            var report = sync.undo(number);
            say(report, state(report));
            return report;
        });
    }

    private Optional<CloudReport> alone(Function<Revision, CloudReport> task) {
        var lock = store.lock(BackgroundStages.CLOUD, LOCK_LIMIT);
        try {
            return store.stage(engine)
                    .flatMap(state -> store.find(state.revision()))
                    .filter(revision -> revision.number() > 0)
                    .map(task);
        } finally {
            lock.close();
        }
    }

    private void say(CloudReport report, StageState state) {
        store.keep(state);
        said = report.parts();
        events.tell(correlation -> new ProxyEvent.CloudTold(correlation, report));
    }

    private boolean same(CloudReport report, StageState state) {
        return report.parts().equals(said)
                && store.stage(BackgroundStages.CLOUD)
                        .filter(kept -> kept.revision() == state.revision()
                                && kept.tried() == state.tried()
                                && kept.outcome() == state.outcome()
                                && kept.said().equals(state.said()))
                        .isPresent();
    }

    private StageState state(CloudReport report) {
        var outcome = switch (report.state()) {
            case DONE, SKIPPED, PLANNED -> StageState.Outcome.DONE;
            case WAITING -> StageState.Outcome.WAITING;
            case DRIFTED, PARTIAL, PAUSED, FAILED -> StageState.Outcome.FAILED;
        };
        long before =
                store.stage(BackgroundStages.CLOUD).map(StageState::revision).orElse(0L);
        long has = outcome == StageState.Outcome.DONE ? report.revision() : before;
        var said = report.parts().stream()
                .filter(part -> part.state() == report.state() && outcome != StageState.Outcome.DONE)
                .findFirst()
                .map(part ->
                        part.binding() + part.name().map(name -> " " + name).orElse("") + ": " + part.said())
                .orElse("");
        return new StageState(BackgroundStages.CLOUD, has, has, report.revision(), outcome, said, clock.instant(), "");
    }
}
