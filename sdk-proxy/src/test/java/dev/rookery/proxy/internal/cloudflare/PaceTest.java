package dev.rookery.proxy.internal.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void spreadsCallsAfterTheFirstOnes() {
        var pace = new Pace(Duration.ofSeconds(1), 3);

        assertThat(pace.next(0)).isZero();
        assertThat(pace.next(0)).isZero();
        assertThat(pace.next(0)).isZero();
        assertThat(pace.next(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.next(0)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void restIsNotSavedBeyondTheFirstOnes() {
        var pace = new Pace(Duration.ofSeconds(1), 2);
        pace.next(0);

        assertThat(pace.next(1000 * SECOND)).isZero();
        assertThat(pace.next(1000 * SECOND)).isZero();
        assertThat(pace.next(1000 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void worksWhereverTheClockBegins() {
        var pace = new Pace(Duration.ofSeconds(1), 1);

        assertThat(pace.next(Long.MAX_VALUE - SECOND / 2)).isZero();
        assertThat(pace.next(Long.MIN_VALUE + SECOND)).isZero();
    }

    @Test
    void noTimeIsNoLimit() {
        var pace = new Pace(Duration.ZERO, 1);

        for (int i = 0; i < 100; i++) {
            assertThat(pace.next(5)).isZero();
        }
    }
}
