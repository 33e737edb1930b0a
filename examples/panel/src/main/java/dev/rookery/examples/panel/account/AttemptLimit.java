package dev.rookery.examples.panel.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.examples.panel.http.ApiError;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** Limits how often somebody does something, each on his own. Thread-safe. */
public final class AttemptLimit {

    private static final int KEYS = 100_000;

    private final int attempts;
    private final Duration window;
    private final Cache<String, Bucket> buckets;

    /** Creates a limit of so many attempts in a window of time. */
    public AttemptLimit(int attempts, Duration window) {
        this.attempts = attempts;
        this.window = window;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(window.multipliedBy(2))
                .build();
    }

    /**
     * Counts an attempt.
     *
     * @param who whose
     * @throws ApiError {@code too_many_attempts}
     */
    public void require(String who) {
        var bucket = buckets.get(
                who,
                ignored -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, window))
                        .build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw ApiError.tooOften(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }
}
