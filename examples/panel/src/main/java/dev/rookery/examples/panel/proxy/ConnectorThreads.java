package dev.rookery.examples.panel.proxy;

import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.kit.NamedThreads;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that looks what there is to do with connectors, and one for each connector that there is something to do with: one whose image is pulled, or which takes
 * its time to stop, holds no other one up. Never two for the same connector. Thread-safe.
 */
final class ConnectorThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorThreads.class);
    private static final long LOOK_SECONDS = 5;
    private static final long CLOSE_SECONDS = 45;

    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor looking =
            new ScheduledThreadPoolExecutor(1, NamedThreads.platform("tunnel-connectors"));
    // No virtual threads: a keeper waits for its connector while it holds a monitor.
    private final ExecutorService working = Executors.newCachedThreadPool(NamedThreads.platform("tunnel-connector"));

    ConnectorThreads() {
        looking.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Looks every few seconds from now on. */
    void lookRegularly(Runnable look) {
        looking.scheduleWithFixedDelay(() -> logged("connectors of tunnels", look), 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Looks once, as soon as no other look is on. */
    void look(Runnable look) {
        looking.execute(() -> logged("connectors of tunnels", look));
    }

    /** Does something with a binding's connector. Does nothing if there is something done with it already: the next look comes to it again. */
    void work(String binding, Runnable work) {
        if (!busy.add(binding)) {
            return;
        }
        try {
            working.execute(() -> alone(binding, work));
        } catch (OutOfMemoryError e) {
            // "unable to create native thread": a bound of the system, which does not last.
            busy.remove(binding);
            throw new UnavailableException("the system gives out no more threads: " + e.getMessage(), e);
        }
    }

    private void alone(String binding, Runnable work) {
        try {
            logged("connector of the tunnel of '" + binding + "'", work);
        } finally {
            busy.remove(binding);
        }
    }

    /** What goes on failing for the same reason is noted once. */
    private void logged(String what, Runnable task) {
        try {
            task.run();
            if (failing.remove(what) != null) {
                LOG.info("The {} can be looked after again", what);
            }
        } catch (RookeryException e) {
            var reason = String.valueOf(e.getMessage());
            if (!reason.equals(failing.put(what, reason))) {
                LOG.warn("The {} cannot be looked after: {}", what, reason);
            }
        } catch (RuntimeException e) {
            LOG.error("The {} cannot be looked after", what, e);
        }
    }

    /** Waits for what is being done, about as long as a connector takes to stop. What takes longer is interrupted. */
    @Override
    public void close() {
        end(looking);
        end(working);
    }

    private static void end(ExecutorService threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
