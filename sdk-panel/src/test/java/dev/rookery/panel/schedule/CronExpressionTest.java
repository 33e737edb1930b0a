package dev.rookery.panel.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *          | 2026-01-01T00:00:30Z | 2026-01-01T00:01:00Z",
                "0 4 * * *          | 2026-01-01T04:00:00Z | 2026-01-02T04:00:00Z",
                "*/15 * * * *       | 2026-01-01T00:46:00Z | 2026-01-01T01:00:00Z",
                "5/20 * * * *       | 2026-01-01T00:26:00Z | 2026-01-01T00:45:00Z",
                "10-20/5,55 3 * * * | 2026-01-01T03:20:00Z | 2026-01-01T03:55:00Z",
                "0 0 * * MON        | 2026-01-01T00:00:00Z | 2026-01-05T00:00:00Z",
                "0 0 * * sat-sun    | 2026-01-03T00:00:00Z | 2026-01-04T00:00:00Z",
                "0 0 * * 7          | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z",
                "0 0 * * 0          | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z",
                "0 0 1 jan,Jul *    | 2026-01-01T00:00:00Z | 2026-07-01T00:00:00Z",
                "0 0 29 2 *         | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 0 29 2 *         | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z",
                "59 23 31 12 *      | 2026-12-31T23:59:00Z | 2027-12-31T23:59:00Z",
            })
    void findsTheNextTime(String cron, Instant after, Instant next) {
        assertThat(CronExpression.parse(cron).next(after, ZoneOffset.UTC)).contains(next);
    }

    @Test
    void eitherKindOfDayIsEnough() {
        assertThat(upcoming("0 0 13 * fri", "2026-03-01T00:00:00Z", 4))
                .containsExactly(
                        "2026-03-06T00:00:00Z", "2026-03-13T00:00:00Z", "2026-03-20T00:00:00Z", "2026-03-27T00:00:00Z");
        assertThat(upcoming("0 0 1 * *", "2026-03-01T00:00:00Z", 1)).containsExactly("2026-04-01T00:00:00Z");
    }

    @Test
    void aDayThatNeverComesHasNoNextTime() {
        assertThat(CronExpression.parse("0 0 30 2 *").next(Instant.EPOCH, BERLIN))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "*/ * * * *",
                "5- * * * *",
                ", * * * *",
                "5-1 * * * *",
                "1-2-3 * * * *",
                "? * * * *",
                "* * L * *",
                "* * * * mon#2",
                "* * * foo *",
                "-5 * * * *",
                "1.5 * * * *",
                "*/60 * * * *",
                "@daily",
                "１ * * * *",
                "999999999999 * * * *",
                "1//2 * * * *",
            })
    void refusesWhatIsNoExpression(String text) {
        assertThatThrownBy(() -> CronExpression.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("cron")
                .hasMessageContaining("expected");
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThatThrownBy(() -> CronExpression.parse("0 4 * * monday"))
                .hasMessage("cron day of week: 'monday' (expected: values from 0 to 7, such as *, 5, 1-5, */2 or 1,3)");
        assertThatThrownBy(() -> CronExpression.parse("0 25 * * *"))
                .hasMessage("cron hour: '25' (expected: values from 0 to 23)");
    }

    @Test
    void keepsItsTextAndIsEqualByIt() {
        var cron = CronExpression.parse(" 0  4 * *\tMON ");

        assertThat(cron).hasToString("0 4 * * MON").isEqualTo(CronExpression.parse("0 4 * * MON"));
        assertThat(cron).hasSameHashCodeAs(CronExpression.parse("0 4 * * MON"));
    }

    /** Pterodactyl #5237, #5380, #4536: schedules ran twice, or every minute, when clocks were changed. */
    @Test
    void aTimeThatComesTwiceIsDueTheFirstTime() {
        assertThat(upcoming("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(upcoming("0 */6 * * *", "2026-10-24T20:00:00Z", 2))
                .containsExactly("2026-10-24T22:00:00Z", "2026-10-25T05:00:00Z");
    }

    /** Pterodactyl #2601: schedules did not run at all. */
    @Test
    void aTimeThatIsLeftOutIsDueWhenTheClockIsPutForward() {
        assertThat(upcoming("30 2 * * *", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(upcoming("0,30 2,3 * * *", "2026-03-28T12:00:00Z", 3))
                .as("one run for all that are left out")
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z");
    }

    @Test
    void anExpressionForEveryHourGoesByTheTimeThatPasses() {
        assertThat(upcoming("30 * * * *", "2026-03-29T00:00:00Z", 2))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z");
        assertThat(upcoming("30 * * * *", "2026-10-25T00:00:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    }

    @Test
    void theLastTimeOfASpanIsFoundHoweverLongItIs() {
        var cron = CronExpression.parse("* * * * *");
        var from = Instant.parse("2016-01-01T00:00:00Z");
        var to = Instant.parse("2026-01-01T00:00:30Z");

        assertThat(cron.last(from, to, BERLIN)).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(CronExpression.parse("0 4 1 3 *").last(from, to, ZoneOffset.UTC))
                .contains(Instant.parse("2025-03-01T04:00:00Z"));
        assertThat(cron.last(to, to.plus(Duration.ofSeconds(5)), BERLIN)).isEmpty();
        assertThat(cron.last(from, from, BERLIN)).contains(from);
    }

    private static List<String> upcoming(String cron, String after, int count) {
        return CronExpression.parse(cron).upcoming(Instant.parse(after), zoneOf(cron, after), count).stream()
                .map(Instant::toString)
                .toList();
    }

    private static ZoneId zoneOf(String cron, String after) {
        return after.contains("T00:00:00Z") && cron.startsWith("0 0 ") ? ZoneOffset.UTC : BERLIN;
    }
}
