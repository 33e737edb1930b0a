package dev.rookery.daemon.internal.http;

import dev.rookery.api.dialect.ConsoleFrames;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How often a console client may say something. Confined to the event loop. Source: node API §4.2. */
final class RateLimits {

    private static final String GLOBAL = "global";

    private final Bucket all;
    private final Map<String, Bucket> events;
    private final Bucket others;

    /**
     * Creates full buckets.
     *
     * @param nanos the time
     */
    RateLimits(LongSupplier nanos) {
        all = new Bucket(10, Duration.ofMillis(200), nanos);
        events = Map.of(
                ConsoleFrames.AUTH, new Bucket(2, Duration.ofSeconds(5), nanos),
                ConsoleFrames.SEND_LOGS, new Bucket(2, Duration.ofSeconds(5), nanos),
                ConsoleFrames.SEND_COMMAND, new Bucket(10, Duration.ofSeconds(1), nanos));
        others = new Bucket(4, Duration.ofSeconds(1), nanos);
    }

    /** Takes from the bucket of all messages. */
    Verdict message() {
        return all.take(GLOBAL);
    }

    /** Takes from the bucket of an event. */
    Verdict event(String event) {
        var bucket = events.get(event);
        return bucket == null ? others.take(event) : bucket.take(event);
    }

    /**
     * Whether a message may pass.
     *
     * @param passed whether it may
     * @param announce what to tell the client, once per period of throttling
     */
    record Verdict(boolean passed, Optional<String> announce) {}

    private static final class Bucket {

        private final int burst;
        private final long refillNanos;
        private final LongSupplier nanos;
        private double tokens;
        private long last;
        private boolean throttling;

        Bucket(int burst, Duration refill, LongSupplier nanos) {
            this.burst = burst;
            this.refillNanos = refill.toNanos();
            this.nanos = nanos;
            this.tokens = burst;
            this.last = nanos.getAsLong();
        }

        Verdict take(String name) {
            long now = nanos.getAsLong();
            tokens = Math.min(burst, tokens + (double) (now - last) / refillNanos);
            last = now;
            if (tokens >= 1) {
                tokens--;
                throttling = false;
                return new Verdict(true, Optional.empty());
            }
            var announce = throttling ? Optional.<String>empty() : Optional.of(name);
            throttling = true;
            return new Verdict(false, announce);
        }
    }
}
