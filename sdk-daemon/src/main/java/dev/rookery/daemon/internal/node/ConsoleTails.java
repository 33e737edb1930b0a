package dev.rookery.daemon.internal.node;

import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.daemon.internal.console.NumberedLine;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the last console lines of all servers once a second, so that their numbers are found again after a crash. */
final class ConsoleTails {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleTails.class);

    private ConsoleTails() {}

    static void schedule(NodeRuntime runtime, ScheduledExecutorService timer) {
        var saving = new AtomicBoolean();
        timer.scheduleWithFixedDelay(() -> begin(runtime, saving), 1, 1, TimeUnit.SECONDS);
    }

    /** Not on the timer's thread, which keeps deadlines: a disk may take its time. */
    private static void begin(NodeRuntime runtime, AtomicBoolean saving) {
        if (saving.compareAndSet(false, true)) {
            try {
                runtime.services().threads().execute(() -> {
                    try {
                        save(runtime);
                    } finally {
                        saving.set(false);
                    }
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("the daemon is closing, console lines are stored at its end", e);
            }
        }
    }

    static void saveAll(NodeRuntime runtime) {
        save(runtime);
    }

    private static void save(NodeRuntime runtime) {
        var tails = new HashMap<ServerId, List<NumberedLine>>();
        for (var server : runtime.servers()) {
            server.console().changedTail().ifPresent(tail -> tails.put(server.id(), tail));
        }
        if (tails.isEmpty()) {
            return;
        }
        try {
            runtime.services().store().saveTails(tails);
        } catch (RookeryException e) {
            LOG.warn("console lines could not be stored: {}", e.getMessage());
        }
    }
}
