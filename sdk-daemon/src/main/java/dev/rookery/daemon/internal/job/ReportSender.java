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
import dev.rookery.kit.Backoff;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the panel is to be told, oldest first, until the panel has taken it: over failures of the panel, and over restarts. A report
 * that the panel refuses for good does not hold up the others. {@link #run} is its thread; {@link #wake} may be called by any.
 */
public final class ReportSender implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportSender.class);
    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0.5);
    private static final int BATCH = 200;
    private static final long IDLE_SECONDS = 60;

    private final DaemonStore store;
    private final Panel panel;
    private final Duration timeout;
    private final Semaphore work = new Semaphore(1);

    /**
     * Creates a sender.
     *
     * @param timeout the longest time one report may take
     */
    public ReportSender(DaemonStore store, Panel panel, Duration timeout) {
        this.store = store;
        this.panel = panel;
        this.timeout = timeout;
    }

    /** Says that there is something new to send. */
    public void wake() {
        work.release();
    }

    @Override
    public void run() {
        int failures = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                work.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS);
                work.drainPermits();
                boolean allTaken = sendAll();
                failures = allTaken ? 0 : failures + 1;
                if (!allTaken) {
                    Thread.sleep(PAUSES.pauseAfter(failures).toMillis());
                    work.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean sendAll() {
        var failed = new HashSet<Object>();
        try {
            for (var report : store.outbox(BATCH)) {
                if (Thread.currentThread().isInterrupted()) {
                    return false;
                }
                // Reports of one server stay in order; those of another do not wait for it.
                if (!failed.contains(report.server()) && !send(report)) {
                    failed.add(report.server());
                }
            }
        } catch (RookeryException e) {
            LOG.error("reports to the panel cannot be read from the store", e);
            return false;
        }
        return failed.isEmpty();
    }

    private boolean send(Report report) {
        try {
            deliver(report);
        } catch (NotFoundException | InvalidInputException | ConflictException e) {
            LOG.warn(
                    "server {}: the panel refuses the {} report for good: {}",
                    report.server(),
                    report.kind(),
                    e.getMessage());
        } catch (RookeryException e) {
            LOG.warn(
                    "server {}: the {} report is tried again later: {}",
                    report.server(),
                    report.kind(),
                    e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("server {}: the {} report is tried again later", report.server(), report.kind(), e);
            return false;
        }
        store.taken(report);
        return true;
    }

    private void deliver(Report report) {
        var bounded = panel.with(CallOptions.deadline(timeout));
        if (report.kind().equals("install")) {
            bounded.reportInstall(report.server(), WireJson.read(report.payload(), InstallReport.class));
        } else {
            bounded.reportState(report.server(), WireJson.read(report.payload(), StateChange.class));
        }
    }
}
