package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a change count only if the cloud takes it, too: what the cloud refuses for good is taken back there, and the document becomes again what the cloud took
 * last, as a revision of its own. A cloud that is away refuses nothing: it is judged when it answers. Thread-safe.
 */
final class StrictCloud {

    /** The name under which the store keeps the newest revision that the cloud did not refuse. */
    static final String ACCEPTED = "cloud-accepted";

    private static final Logger LOG = LoggerFactory.getLogger(StrictCloud.class);
    private static final String AUTHOR = "rookery";
    private static final int REASON_MAX = 400;

    private final RouteStore store;
    private final ApplyPipeline pipeline;
    private final CloudStage cloud;
    private final Clock clock;
    private Optional<TakenBack> last = Optional.empty();

    StrictCloud(RouteStore store, ApplyPipeline pipeline, CloudStage cloud, Clock clock) {
        this.store = store;
        this.pipeline = pipeline;
        this.cloud = cloud;
        this.clock = clock;
    }

    /**
     * What was taken back.
     *
     * @param good the revision before
     * @param refused the last one that is not any more
     * @param report how the engine came back
     */
    private record TakenBack(long good, long refused, ApplyReport report) {

        boolean has(RevisionHeader saved) {
            return saved.number() > good && saved.number() <= refused;
        }
    }

    /** Tells the cloud of a change that the engine runs, and returns what became of it in the end. */
    synchronized ApplyReport settled(ApplyReport made) {
        if (!made.applied()) {
            return made;
        }
        if (last.filter(taken -> taken.has(made.saved())).isEmpty()) {
            try {
                var told = cloud.told();
                told.ifPresent(this::judge);
                var overtaken = told.filter(report -> refused(report)
                        && store.head().number() != report.revision()
                        && last.filter(taken -> taken.has(made.saved())).isEmpty());
                if (overtaken.isPresent()) {
                    // Whoever saved since is judged, and this change with his.
                    return unknown(made.saved(), reason(overtaken.get()));
                }
            } catch (StoreException e) {
                LOG.warn(
                        "Whether the cloud takes revision {} is not known yet: {}",
                        made.saved().number(),
                        e.getMessage());
            }
        }
        return last.filter(taken -> taken.has(made.saved()))
                .map(taken -> report(made, taken.report()))
                .orElse(made);
    }

    /** Keeps what the cloud took, or takes back what it refused; returns whether something was taken back. */
    synchronized boolean judge(CloudReport report) {
        var before = last;
        switch (report.state()) {
            case FAILED, PAUSED -> takeBack(report);
            case DONE, SKIPPED, DRIFTED, PARTIAL -> accepted(report.revision());
            case PLANNED, WAITING -> LOG.debug("the cloud has not said what becomes of revision {}", report.revision());
        }
        return !last.equals(before);
    }

    private static boolean refused(CloudReport report) {
        return report.state() == CloudReport.State.FAILED || report.state() == CloudReport.State.PAUSED;
    }

    private static ApplyReport unknown(RevisionHeader saved, String said) {
        return new ApplyReport(saved, Outcome.UNKNOWN, Optional.empty(), said, Optional.empty());
    }

    private void accepted(long revision) {
        if (good() != revision) {
            store.keep(new StageState(
                    ACCEPTED, revision, revision, revision, StageState.Outcome.DONE, "", clock.instant(), ""));
        }
    }

    private long good() {
        return store.stage(ACCEPTED).map(StageState::revision).orElse(0L);
    }

    private void takeBack(CloudReport report) {
        var head = store.head();
        var good = store.find(good());
        // Whoever saved since is judged for it; as long as nothing was ever taken, there is nothing to go back to.
        if (head.number() != report.revision()
                || good.isEmpty()
                || good.get().number() == 0
                || good.get().document().equals(head.document())
                || last.filter(taken -> taken.refused() == head.number()).isPresent()) {
            return;
        }
        var reason = reason(report);
        cloud.undo(head.number());
        try {
            var back = pipeline.change(new Change(
                    AUTHOR,
                    "revision " + head.number() + " taken back: " + reason,
                    Optional.of(head.etag()),
                    present -> good.get().document()));
            last = Optional.of(new TakenBack(
                    good.get().number(),
                    head.number(),
                    new ApplyReport(
                            back.saved(),
                            back.applied() ? Outcome.ROLLED_BACK : back.outcome(),
                            back.proof(),
                            back.applied() ? reason : reason + "; and back again: " + back.said(),
                            Optional.of(back.undone().orElse(back.saved())))));
        } catch (RefusedChangeException e) {
            // What was good has an error by now, such as a certificate that is gone.
            var said = reason + "; and back again: " + e.getMessage();
            last = Optional.of(new TakenBack(good.get().number(), head.number(), unknown(head.header(), said)));
        } catch (StoreException e) {
            if (e.problem() != StoreException.Problem.STALE) {
                throw e;
            }
            LOG.debug("somebody saved meanwhile, and is judged for it");
        }
    }

    private static ApplyReport report(ApplyReport made, ApplyReport back) {
        return new ApplyReport(made.saved(), back.outcome(), back.proof(), back.said(), back.undone());
    }

    private static String reason(CloudReport report) {
        var said = report.parts().stream()
                .filter(part -> part.state() == report.state())
                .findFirst()
                .map(part -> "the cloud refuses " + part.binding() + ": " + part.said())
                .orElse("the cloud refuses it");
        return said.length() > REASON_MAX ? said.substring(0, REASON_MAX) : said;
    }
}
