package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.panel.PanelService;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Makes {@link Schedules}. Not thread-safe. */
public final class SchedulesBuilder {

    final PanelService panel;
    final ScheduleAuthority authority;
    Clock clock = Clock.systemUTC();
    ScheduleOptions options = ScheduleOptions.defaults();
    Optional<ScheduledBackups> backups = Optional.empty();
    Optional<ExecutorService> executor = Optional.empty();

    SchedulesBuilder(PanelService panel, ScheduleAuthority authority) {
        this.panel = requireNonNull(panel, "panel");
        this.authority = requireNonNull(authority, "authority");
    }

    /** Sets the clock; the system's by default. */
    public SchedulesBuilder clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /** Sets the bounds; {@link ScheduleOptions#defaults()} by default. */
    public SchedulesBuilder options(ScheduleOptions options) {
        this.options = requireNonNull(options, "options");
        return this;
    }

    /** Sets what begins backups. Without it, a schedule cannot make any, and one that shall is refused. */
    public SchedulesBuilder backups(ScheduledBackups backups) {
        this.backups = Optional.of(requireNonNull(backups, "backups"));
        return this;
    }

    /** Sets what carries out runs, one task each; it stays the caller's to shut down. By default a thread for each. */
    public SchedulesBuilder executor(ExecutorService executor) {
        this.executor = Optional.of(requireNonNull(executor, "executor"));
        return this;
    }

    /** Makes the schedules, which run nothing on their own before {@link Schedules#start()}. */
    public Schedules build() {
        return new Schedules(this);
    }
}
