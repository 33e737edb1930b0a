package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.UnavailableException;
import dev.rookery.kit.Backoff;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final Backoff AT_ONCE = Backoff.of(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0);
    private static final Duration BUDGET = Duration.ofMinutes(5);

    /** The peer asked for a pause of one minute beyond the budget, then the connection broke. */
    @Test
    void takesWhatThePeerAskedForAsSaidOnce() {
        var repeats = new Repeats(
                new HttpTransport.Retries(AT_ONCE, BUDGET, endpoint -> true, status -> true), BUDGET, Optional.empty());
        repeats.refused(Headers.of("Retry-After", "360"));

        assertThat(repeats.again(new UnavailableException("refused"))).isFalse();

        assertThat(repeats.again(new UnavailableException("the connection broke")))
                .isTrue();
    }

    /** Else it would be suppressed by itself. */
    @Test
    void countsAFailureThatNoTryFollowedNotAmongTheEarlierOnes() {
        var repeats = new Repeats(
                new HttpTransport.Retries(AT_ONCE, BUDGET, endpoint -> true, status -> true), BUDGET, Optional.empty());
        var first = new UnavailableException("the connection broke");
        assertThat(repeats.again(first)).isTrue();

        Thread.currentThread().interrupt();
        assertThat(repeats.again(new UnavailableException("and broke again"))).isFalse();

        assertThat(Thread.interrupted()).as("stays set").isTrue();
        assertThat(repeats.earlier()).containsExactly(first);
    }
}
