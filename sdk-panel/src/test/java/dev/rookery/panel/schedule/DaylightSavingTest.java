package dev.rookery.panel.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * All time zones there are, over two years: each time on the wall that exists has one run, and those that are left out or come twice follow the
 * rule of {@link CronExpression}. The reference knows nothing of the evaluator: it goes through wall times, or through minutes that pass.
 */
class DaylightSavingTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2028, 1, 1);

    @Test
    void timesOfTheDayHaveOneRunEachInEveryZone() {
        for (var zone : distinctZones()) {
            timesOfTheDay("30 2 * * *", zone, List.of(2), List.of(30));
            timesOfTheDay("0 0 * * *", zone, List.of(0), List.of(0));
            timesOfTheDay("15,45 0-3,22,23 * * *", zone, List.of(0, 1, 2, 3, 22, 23), List.of(15, 45));
        }
    }

    @Test
    void everyHourHasARunForEachTimeItPassesInEveryZone() {
        for (var zone : distinctZones()) {
            minutesThatPass("10,40 * * * *", zone, 10, 40);
        }
    }

    /** The whole year of minutes, where clocks change by an hour, by half an hour, by two, at midnight, in Ramadan, and not at all. */
    @Test
    void everyMinuteHasOneRun() {
        for (var zone : List.of(
                "Europe/Berlin",
                "Australia/Lord_Howe",
                "Antarctica/Troll",
                "Africa/Cairo",
                "Africa/Casablanca",
                "UTC")) {
            var from = FIRST.atStartOfDay().toInstant(ZoneOffset.UTC);
            var cron = CronExpression.parse("* * * * *");
            var time = cron.next(from, ZoneId.of(zone)).orElseThrow();
            var expected = from.plusSeconds(60);
            var end = from.plus(Duration.ofDays(366));
            while (time.equals(expected) && expected.isBefore(end)) {
                expected = expected.plusSeconds(60);
                time = cron.next(time, ZoneId.of(zone)).orElseThrow();
            }
            assertThat(time).as(zone).isEqualTo(expected).isEqualTo(end);
        }
    }

    /** A whole day was left out: 30 December 2011 in Samoa. */
    @Test
    void aDayThatIsLeftOutIsMadeUpFor() {
        var apia = ZoneId.of("Pacific/Apia");
        var before = ZonedDateTime.of(2011, 12, 29, 5, 0, 0, 0, apia).toInstant();

        assertThat(CronExpression.parse("0 4 * * *").upcoming(before, apia, 2))
                .containsExactly(
                        ZonedDateTime.of(2011, 12, 31, 0, 0, 0, 0, apia).toInstant(),
                        ZonedDateTime.of(2011, 12, 31, 4, 0, 0, 0, apia).toInstant());
    }

    private static void timesOfTheDay(String text, ZoneId zone, List<Integer> hours, List<Integer> minutes) {
        var expected = new TreeSet<Instant>();
        for (var day = FIRST; day.isBefore(LAST); day = day.plusDays(1)) {
            for (int hour : hours) {
                for (int minute : minutes) {
                    expected.add(instant(day.atTime(hour, minute), zone));
                }
            }
        }
        assertThat(runs(text, zone, expected.first(), expected.last()))
                .as("%s in %s", text, zone)
                .containsExactlyElementsOf(expected);
    }

    /** Returns when a wall time has its run: when it is there the first time, or when the clock is put forward over it. */
    private static Instant instant(LocalDateTime wall, ZoneId zone) {
        var rules = zone.getRules();
        var offsets = rules.getValidOffsets(wall);
        return offsets.isEmpty()
                ? rules.getTransition(wall).getInstant()
                : offsets.stream().map(wall::toInstant).min(Instant::compareTo).orElseThrow();
    }

    private static void minutesThatPass(String text, ZoneId zone, int... minutes) {
        var rules = zone.getRules();
        var expected = new ArrayList<Instant>();
        long end = LAST.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        var next = rules.nextTransition(FIRST.atStartOfDay().toInstant(ZoneOffset.UTC));
        long until = next == null ? end : next.getInstant().getEpochSecond();
        long offset =
                rules.getOffset(FIRST.atStartOfDay().toInstant(ZoneOffset.UTC)).getTotalSeconds();
        for (long second = FIRST.atStartOfDay().toEpochSecond(ZoneOffset.UTC); second < end; second += 60) {
            if (second >= until) {
                offset = next.getOffsetAfter().getTotalSeconds();
                next = rules.nextTransition(next.getInstant());
                until = next == null ? end : next.getInstant().getEpochSecond();
            }
            long minute = Math.floorMod((second + offset) / 60, 60);
            for (int wanted : minutes) {
                if (minute == wanted) {
                    expected.add(Instant.ofEpochSecond(second));
                }
            }
        }
        assertThat(runs(text, zone, expected.get(0), expected.get(expected.size() - 1)))
                .as("%s in %s", text, zone)
                .isEqualTo(expected);
    }

    private static List<Instant> runs(String text, ZoneId zone, Instant first, Instant last) {
        var cron = CronExpression.parse(text);
        var runs = new ArrayList<Instant>();
        for (var time = cron.next(first.minusNanos(1), zone).orElseThrow();
                !time.isAfter(last);
                time = cron.next(time, zone).orElseThrow()) {
            runs.add(time);
        }
        return runs;
    }

    /** Returns a zone of each kind: those whose clocks are the same all through the two years are one. */
    private static List<ZoneId> distinctZones() {
        Map<String, ZoneId> kinds = new HashMap<>();
        var from = FIRST.minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
        var to = LAST.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
        for (var id : ZoneId.getAvailableZoneIds()) {
            var zone = ZoneId.of(id);
            var kind = new StringBuilder().append(zone.getRules().getOffset(from));
            for (var change = zone.getRules().nextTransition(from);
                    change != null && change.getInstant().isBefore(to);
                    change = zone.getRules().nextTransition(change.getInstant())) {
                kind.append(change);
            }
            kinds.put(kind.toString(), zone);
        }
        assertThat(kinds).as("kinds of zones").hasSizeGreaterThan(60);
        return List.copyOf(kinds.values());
    }
}
