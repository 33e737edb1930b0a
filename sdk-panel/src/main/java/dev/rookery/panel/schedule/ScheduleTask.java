package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;

/**
 * One of the tasks of a schedule, which are done one after the other.
 *
 * @param action what is done
 * @param offset how long to wait before it, after the task before it has ended; 0 to 15 min
 * @param continueOnFailure whether the tasks after it are done, too, when it fails
 */
public record ScheduleTask(TaskAction action, Duration offset, boolean continueOnFailure) {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Checks its arguments. */
    public ScheduleTask {
        requireNonNull(action, "action");
        requireNonNull(offset, "offset");
        if (offset.isNegative() || offset.compareTo(LONGEST) > 0) {
            throw new InvalidInputException("offset: " + offset + " (expected: 0 to " + LONGEST + ")");
        }
    }

    /** Returns a task that is done at once and whose failure ends the run. */
    public static ScheduleTask of(TaskAction action) {
        return new ScheduleTask(action, Duration.ZERO, false);
    }
}
