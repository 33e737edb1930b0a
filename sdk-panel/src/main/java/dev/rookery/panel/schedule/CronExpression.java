package dev.rookery.panel.schedule;

import dev.rookery.api.InvalidInputException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of a cron expression: five fields, minute, hour, day of month, month and day of week, each {@code *}, values, ranges, steps
 * and lists of these; months and days may be named. Where both kinds of days are given, a day matches by either.
 *
 * <pre>{@code
 * var nightly = CronExpression.parse("30 2 * * mon-fri");
 * nightly.next(Instant.now(), ZoneId.of("Europe/Berlin"));
 * }</pre>
 *
 * <p>When clocks are changed: An expression for <em>every</em> hour goes by the time that passes, so it skips what a clock that is put forward
 * leaves out, and counts the hour that comes twice twice. Every other one goes by the clock on the wall: a time that is left out is due once, at the
 * moment the clock is put forward, and one that comes twice is due the first time. Immutable.
 */
public final class CronExpression {

    private static final int FIELDS = 5;
    private static final int MAX_LENGTH = 200;
    private static final int HOURS = 24;
    private static final int DAYS_OF_WEEK = 7;
    /** The 29th of February stays away for eight years around 2100. */
    private static final int SEARCHED_YEARS = 9;

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet daysOfMonth;
    private final BitSet months;
    private final BitSet daysOfWeek;
    private final boolean eitherDay;

    private CronExpression(List<String> fields) {
        text = String.join(" ", fields);
        minutes = CronField.MINUTE.parse(fields.get(0));
        hours = CronField.HOUR.parse(fields.get(1));
        daysOfMonth = CronField.DAY_OF_MONTH.parse(fields.get(2));
        months = CronField.MONTH.parse(fields.get(3));
        daysOfWeek = CronField.DAY_OF_WEEK.parse(fields.get(4));
        eitherDay = !fields.get(2).startsWith("*") && !fields.get(4).startsWith("*");
    }

    /**
     * Reads an expression.
     *
     * @param text five fields with spaces between
     * @throws InvalidInputException if it is none; the message names the field
     */
    public static CronExpression parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidInputException(
                    "cron: " + text.length() + " characters (expected: at most " + MAX_LENGTH + ")");
        }
        var fields = List.of(text.strip().split("\\s+"));
        if (fields.size() != FIELDS) {
            throw new InvalidInputException(
                    "cron: '" + text + "' (expected: five fields: minute, hour, day of month, month, day of week)");
        }
        return new CronExpression(fields);
    }

    /** Returns the first time after {@code after}, of the next nine years; empty for a day that never comes, such as a 30th of February. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        var rules = zone.getRules();
        var end = after.atOffset(ZoneOffset.UTC).plusYears(SEARCHED_YEARS).toInstant();
        var from = after.plusNanos(1);
        while (from.isBefore(end)) {
            var transition = rules.nextTransition(from);
            var stretchEnd = transition == null || transition.getInstant().isAfter(end) ? end : transition.getInstant();
            var found = within(from, stretchEnd, rules);
            if (found.isPresent()) {
                return found;
            }
            if (transition != null && stretchEnd.equals(transition.getInstant()) && madeUpFor(transition)) {
                return Optional.of(transition.getInstant());
            }
            from = stretchEnd;
        }
        return Optional.empty();
    }

    /** Returns the first {@code count} times after {@code after}, or as many as there are. */
    public List<Instant> upcoming(Instant after, ZoneId zone, int count) {
        var times = new ArrayList<Instant>();
        var time = next(after, zone);
        while (time.isPresent() && times.size() < count) {
            times.add(time.get());
            time = next(time.get(), zone);
        }
        return List.copyOf(times);
    }

    /** Returns the last time in {@code from} to {@code to}, both included; empty if there is none. */
    Optional<Instant> last(Instant from, Instant to, ZoneId zone) {
        // Looks back further and further, so that the last minute of a year costs no more than that of an hour.
        for (var span = ChronoUnit.HOURS.getDuration(); ; span = span.multipliedBy(HOURS)) {
            var start = to.minus(span);
            boolean whole = !start.isAfter(from);
            var before = (whole ? from : start).minusNanos(1);
            Optional<Instant> last = Optional.empty();
            for (var time = next(before, zone);
                    time.isPresent() && !time.get().isAfter(to);
                    time = next(time.get(), zone)) {
                last = time;
            }
            if (last.isPresent() || whole) {
                return last;
            }
        }
    }

    /** Returns the expression, with one space between the fields. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CronExpression cron && text.equals(cron.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Searches a stretch in which the offset stays the same, its end excluded. */
    private Optional<Instant> within(Instant from, Instant end, ZoneRules rules) {
        var offset = rules.getOffset(from);
        var limit = LocalDateTime.ofEpochSecond(end.getEpochSecond(), end.getNano(), offset);
        var start = LocalDateTime.ofInstant(from, offset);
        var local = match(ceiling(start), limit);
        while (local != null) {
            if (!second(local, offset, rules)) {
                return Optional.of(local.toInstant(offset));
            }
            local = match(local.plusMinutes(1), limit);
        }
        return Optional.empty();
    }

    /** Says whether this time came once already, before the clock was put back, and that was enough. */
    private boolean second(LocalDateTime local, ZoneOffset offset, ZoneRules rules) {
        if (everyHour()) {
            return false;
        }
        var overlap = rules.getTransition(local);
        return overlap != null && overlap.isOverlap() && offset.equals(overlap.getOffsetAfter());
    }

    private boolean madeUpFor(ZoneOffsetTransition gap) {
        return gap.isGap() && !everyHour() && match(ceiling(gap.getDateTimeBefore()), gap.getDateTimeAfter()) != null;
    }

    private boolean everyHour() {
        return hours.cardinality() == HOURS;
    }

    private static LocalDateTime ceiling(LocalDateTime time) {
        var minute = time.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(time) ? minute : minute.plusMinutes(1);
    }

    /** Returns the first match from {@code start} on and before {@code end}. */
    private @Nullable LocalDateTime match(LocalDateTime start, LocalDateTime end) {
        var day = start.toLocalDate();
        var earliest = start.toLocalTime();
        while (LocalDateTime.of(day, earliest).isBefore(end)) {
            var month = months.get(day.getMonthValue());
            var time = month && matches(day) ? match(earliest) : null;
            if (time != null) {
                var found = LocalDateTime.of(day, time);
                return found.isBefore(end) ? found : null;
            }
            day = month ? day.plusDays(1) : day.withDayOfMonth(1).plusMonths(1);
            earliest = LocalTime.MIDNIGHT;
        }
        return null;
    }

    private @Nullable LocalTime match(LocalTime earliest) {
        int hour = hours.nextSetBit(earliest.getHour());
        if (hour == earliest.getHour()) {
            int minute = minutes.nextSetBit(earliest.getMinute());
            if (minute >= 0) {
                return LocalTime.of(hour, minute);
            }
            hour = hours.nextSetBit(hour + 1);
        }
        return hour < 0 ? null : LocalTime.of(hour, minutes.nextSetBit(0));
    }

    private boolean matches(LocalDate day) {
        boolean ofMonth = daysOfMonth.get(day.getDayOfMonth());
        boolean ofWeek = daysOfWeek.get(day.getDayOfWeek().getValue() % DAYS_OF_WEEK);
        return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }
}
