package dev.rookery.wings.internal.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.UnavailableException;
import dev.rookery.wings.FleetOptions;
import dev.rookery.wings.NodeHealth.Circuit;
import dev.rookery.wings.internal.fleet.Breaker.Verdict;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    private long nanos;
    private final FleetOptions options = FleetOptions.builder()
            .failuresToOpen(3)
            .openFor(Duration.ofSeconds(1))
            .openForMax(Duration.ofSeconds(3))
            .build();
    private final Breaker breaker = new Breaker(new NodeId(1), options, Clock.systemUTC(), () -> nanos);

    @Test
    void opensAfterFailuresInARow() {
        fail();
        fail();
        answer();
        fail();
        fail();
        assertThat(breaker.health().circuit()).isEqualTo(Circuit.CLOSED);

        assertThat(fail()).as("the circuit changed").isTrue();

        assertThat(breaker.health().circuit()).isEqualTo(Circuit.OPEN);
        assertThat(breaker.admit()).isFalse();
    }

    @Test
    void letsOneQuestionThroughAfterAWhile() {
        open();
        advance(Duration.ofMillis(999));
        assertThat(breaker.admit()).isFalse();
        advance(MILLI);

        assertThat(breaker.admit()).isTrue();
        assertThat(breaker.health().circuit()).isEqualTo(Circuit.HALF_OPEN);
        assertThat(breaker.admit()).as("a second at the same time").isFalse();
        assertThat(breaker.done(Verdict.ANSWERED, MILLI, "")).isTrue();

        assertThat(breaker.admit()).isTrue();
    }

    @Test
    void waitsLongerWithEachTrialThatFailsUpToALimit() {
        open();
        for (int seconds : new int[] {1, 2, 3, 3}) {
            advance(Duration.ofSeconds(seconds).minus(MILLI));
            assertThat(breaker.admit()).isFalse();
            advance(MILLI);
            fail();
        }
    }

    @Test
    void learnsNothingFromATrialThatWasCancelled() {
        open();
        advance(Duration.ofSeconds(1));
        breaker.admit();

        assertThat(breaker.done(Verdict.NONE, MILLI, "")).isFalse();

        assertThat(breaker.admit()).as("the next decides").isTrue();
    }

    @Test
    void weighsTheNewestCallsMost() {
        answer(Duration.ofMillis(100));
        assertThat(breaker.health().latency()).contains(Duration.ofMillis(100));
        answer(Duration.ofMillis(200));
        assertThat(breaker.health().latency()).contains(Duration.ofMillis(120));
    }

    @Test
    void blamesTheNodeForSilenceAndNonsenseOnly() {
        assertThat(Breaker.verdict(new UnavailableException("x"), false)).isEqualTo(Verdict.FAILED);
        assertThat(Breaker.verdict(new DeadlineException("x"), false)).isEqualTo(Verdict.FAILED);
        assertThat(Breaker.verdict(new ProtocolException("x"), false)).isEqualTo(Verdict.FAILED);
        assertThat(Breaker.verdict(new NotFoundException("x"), false)).isEqualTo(Verdict.ANSWERED);
        assertThat(Breaker.verdict(new ConflictException("x"), false)).isEqualTo(Verdict.ANSWERED);
        assertThat(Breaker.verdict(new DeadlineException("x"), true)).isEqualTo(Verdict.NONE);
        assertThat(Breaker.verdict(new IllegalStateException("x"), false)).isEqualTo(Verdict.NONE);
    }

    private void open() {
        fail();
        fail();
        fail();
    }

    private boolean fail() {
        assertThat(breaker.admit()).isTrue();
        return breaker.done(Verdict.FAILED, MILLI, "no");
    }

    private void answer() {
        answer(MILLI);
    }

    private void answer(Duration took) {
        assertThat(breaker.admit()).isTrue();
        breaker.done(Verdict.ANSWERED, took, "");
    }

    private void advance(Duration time) {
        nanos += time.toNanos();
    }
}
