package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleRun;
import java.util.Optional;

/**
 * A schedule that somebody has claimed.
 *
 * @param schedule as it was then
 * @param run its run that is under way; empty if a new one is due
 * @param lease the name of the claim
 */
public record ClaimedSchedule(Schedule schedule, Optional<ScheduleRun> run, String lease) {

    /** Checks its arguments. */
    public ClaimedSchedule {
        requireNonNull(schedule, "schedule");
        requireNonNull(run, "run");
        requireNonNull(lease, "lease");
    }
}
