package dev.rookery.kit;

import dev.rookery.api.CallOptions;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.MDC;

/**
 * The id that ties log lines of panel and node to the click that caused them. Lives in SLF4J's MDC under {@link #MDC_KEY}, travels in
 * the header {@link #HEADER}. Thread-safe.
 */
public final class Correlation {

    /** The MDC key. */
    public static final String MDC_KEY = "correlation";

    /** The HTTP header; foreign peers ignore it. */
    public static final String HEADER = "X-Correlation-Id";

    private Correlation() {}

    /** Returns a new id. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Returns the present thread's id. */
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(MDC_KEY));
    }

    /** Returns {@code text} if it can be an id, else a new id: for what a stranger sent. */
    public static String acceptOrNew(Optional<String> text) {
        return text.filter(CallOptions::validCorrelationId).orElseGet(Correlation::newId);
    }

    /**
     * Gives the present thread an id until the scope is closed, then the previous one.
     *
     * @param id the id
     */
    public static Scope open(String id) {
        var previous = MDC.get(MDC_KEY);
        MDC.put(MDC_KEY, id);
        return () -> {
            if (previous == null) {
                MDC.remove(MDC_KEY);
            } else {
                MDC.put(MDC_KEY, previous);
            }
        };
    }

    /** Returns {@code task} with the present thread's id, for another thread to run. */
    public static Runnable carry(Runnable task) {
        var id = current();
        return id.isEmpty()
                ? task
                : () -> {
                    var scope = open(id.get());
                    try {
                        task.run();
                    } finally {
                        scope.close();
                    }
                };
    }

    /** Ends the id of a thread. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
