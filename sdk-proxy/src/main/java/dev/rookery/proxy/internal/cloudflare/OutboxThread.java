package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.kit.NamedThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is due, when it is due. Thread-safe. */
public final class OutboxThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxThread.class);
    /** Whether a token is another one is seen by looking only. */
    private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    private final OutboxRun run;
    private final Semaphore wakes = new Semaphore(0);
    private @Nullable Thread thread;

    /** Creates it; it does not run yet. */
    public OutboxThread(OutboxRun run) {
        this.run = run;
    }

    /** Starts it, unless it runs. */
    public synchronized void start() {
        if (thread == null) {
            thread = NamedThreads.waiting("cloudflare-outbox").newThread(this::loop);
            thread.start();
        }
    }

    /** Has it look at once. */
    public void wake() {
        wakes.release();
    }

    @Override
    public synchronized void close() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(STOP_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    private void loop() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (wakes.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Duration pause() {
        try {
            var next = run.due().map(at -> Duration.between(Instant.now(), at)).orElse(PAUSE_MAX);
            var least = next.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : next;
            return least.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : least;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                LOG.debug("the outbox for Cloudflare was stopped: {}", e.getMessage());
            } else {
                LOG.warn("the outbox for Cloudflare failed", e);
            }
            return PAUSE_MAX;
        }
    }
}
