package dev.rookery.proxy.store;

import dev.rookery.api.Incubating;

/** Something that nobody else does meanwhile. Closed by the thread that got it; closing twice has no effect. */
@Incubating
public interface StoreLock extends AutoCloseable {

    /** Gives it back. */
    @Override
    void close();
}
