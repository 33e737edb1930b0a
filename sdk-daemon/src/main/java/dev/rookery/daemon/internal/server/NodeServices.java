package dev.rookery.daemon.internal.server;

import dev.rookery.api.panel.Panel;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.internal.activity.ActivityLog;
import dev.rookery.daemon.internal.console.HistoryWriter;
import dev.rookery.daemon.internal.file.DiskScanner;
import dev.rookery.daemon.internal.job.CrashPoints;
import dev.rookery.daemon.internal.job.FileWork;
import dev.rookery.daemon.internal.job.Trash;
import dev.rookery.daemon.internal.quota.Projects;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all servers of one node share.
 *
 * @param options what can be set
 * @param panel the panel, bounded by its time-out
 * @param store what must not be forgotten
 * @param journal keeps decisions in the store
 * @param environment what servers run in
 * @param histories what stores consoles
 * @param processes hears what happens to processes
 * @param clock the time
 * @param threads a thread per task, without a bound
 * @param timer runs short tasks later
 * @param reports wakes the one who sends reports
 * @param activity what the panel is told later
 * @param scanner counts what servers' files take of the disk
 * @param projects what keeps servers' disk limits instead, if anything does
 * @param work what is done with files
 * @param trash where the files of deleted servers go
 * @param installs lets so many installations run at a time
 * @param starts lets so many servers be started at a time that nobody asked for just now
 * @param points hears where work has come to
 */
public record NodeServices(
        DaemonOptions options,
        Panel panel,
        DaemonStore store,
        Journal journal,
        ServerEnvironment environment,
        HistoryWriter histories,
        ProcessWatch processes,
        Clock clock,
        ExecutorService threads,
        ScheduledExecutorService timer,
        Runnable reports,
        ActivityLog activity,
        DiskScanner scanner,
        Optional<Projects> projects,
        FileWork work,
        Trash trash,
        Gate installs,
        Gate starts,
        CrashPoints points) {}
