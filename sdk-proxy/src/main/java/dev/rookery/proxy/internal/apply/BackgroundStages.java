package dev.rookery.proxy.internal.apply;

import dev.rookery.kit.Backoff;
import dev.rookery.proxy.apply.ApplyPlan;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.apply.CloudSync;
import dev.rookery.proxy.store.RevisionArchive;
import dev.rookery.proxy.store.RouteStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What no change waits for: the engine tried again while it is away, the cloud told, copies kept. One thread, which looks at how far each is and not at
 * what was missed. Thread-safe.
 */
public final class BackgroundStages implements AutoCloseable {

    /** The name of the cloud's state in the store. */
    public static final String CLOUD = "cloud";

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundStages.class);
    private static final Backoff BACKOFF = Backoff.of(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);
    private static final Duration CLOUD_PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final ApplyPipeline pipeline;
    private final Optional<CloudStage> cloud;
    private final Optional<StrictCloud> strict;
    private final Optional<ArchiveStage> archive;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread = Turn.thread("proxy-stages");
    private final Turn engineTurn = new Turn(thread, this::engine);
    private final Turn cloudTurn = new Turn(thread, this::cloud);
    private final Turn archiveTurn = new Turn(thread, this::archive);
    private final Turn leavingTurn = new Turn(thread, this::letGo);
    private int engineFailures;
    private int cloudFailures;
    private int archiveFailures;
    private int leavingFailures;

    /** Creates it; it does nothing until it is asked to. */
    public BackgroundStages(
            RouteStore store,
            String engine,
            Optional<CloudSync> cloud,
            boolean strictly,
            Optional<RevisionArchive> archive,
            ApplyPipeline pipeline,
            Clock clock,
            Events events) {
        this.pipeline = pipeline;
        this.cloud = cloud.map(sync -> new CloudStage(store, engine, sync, clock, events));
        this.strict = this.cloud.filter(stage -> strictly).map(stage -> new StrictCloud(store, pipeline, stage, clock));
        this.archive = archive.map(to -> new ArchiveStage(store, to, clock));
        this.clock = clock;
    }

    /** Brings everything to what is saved. */
    public void start() {
        engineTurn.soon();
    }

    /** Returns what became of a change in the end: if the cloud has to take it, too, it is told before. */
    public ApplyReport settled(ApplyReport report) {
        return strict.map(judge -> judge.settled(report)).orElse(report);
    }

    /** Goes on from what became of a change. */
    public void tried(ApplyReport report) {
        if (report.outcome() == ApplyReport.Outcome.WAITING || report.outcome() == ApplyReport.Outcome.UNKNOWN) {
            engineTurn.in(BACKOFF.pauseAfter(1));
        }
        cloudTurn.soon();
        archiveTurn.soon();
    }

    /** Adds to a plan what the cloud would be told. */
    public ApplyPlan withCloud(ApplyPlan plan) {
        return new ApplyPlan(
                plan.base(),
                plan.document(),
                plan.differences(),
                plan.findings(),
                plan.running(),
                plan.candidate(),
                cloud.map(stage -> stage.plan(plan.document(), plan.base().number() + 1)));
    }

    /** Tells the cloud now. */
    public Optional<CloudReport> sync() {
        var report = cloud.flatMap(CloudStage::now);
        report.ifPresent(this::again);
        leavingTurn.soon();
        return report;
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            // What is under way ends by itself: in the middle of it an engine would be left to whoever comes next.
            if (!thread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("What is told to others did not end within {} and is interrupted", CLOSE_LIMIT);
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void engine() {
        try {
            var report = pipeline.converge();
            boolean again =
                    report.outcome() == ApplyReport.Outcome.WAITING || report.outcome() == ApplyReport.Outcome.UNKNOWN;
            engineFailures = again ? engineFailures + 1 : 0;
            if (again) {
                engineTurn.in(BACKOFF.pauseAfter(engineFailures));
            }
        } catch (RuntimeException e) {
            engineFailures++;
            LOG.warn("The engine cannot be brought to what is saved: {}", e.getMessage());
            engineTurn.in(BACKOFF.pauseAfter(engineFailures));
        }
        cloud();
        archive();
    }

    private void cloud() {
        try {
            var report = cloud.flatMap(CloudStage::told);
            report.ifPresent(this::again);
            cloudFailures = 0;
            judged(report);
            letGo();
        } catch (RuntimeException e) {
            cloudFailures++;
            LOG.warn("The cloud cannot be told: {}", e.getMessage());
            cloudTurn.in(BACKOFF.pauseAfter(cloudFailures));
        }
    }

    /** What was taken back is another revision, of which the cloud knows nothing yet. */
    private void judged(Optional<CloudReport> report) {
        boolean back =
                report.flatMap(told -> strict.map(judge -> judge.judge(told))).orElse(false);
        if (back) {
            cloudTurn.soon();
        }
    }

    /** What the engine still has for names that were to be led elsewhere goes when they are, or when that takes too long. */
    private void letGo() {
        var left = cloud.isEmpty() ? Optional.<Duration>empty() : pipeline.carriesFor();
        boolean overdue = left.filter(Duration::isZero).isPresent();
        leavingFailures = overdue ? leavingFailures + 1 : 0;
        left.ifPresent(time -> engineTurn.in(overdue ? BACKOFF.pauseAfter(leavingFailures) : time));
    }

    private void again(CloudReport report) {
        report.nextAt().ifPresent(at -> cloudTurn.in(atLeast(Duration.between(clock.instant(), at))));
    }

    private void archive() {
        try {
            archive.ifPresent(ArchiveStage::copy);
            archiveFailures = 0;
        } catch (RuntimeException e) {
            archiveFailures++;
            LOG.warn("Copies of revisions cannot be kept: {}", e.getMessage());
            archiveTurn.in(BACKOFF.pauseAfter(archiveFailures));
        }
    }

    /** A cloud that asks for no pause gets one: it is asked over a network. */
    private static Duration atLeast(Duration pause) {
        return pause.compareTo(CLOUD_PAUSE_MIN) < 0 ? CLOUD_PAUSE_MIN : pause;
    }
}
