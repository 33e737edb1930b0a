package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the uses of one-time tokens by their {@code unique_id}. Source: node API §3.5. Thread-safe: of many uses at the same time only as
 * many succeed as are allowed.
 *
 * <p>A use is remembered for an hour and at least as long as the token lasts. The memory is bounded: when it is full of tokens that are
 * still good, further tokens are refused, because forgetting one would make it good again.
 */
public final class SingleUse {

    private static final Duration WINDOW = Duration.ofMinutes(60);
    private static final Duration SWEEP_PERIOD = Duration.ofMinutes(1);
    private static final int DEFAULT_CAPACITY = 100_000;

    private final Clock clock;
    private final int uses;
    private final int capacity;
    private final Object lock = new Object();

    // Guarded by lock.
    private final Map<String, Count> counts = new HashMap<>();
    private Instant nextSweep = Instant.EPOCH;
    private Instant nextRoom = Instant.EPOCH;

    private SingleUse(Clock clock, int uses, int capacity) {
        this.clock = requireNonNull(clock, "clock");
        this.uses = uses;
        this.capacity = capacity;
        if (uses < 1 || capacity < 1) {
            throw new InvalidInputException("uses: " + uses + ", capacity: " + capacity + " (expected: >= 1)");
        }
    }

    /**
     * Returns an empty count for 100,000 tokens an hour.
     *
     * @param clock tells the time
     * @param uses how often a token may be used, at least 1
     */
    public static SingleUse create(Clock clock, int uses) {
        return create(clock, uses, DEFAULT_CAPACITY);
    }

    /**
     * Returns an empty count.
     *
     * @param clock tells the time
     * @param uses how often a token may be used, at least 1
     * @param capacity how many tokens it remembers, at least 1
     */
    public static SingleUse create(Clock clock, int uses, int capacity) {
        return new SingleUse(clock, uses, capacity);
    }

    /** Returns whether a token may still be used, and counts the use if so. */
    public boolean use(Token token) {
        var now = clock.instant();
        var key = key(token);
        synchronized (lock) {
            sweep(now);
            var count = counts.get(key);
            if (count == null && counts.size() >= capacity && !makeRoom(now)) {
                return false;
            }
            var first = new Count(1, memory(token, now), good(token));
            var next = count == null || !count.memory().isAfter(now) ? first : count.and(first);
            if (next.used() > uses) {
                return false;
            }
            counts.put(key, next);
            return true;
        }
    }

    /** Returns whether a token has been used as often as it may be. Counts nothing. */
    public boolean usedUp(Token token) {
        var now = clock.instant();
        synchronized (lock) {
            var count = counts.get(key(token));
            return count != null && count.used() >= uses && count.memory().isAfter(now);
        }
    }

    private void sweep(Instant now) {
        if (!now.isBefore(nextSweep)) {
            counts.values().removeIf(count -> !count.memory().isAfter(now));
            nextSweep = now.plus(SWEEP_PERIOD);
        }
    }

    /** Forgets tokens that have expired themselves: nobody can use those again. Once a second is enough. */
    private boolean makeRoom(Instant now) {
        if (now.isBefore(nextRoom)) {
            return false;
        }
        nextRoom = now.plusSeconds(1);
        counts.values().removeIf(count -> count.good().isBefore(now));
        return counts.size() < capacity;
    }

    private static Instant memory(Token token, Instant now) {
        return later(now.plus(WINDOW), good(token));
    }

    /** The first instant at which the token is expired for certain. */
    private static Instant good(Token token) {
        return token.stamp().expiresAt().plusSeconds(1);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static String key(Token token) {
        return token.stamp().uniqueId().orElseGet(() -> "jti " + token.stamp().id());
    }

    /** How often, how long that is remembered, and until when a token of this name can be good. */
    private record Count(int used, Instant memory, Instant good) {

        Count and(Count other) {
            return new Count(used + other.used, later(memory, other.memory), later(good, other.good));
        }
    }
}
