package dev.rookery.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> pauses = new ArrayList<>();
    private final Backoff steady = Backoff.of(Duration.ofSeconds(1), 2, Duration.ofSeconds(5), 0)
            .clock(nanos::get)
            .sleeper(pause -> {
                pauses.add(pause);
                nanos.addAndGet(pause.toNanos());
            });

    @Test
    void growsUpToTheLongestPause() {
        assertThat(List.of(1, 2, 3, 4, 5))
                .map(steady::pauseAfter)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
    }

    @Test
    void staysFiniteAfterAThousandFailures() {
        assertThat(steady.pauseAfter(100_000)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void spreadsPausesByTheJitter() {
        var jittery = Backoff.of(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0.5);

        assertThat(jittery.random(() -> 0).pauseAfter(1)).isEqualTo(Duration.ofMillis(500));
        assertThat(jittery.random(() -> 1).pauseAfter(1)).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void triesAgainUntilItSucceeds() {
        var tries = new AtomicInteger();

        var result = steady.retry(Duration.ofMinutes(1), e -> true, () -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void givesUpBeforeAPauseThatWouldExceedTheBudget() {
        var tries = new AtomicInteger();

        assertThatThrownBy(() -> steady.retry(Duration.ofSeconds(4), e -> true, () -> {
                    throw new IllegalStateException("try " + tries.incrementAndGet());
                }))
                .hasMessage("try 3");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void doesNotRepeatWhatFailedForGood() {
        assertThatThrownBy(() -> steady.retry(Duration.ofMinutes(1), IllegalStateException.class::isInstance, () -> {
                    throw new IllegalArgumentException("final");
                }))
                .hasMessage("final");
        assertThat(pauses).isEmpty();
    }

    @Test
    void keepsTheInterruptThatEndsAPause() {
        Thread.currentThread().interrupt();
        var sleeping = Backoff.of(Duration.ofMinutes(1), 1, Duration.ofMinutes(1), 0);

        assertThatThrownBy(() -> sleeping.retry(Duration.ofHours(1), e -> true, () -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesPausesThatMakeNoSense() {
        assertThatThrownBy(() -> Backoff.of(Duration.ofSeconds(2), 1, Duration.ofSeconds(1), 0))
                .hasMessageContaining("PT2S to PT1S");
        assertThatThrownBy(() -> Backoff.of(Duration.ZERO, 0.5, Duration.ZERO, 0))
                .hasMessageContaining("0.5");
        assertThatThrownBy(() -> steady.pauseAfter(0)).hasMessageContaining("failures: 0");
    }
}
