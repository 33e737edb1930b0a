package dev.rookery.examples.panel.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Limits attempts to log in, by address and by account, each on its own: an attacker exhausts only his own address and the accounts he
 * guesses at. A successful log-in is not counted. Thread-safe.
 */
public final class LoginThrottle {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int PER_ADDRESS = 30;
    private static final int PER_ACCOUNT = 10;
    private static final int KEYS = 100_000;

    private final Cache<String, Bucket> byAddress = buckets();
    private final Cache<String, Bucket> byAccount = buckets();

    /**
     * Counts an attempt.
     *
     * @return how long to wait if there were too many; empty if the attempt may go on
     */
    public Optional<Duration> attempt(String address, String username) {
        var wait = take(bucket(byAddress, address, PER_ADDRESS));
        return wait.isPresent() ? wait : take(bucket(byAccount, key(username), PER_ACCOUNT));
    }

    /** Takes the last attempt back: it succeeded. */
    public void succeeded(String address, String username) {
        bucket(byAddress, address, PER_ADDRESS).addTokens(1);
        bucket(byAccount, key(username), PER_ACCOUNT).addTokens(1);
    }

    private static Optional<Duration> take(Bucket bucket) {
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private static Bucket bucket(Cache<String, Bucket> cache, String key, int attempts) {
        return cache.get(
                key,
                ignored -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, WINDOW))
                        .build());
    }

    private static Cache<String, Bucket> buckets() {
        return Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .build();
    }

    private static String key(String username) {
        return username.toLowerCase(Locale.ROOT);
    }
}
