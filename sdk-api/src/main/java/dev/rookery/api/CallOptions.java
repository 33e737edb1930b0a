package dev.rookery.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Bounds a call and says what it belongs to.
 *
 * @param deadline the longest time the call may take; empty means the adapter's default for that kind of call
 * @param cancel ends the call early; empty means nothing does
 * @param correlationId travels with the call into the logs of both sides; at most 64 characters of {@code [A-Za-z0-9._-]}
 */
public record CallOptions(Optional<Duration> deadline, Optional<CancelSignal> cancel, Optional<String> correlationId) {

    private static final CallOptions DEFAULTS = new CallOptions(Optional.empty(), Optional.empty(), Optional.empty());
    private static final int CORRELATION_ID_MAX = 64;

    /** Checks every value. */
    public CallOptions {
        requireNonNull(cancel, "cancel");
        deadline.ifPresent(d -> {
            if (d.isNegative() || d.isZero()) {
                throw new InvalidInputException("deadline: " + d + " (expected: > 0)");
            }
        });
        correlationId.ifPresent(id -> {
            if (!validCorrelationId(id)) {
                throw new InvalidInputException("correlation id (expected: 1 to 64 characters of [A-Za-z0-9._-])");
            }
        });
    }

    /** Returns options that bound nothing beyond the adapter's defaults. */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /** Returns options with a deadline. */
    public static CallOptions deadline(Duration deadline) {
        return new CallOptions(Optional.of(deadline), Optional.empty(), Optional.empty());
    }

    /** Returns a copy that {@code signal} can cancel. */
    public CallOptions cancel(CancelSignal signal) {
        return new CallOptions(deadline, Optional.of(signal), correlationId);
    }

    /** Returns a copy with a correlation id. */
    public CallOptions correlationId(String id) {
        return new CallOptions(deadline, cancel, Optional.of(id));
    }

    /** Returns whether {@code text} can be a correlation id; what comes from outside is checked before it is used. */
    public static boolean validCorrelationId(String text) {
        return !text.isEmpty()
                && text.length() <= CORRELATION_ID_MAX
                && text.chars()
                        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-'));
    }
}
