package dev.rookery.api.spi;

/** Input of a process and the hold on its output. Thread-safe. */
public interface Attachment extends AutoCloseable {

    /**
     * Queues bytes for the process.
     *
     * @throws dev.rookery.api.ConflictException if the queue is full or the connection has ended
     */
    void write(byte[] bytes);

    /** Lets go; the output ends. Repeating has no effect. */
    @Override
    void close();
}
