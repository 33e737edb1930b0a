package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a server's files be counted for somebody who waits for the result. Thread-safe. */
final class SpaceCounter {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Who is refused again and again does not get a count each time. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Supplier<@Nullable CompletableFuture<Boolean>> counter;
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

    SpaceCounter(Supplier<@Nullable CompletableFuture<Boolean>> counter) {
        this.counter = counter;
    }

    /**
     * Lets them be counted, and waits.
     *
     * @return whether they were, or nobody counts
     * @throws IOException if that takes too long, or was cancelled
     */
    boolean now(CancelSignal cancel) throws IOException {
        var count = counter.get();
        return count == null || await(count, cancel);
    }

    /**
     * Lets them be counted again, and waits: the server may have removed some of its files since.
     *
     * @return whether they were
     */
    boolean again(CancelSignal cancel) throws IOException {
        long due = notBefore.get();
        long now = System.nanoTime();
        if (now - due < 0 || !notBefore.compareAndSet(due, now + PAUSE.toNanos())) {
            return false;
        }
        var count = counter.get();
        return count != null && await(count, cancel);
    }

    @SuppressWarnings("try") // The registration is held, not used.
    private static boolean await(CompletableFuture<Boolean> count, CancelSignal cancel) throws IOException {
        // A copy: ending the wait must not end the count that others wait for as well.
        var answer = count.copy();
        try (var registered = cancel.onCancel(() -> answer.cancel(false))) {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the server's files are still being counted (expected: try again later)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server's files were counted", e);
        } catch (ExecutionException | CancellationException e) {
            throw new IOException("the server's files were not counted: " + e.getMessage(), e);
        }
    }
}
