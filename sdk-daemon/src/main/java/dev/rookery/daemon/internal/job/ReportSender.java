package dev.rookery.daemon.internal.job;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.StateChange;
import dev.rookery.daemon.internal.store.DaemonStore;
import dev.rookery.daemon.internal.store.DaemonStore.Report;
import dev.rookery.daemon.internal.store.DaemonStore.Waiting;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the panel is to be told until the panel has taken it: over failures of the panel, and over restarts. Each server has a queue of
 * its own ({@link ReportSchedule}). A report keeps its key, which travels as the correlation id, however often it is tried: a panel that
 * remembers keys sees that it has it already. What the panel refuses for good is dropped, the report of an installation after some minutes. {@link #run} is its thread; {@link #wake} may be
 * called by any.
 */
public final class ReportSender implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportSender.class);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(5);
    private static final String INSTALL = "install";
    /** How often an installation's report is tried that the panel refuses: for some ten minutes. */
    private static final int REFUSALS = 15;

    private static final int TOLD_EVERY = 20;

    private final DaemonStore store;
    private final Panel panel;
    private final Duration timeout;
    private final UUID node;
    private final Executor threads;
    private final CrashPoints points;
    private final ReportSchedule schedule;
    private final Semaphore work = new Semaphore(1);
    /** What the panel has taken and the store still has. */
    private final Set<Report> delivered = ConcurrentHashMap.newKeySet();

    /**
     * Creates a sender.
     *
     * @param timeout the longest time one report may take
     * @param node part of the reports' keys
     * @param threads run what waits for the panel
     * @param points hears what was delivered
     */
    public ReportSender(
            DaemonStore store, Panel panel, Duration timeout, UUID node, Executor threads, CrashPoints points) {
        this(store, panel, timeout, node, threads, points, new ReportSchedule());
    }

    /** Creates a sender with pauses of its own. */
    ReportSender(
            DaemonStore store,
            Panel panel,
            Duration timeout,
            UUID node,
            Executor threads,
            CrashPoints points,
            ReportSchedule schedule) {
        this.points = points;
        this.store = store;
        this.panel = panel;
        this.timeout = timeout;
        this.node = node;
        this.threads = threads;
        this.schedule = schedule;
    }

    /** Says that there is something new to send. */
    public void wake() {
        work.release();
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                work.drainPermits();
                boolean woken = work.tryAcquire(round().toMillis() + 1, TimeUnit.MILLISECONDS);
                LOG.trace("looking for reports, {}", woken ? "there is something new" : "it is time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RejectedExecutionException ignored) {
            // The daemon is closing: what is left is sent after its next start.
        }
    }

    private Duration round() {
        try {
            var heads = store.outboxHeads();
            synchronized (schedule) {
                var due = schedule.begin(heads, System.nanoTime());
                due.forEach(report -> threads.execute(() -> send(report)));
                return schedule.pause(IDLE, System.nanoTime());
            }
        } catch (RookeryException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.error("reports to the panel cannot be read from the store", e);
            }
            return STORE_PAUSE;
        }
    }

    private void send(Waiting waiting) {
        boolean done = false;
        try {
            var report = store.report(waiting.id());
            if (report.isPresent() && !delivered.contains(report.get())) {
                deliver(report.get(), waiting);
                // The store may be unable to tick it off, on a full disk for one.
                delivered.add(report.get());
            }
            points.reached("report delivered");
            report.ifPresent(store::taken);
            report.ifPresent(delivered::remove);
            points.reached("report taken");
            done = true;
        } catch (RuntimeException e) {
            failed(waiting, e);
        } finally {
            if (done) {
                synchronized (schedule) {
                    schedule.taken(waiting, System.nanoTime());
                }
            }
            work.release();
        }
    }

    private void failed(Waiting report, RuntimeException e) {
        int failures;
        synchronized (schedule) {
            failures = schedule.failed(report, System.nanoTime());
        }
        if (failures % TOLD_EVERY == 1 && !Thread.currentThread().isInterrupted()) {
            LOG.warn(
                    "server {}: report {} is tried again later (try {}): {}",
                    report.server(),
                    report.id(),
                    failures,
                    e instanceof RookeryException ? e.getMessage() : e.toString());
        }
    }

    private boolean refusedOften(Waiting waiting) {
        synchronized (schedule) {
            return schedule.failures(waiting) >= REFUSALS;
        }
    }

    /** Returns once it was taken, or will never be. */
    private void deliver(Report report, Waiting waiting) {
        Consumer<Panel> call;
        try {
            call = call(report);
        } catch (InvalidInputException e) {
            LOG.error(
                    "server {}: the {} report {} cannot be read any more, it is left out: {}",
                    report.server(),
                    report.kind(),
                    report.id(),
                    e.getMessage());
            return;
        }
        try {
            call.accept(panel.with(CallOptions.deadline(timeout).correlationId("report-" + node + "-" + report.id())));
        } catch (NotFoundException | InvalidInputException | ConflictException e) {
            if (report.kind().equals(INSTALL) && !refusedOften(waiting)) {
                // Where the panel is being replaced somebody else may answer, and nothing else tells of the end.
                throw e;
            }
            LOG.warn(
                    "server {}: the panel refuses the {} report for good: {}",
                    report.server(),
                    report.kind(),
                    e.getMessage());
        }
    }

    private static Consumer<Panel> call(Report report) {
        if (report.kind().equals(INSTALL)) {
            var end = WireJson.read(report.payload(), InstallReport.class);
            return panel -> panel.reportInstall(report.server(), end);
        }
        var change = WireJson.read(report.payload(), StateChange.class);
        return panel -> panel.reportState(report.server(), change);
    }
}
