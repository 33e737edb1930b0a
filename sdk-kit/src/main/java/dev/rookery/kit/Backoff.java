package dev.rookery.kit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Says how long to wait between tries: growing pauses with jitter, so that many callers that failed together do not return together.
 *
 * <p>Immutable and thread-safe. Only for calls that may be repeated.
 */
public final class Backoff {

    /** What the daemons do between calls to their panel: 0.5 s, growing by half up to 12 s, ±50 %. Source: daemon behaviour §11.2. */
    public static final Backoff REMOTE = of(Duration.ofMillis(500), 1.5, Duration.ofSeconds(12), 0.5);

    private final Duration first;
    private final double factor;
    private final Duration max;
    private final double jitter;
    private final DoubleSupplier random;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;

    private Backoff(
            Duration first,
            double factor,
            Duration max,
            double jitter,
            DoubleSupplier random,
            LongSupplier nanoTime,
            Sleeper sleeper) {
        this.first = first;
        this.factor = factor;
        this.max = max;
        this.jitter = jitter;
        this.random = random;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    /**
     * Returns a policy on the system's clock.
     *
     * @param first the pause after the first failure, before jitter
     * @param factor by how much each further pause grows, at least 1
     * @param max the longest pause, before jitter
     * @param jitter the share by which a pause may be shorter or longer, 0 to 1
     */
    public static Backoff of(Duration first, double factor, Duration max, double jitter) {
        if (first.isNegative() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("pauses: " + first + " to " + max + " (expected: 0 <= first <= max)");
        }
        if (!(factor >= 1) || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException(
                    "factor: " + factor + ", jitter: " + jitter + " (expected: factor >= 1, jitter 0 to 1)");
        }
        return new Backoff(
                first,
                factor,
                max,
                jitter,
                () -> ThreadLocalRandom.current().nextDouble(),
                System::nanoTime,
                pause -> Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000));
    }

    /** Returns a copy that waits by {@code sleeper}, such as one that a cancel signal wakes. */
    public Backoff sleeper(Sleeper sleeper) {
        return new Backoff(first, factor, max, jitter, random, nanoTime, requireNonNull(sleeper, "sleeper"));
    }

    /** Returns a copy that reads the time for its budget from {@code nanoTime}. */
    public Backoff clock(LongSupplier nanoTime) {
        return new Backoff(first, factor, max, jitter, random, requireNonNull(nanoTime, "nanoTime"), sleeper);
    }

    /** Returns a copy that takes its jitter from {@code random}, values from 0 to 1. */
    public Backoff random(DoubleSupplier random) {
        return new Backoff(first, factor, max, jitter, requireNonNull(random, "random"), nanoTime, sleeper);
    }

    /**
     * Returns how long to wait.
     *
     * @param failures how many tries have failed in a row, at least 1
     */
    public Duration pauseAfter(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures: " + failures + " (expected: >= 1)");
        }
        double nanos = Math.min(first.toNanos() * Math.pow(factor, failures - 1), (double) max.toNanos());
        double share = 1 + jitter * (2 * random.getAsDouble() - 1);
        return Duration.ofNanos((long) (nanos * share));
    }

    /**
     * Tries until one try succeeds, fails for good, or the next pause would end beyond the budget; then the last failure is thrown. An
     * interrupt during a pause ends it the same way, and stays set.
     *
     * @param budget the longest time from the first try to the begin of the last
     * @param retryable which failures may be tried again
     * @param call must be harmless to repeat
     */
    public <T> T retry(Duration budget, Predicate<RuntimeException> retryable, Supplier<T> call) {
        long begin = nanoTime.getAsLong();
        for (int failures = 1; ; failures++) {
            try {
                return call.get();
            } catch (RuntimeException e) {
                if (!retryable.test(e) || !pause(failures, begin, budget)) {
                    throw e;
                }
            }
        }
    }

    private boolean pause(int failures, long begin, Duration budget) {
        var pause = pauseAfter(failures);
        long spent = nanoTime.getAsLong() - begin;
        if (pause.plusNanos(spent).compareTo(budget) > 0) {
            return false;
        }
        try {
            sleeper.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {

        /**
         * Returns after {@code pause}, or earlier if there is a reason to.
         *
         * @throws InterruptedException if waiting has become pointless
         */
        void sleep(Duration pause) throws InterruptedException;
    }
}
