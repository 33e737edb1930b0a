package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.time.ZoneId;
import java.util.List;
import org.immutables.value.Value;

/**
 * What a schedule shall be.
 *
 * @param name for people, 1 to 191 characters
 * @param cron when
 * @param zone in which time zone
 * @param enabled whether its times count; it can be run by hand in any case
 * @param onlyWhenOnline whether a run is skipped while the server does not run
 * @param catchUp what becomes of missed times; {@link CatchUp#skip()} by default
 * @param tasks what is done, in order; at most 10
 */
@Value.Builder
public record ScheduleSpec(
        String name,
        CronExpression cron,
        ZoneId zone,
        boolean enabled,
        boolean onlyWhenOnline,
        CatchUp catchUp,
        List<ScheduleTask> tasks) {

    private static final int MAX_NAME = 191;
    private static final int MAX_TASKS = 10;

    /** Checks its arguments. */
    public ScheduleSpec {
        requireNonNull(name, "name");
        requireNonNull(cron, "cron");
        requireNonNull(zone, "zone");
        requireNonNull(catchUp, "catchUp");
        tasks = List.copyOf(tasks);
        if (name.isBlank() || name.length() > MAX_NAME || name.indexOf('\0') >= 0) {
            throw new InvalidInputException(
                    "name: '" + name + "' (expected: 1 to " + MAX_NAME + " characters, no U+0000)");
        }
        if (tasks.size() > MAX_TASKS) {
            throw new InvalidInputException("tasks: " + tasks.size() + " (expected: at most " + MAX_TASKS + ")");
        }
    }

    /** Returns a builder that begins with an enabled schedule that lets missed times pass. */
    public static ScheduleSpecBuilder builder() {
        return new ScheduleSpecBuilder().enabled(true).onlyWhenOnline(false).catchUp(CatchUp.skip());
    }

    /** Returns whether its times are those of another one. */
    boolean sameTimes(ScheduleSpec other) {
        return enabled == other.enabled && cron.equals(other.cron) && zone.equals(other.zone);
    }
}
