package dev.rookery.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens on another thread, always with a deadline. */
public final class Eventually {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Eventually() {}

    /**
     * Waits until the condition holds.
     *
     * @param what is awaited, for the failure's text
     * @param deadline how long at most
     * @param condition is asked again and again on the calling thread
     * @throws AssertionError if the deadline passes first
     */
    public static void holds(String what, Duration deadline, BooleanSupplier condition) {
        holds(() -> what, deadline, condition);
    }

    /**
     * Waits until the condition holds.
     *
     * @param what is awaited, asked only when the deadline has passed, so that it can show the state then
     * @param deadline how long at most
     * @param condition is asked again and again on the calling thread
     * @throws AssertionError if the deadline passes first
     */
    public static void holds(Supplier<String> what, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + deadline + ": " + what.get());
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for: " + what.get(), e);
            }
        }
    }
}
