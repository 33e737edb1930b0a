package dev.rookery.daemon.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.daemon.ThrottleOptions;
import dev.rookery.daemon.internal.console.Throttle.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private long nanos = Long.MAX_VALUE - 5;

    @Test
    void letsAsManyLinesPassAsAnIntervalMayHave() {
        var throttle = throttle(true, 3, 100);

        assertThat(take(throttle, 5))
                .containsExactly(Verdict.LIVE, Verdict.LIVE, Verdict.LIVE, Verdict.FIRST_HELD_BACK, Verdict.HELD_BACK);
        pass(99);
        assertThat(take(throttle, 1)).containsExactly(Verdict.HELD_BACK);
    }

    @Test
    void saysOnceThatItHoldsBackHoweverManyIntervalsItLasts() {
        var throttle = throttle(true, 1, 100);

        for (int interval = 0; interval < 5; interval++) {
            assertThat(take(throttle, 2))
                    .containsExactly(Verdict.LIVE, interval == 0 ? Verdict.FIRST_HELD_BACK : Verdict.HELD_BACK);
            pass(100);
        }
    }

    @Test
    void saysItAgainAfterAQuietInterval() {
        var throttle = throttle(true, 1, 100);
        take(throttle, 2);
        pass(100);
        take(throttle, 1);
        pass(100);

        assertThat(take(throttle, 2)).containsExactly(Verdict.LIVE, Verdict.FIRST_HELD_BACK);
        pass(250);
        assertThat(take(throttle, 2)).containsExactly(Verdict.LIVE, Verdict.FIRST_HELD_BACK);
    }

    @Test
    void letsAllPassIfItIsOff() {
        assertThat(take(throttle(false, 1, 100), 1000)).containsOnly(Verdict.LIVE);
        assertThat(take(throttle(true, 1, 0), 1000)).containsOnly(Verdict.LIVE);
    }

    @Test
    void holdsAllBackIfNoLineMayPass() {
        assertThat(take(throttle(true, 0, 100), 3))
                .containsExactly(Verdict.FIRST_HELD_BACK, Verdict.HELD_BACK, Verdict.HELD_BACK);
    }

    private Throttle throttle(boolean enabled, int lines, int millis) {
        return new Throttle(new ThrottleOptions(enabled, lines, Duration.ofMillis(millis)), () -> nanos);
    }

    private void pass(int millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static List<Verdict> take(Throttle throttle, int count) {
        return IntStream.range(0, count).mapToObj(i -> throttle.take()).toList();
    }
}
