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
import java.util.List;
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
        assertThat(breaker.admit()).isEmpty();
    }

    @Test
    void letsOneQuestionThroughAfterAWhile() {
        open();
        advance(Duration.ofMillis(999));
        assertThat(breaker.admit()).isEmpty();
        advance(MILLI);

        var trial = breaker.admit().orElseThrow();
        assertThat(trial.changed()).isTrue();
        assertThat(breaker.health().circuit()).isEqualTo(Circuit.HALF_OPEN);
        assertThat(breaker.admit()).as("a second at the same time").isEmpty();
        assertThat(breaker.done(trial, Verdict.ANSWERED, MILLI, "")).isTrue();

        assertThat(breaker.admit()).isPresent();
    }

    @Test
    void waitsLongerWithEachTrialThatFailsUpToALimit() {
        open();
        for (int seconds : new int[] {1, 2, 3, 3}) {
            advance(Duration.ofSeconds(seconds).minus(MILLI));
            assertThat(breaker.admit()).isEmpty();
            advance(MILLI);
            fail();
        }
    }

    @Test
    void learnsNothingFromATrialThatWasCancelled() {
        open();
        advance(Duration.ofSeconds(1));
        var trial = breaker.admit().orElseThrow();

        assertThat(breaker.done(trial, Verdict.NONE, MILLI, "")).isFalse();

        assertThat(breaker.admit()).as("the next decides").isPresent();
    }

    @Test
    void takesNoFailureOfAnEarlierCallForThatOfTheTrial() {
        var early = breaker.admit().orElseThrow();
        open();
        advance(Duration.ofSeconds(1));
        var trial = breaker.admit().orElseThrow();

        assertThat(breaker.done(early, Verdict.FAILED, MILLI, "late")).isFalse();

        assertThat(breaker.health().circuit()).isEqualTo(Circuit.HALF_OPEN);
        assertThat(breaker.admit()).as("the trial is still under way").isEmpty();
        assertThat(breaker.done(trial, Verdict.ANSWERED, MILLI, "")).isTrue();
    }

    @Test
    void isNotOpenedAgainByCallsThatBeganBeforeItClosed() {
        var early = List.of(
                breaker.admit().orElseThrow(),
                breaker.admit().orElseThrow(),
                breaker.admit().orElseThrow());
        open();
        advance(Duration.ofSeconds(1));
        answer();

        early.forEach(permit -> breaker.done(permit, Verdict.FAILED, MILLI, "late"));

        assertThat(breaker.health().circuit()).isEqualTo(Circuit.CLOSED);
        assertThat(breaker.health().failures()).isEqualTo(6);
    }

    @Test
    void believesAnAnswerHoweverLate() {
        var early = breaker.admit().orElseThrow();
        open();

        assertThat(breaker.done(early, Verdict.ANSWERED, MILLI, "")).isTrue();

        assertThat(breaker.health().circuit()).isEqualTo(Circuit.CLOSED);
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
        return breaker.done(breaker.admit().orElseThrow(), Verdict.FAILED, MILLI, "no");
    }

    private void answer() {
        answer(MILLI);
    }

    private void answer(Duration took) {
        breaker.done(breaker.admit().orElseThrow(), Verdict.ANSWERED, took, "");
    }

    private void advance(Duration time) {
        nanos += time.toNanos();
    }
}
