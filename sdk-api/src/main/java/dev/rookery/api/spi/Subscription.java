package dev.rookery.api.spi;

/** Something that goes on until it is closed. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** Ends it. Repeating has no effect. */
    @Override
    void close();
}
