package dev.rookery.daemon.internal.stats;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.api.spi.UsageSample;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes once a second what all running processes use. A poll that takes longer is waited for. Thread-safe. */
public final class StatisticsPoll {

    private static final Logger LOG = LoggerFactory.getLogger(StatisticsPoll.class);
    private static final long INTERVAL_MILLIS = 1_000;

    private final ServerEnvironment environment;
    private final Executor threads;
    private final Supplier<Map<String, Consumer<UsageSample>>> running;
    private final CancelSignal never = CancelSignal.create();
    private final AtomicBoolean polling = new AtomicBoolean();

    /**
     * Creates it.
     *
     * @param threads where the environment is asked
     * @param running gives the processes that run now, and who hears their samples
     */
    public StatisticsPoll(
            ServerEnvironment environment, Executor threads, Supplier<Map<String, Consumer<UsageSample>>> running) {
        this.environment = environment;
        this.threads = threads;
        this.running = running;
    }

    /** Begins to poll, until the timer is shut down. */
    public void schedule(ScheduledExecutorService timer) {
        timer.scheduleAtFixedRate(this::begin, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void begin() {
        var hearers = running.get();
        if (hearers.isEmpty() || !polling.compareAndSet(false, true)) {
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    poll(hearers);
                } finally {
                    polling.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the node is closing, nothing is polled any more");
        }
    }

    private void poll(Map<String, Consumer<UsageSample>> hearers) {
        try {
            environment.usage(hearers.keySet(), never).forEach((id, sample) -> {
                var hearer = hearers.get(id);
                if (hearer != null) {
                    hearer.accept(sample);
                }
            });
        } catch (RookeryException e) {
            LOG.debug("no statistics: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("statistics could not be taken", e);
        }
    }
}
