package dev.rookery.daemon.internal.environment.process;

import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again which processes still run, and tells of those that do not any more. Thread-safe. */
final class ProcessWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessWatcher.class);
    private static final long LOOK_MILLIS = 100;

    private final Supplier<Collection<ProcessFolder>> processes;
    private final Consumer<ProcessFolder> ended;
    private final List<EnvironmentListener> listeners = new CopyOnWriteArrayList<>();
    private final List<EnvironmentListener> coming = new ArrayList<>();
    private final Set<String> ran = new HashSet<>();
    private final Object lock = new Object();
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean begun;

    /**
     * Creates it.
     *
     * @param processes what to look at
     * @param ended hears of an end before the listeners do
     */
    ProcessWatcher(Supplier<Collection<ProcessFolder>> processes, Consumer<ProcessFolder> ended) {
        this.processes = processes;
        this.ended = ended;
    }

    /** Adds a listener; it is told first what runs now. */
    Subscription add(EnvironmentListener listener, Consumer<Runnable> threads) {
        boolean first;
        synchronized (lock) {
            coming.add(listener);
            first = !begun;
            begun = true;
        }
        if (first) {
            threads.accept(this::look);
        }
        return () -> {
            synchronized (lock) {
                coming.remove(listener);
            }
            listeners.remove(listener);
        };
    }

    /** Says that a process was started: its end is told even if nobody sees it run. */
    void started(String id) {
        synchronized (lock) {
            ran.add(id);
        }
    }

    /** Says that a process is no more, and that nobody has to be told. */
    void forget(String id) {
        synchronized (lock) {
            ran.remove(id);
        }
    }

    void close() {
        closing.countDown();
        listeners.clear();
    }

    private void look() {
        while (!awaitNextLook()) {
            try {
                var all = processes.get();
                welcome(all);
                tellEnds(all);
            } catch (RuntimeException e) {
                LOG.warn("process runtime: cannot see which processes run: {}", e.toString());
            }
        }
    }

    private void welcome(Collection<ProcessFolder> all) {
        List<EnvironmentListener> welcome;
        synchronized (lock) {
            welcome = List.copyOf(coming);
        }
        if (welcome.isEmpty()) {
            return;
        }
        var now = all.stream().map(ProcessFolder::summary).toList();
        for (var listener : welcome) {
            listener.back(now, true);
            synchronized (lock) {
                if (coming.remove(listener)) {
                    listeners.add(listener);
                }
            }
        }
    }

    /** Tells of those that have ended since it was asked last; one whose wrapper has not begun yet has not ended. */
    void tellEnds(Collection<ProcessFolder> all) {
        for (var process : all) {
            var status = process.status();
            boolean running = status.running();
            boolean hasEnded;
            synchronized (lock) {
                if (running) {
                    ran.add(process.id());
                }
                hasEnded = !running && status.startedAt().isPresent() && ran.remove(process.id());
            }
            if (hasEnded) {
                ended.accept(process);
                listeners.forEach(listener -> listener.exited(process.id()));
            }
        }
    }

    private boolean awaitNextLook() {
        try {
            return closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
