package dev.rookery.proxy.internal.apply;

import dev.rookery.kit.Correlation;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.ProxyListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, none of which can disturb anything. Thread-safe. */
public final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final List<ProxyListener> listeners = new CopyOnWriteArrayList<>();

    /** Creates it without listeners. */
    public Events() {}

    /** Adds a listener. */
    public void add(ProxyListener listener) {
        listeners.add(listener);
    }

    /** Removes a listener. */
    public void remove(ProxyListener listener) {
        listeners.remove(listener);
    }

    /** Tells all of them, in the order in which they came. */
    void tell(Function<String, ProxyEvent> event) {
        var happened = event.apply(Correlation.current().orElse(""));
        for (var listener : listeners) {
            try {
                listener.happened(happened);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed at {}", happened.getClass().getSimpleName(), e);
            }
        }
    }
}
