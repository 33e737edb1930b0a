package dev.rookery.examples.panel.sql;

import dev.rookery.proxy.store.StoreLock;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Locks of the routes' store, against all threads and all panels of its database. Thread-safe. */
interface RouteLocks {

    /** Takes a lock; see {@link dev.rookery.proxy.store.RouteStore#lock}. */
    StoreLock take(String name, Duration limit);

    /**
     * Checks that this store has not lost a lock that it took, within a transaction that keeps what was done under it. Does nothing if it has not taken it.
     *
     * @throws dev.rookery.proxy.store.StoreException if somebody else has taken it since
     */
    void requireHeld(Handle handle, String name);
}
