package dev.rookery.wings.internal;

import java.time.Duration;

/** Allows a burst, then a steady rate. Not thread-safe. */
final class TokenBucket {

    private final int burst;
    private final long refillNanos;
    private double tokens;
    private long seenNanos;

    /**
     * Creates a full bucket.
     *
     * @param burst how many at once
     * @param refill how long one more takes
     * @param nowNanos the present time
     */
    TokenBucket(int burst, Duration refill, long nowNanos) {
        this.burst = burst;
        this.refillNanos = refill.toNanos();
        this.tokens = burst;
        this.seenNanos = nowNanos;
    }

    /** Returns how long to wait until one may be taken; 0 means now. */
    long waitNanos(long nowNanos) {
        refill(nowNanos);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * refillNanos);
    }

    /** Takes one, after {@link #waitNanos} said 0. */
    void take(long nowNanos) {
        refill(nowNanos);
        tokens -= 1;
    }

    private void refill(long nowNanos) {
        tokens = Math.min(burst, tokens + (double) (nowNanos - seenNanos) / refillNanos);
        seenNanos = nowNanos;
    }
}
