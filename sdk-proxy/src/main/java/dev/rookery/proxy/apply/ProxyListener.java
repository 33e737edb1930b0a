package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;

/** Hears what happens to changes, such as for a page that shows it. */
@Incubating
@FunctionalInterface
public interface ProxyListener {

    /**
     * Something happened. Called on the thread that did it, one event after the other, while the engine's lock is held: it has to be quick. What it
     * throws is logged and changes nothing.
     */
    void happened(ProxyEvent event);
}
