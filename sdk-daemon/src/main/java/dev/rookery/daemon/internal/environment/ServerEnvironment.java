package dev.rookery.daemon.internal.environment;

import dev.rookery.api.CancelSignal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs containers. Calls block, end at a deadline of the implementation's own and at {@code cancel}, and throw
 * {@link dev.rookery.api.UnavailableException} when the engine is away. Thread-safe.
 */
public interface ServerEnvironment extends AutoCloseable {

    /** Asks the engine whether it is there, and makes ready what all containers share. */
    void prepare(CancelSignal cancel);

    /** Returns the address of this host on the servers' network. */
    String gateway(CancelSignal cancel);

    /**
     * Makes an image available.
     *
     * @param image its reference; a leading {@code ~} means never pull
     * @param progress hears lines for people
     * @throws dev.rookery.api.NotFoundException if the image can neither be pulled nor is there
     */
    void pull(String image, Consumer<String> progress, CancelSignal cancel);

    /**
     * Creates a container and removes one that has the same name before.
     *
     * @return its id
     */
    String create(ContainerSpec spec, CancelSignal cancel);

    /** Starts a created container. */
    void start(String container, CancelSignal cancel);

    /**
     * Connects to input and output of a container, which need not run yet.
     *
     * @param output hears the raw bytes, on a thread of its own, then their end; must not wait
     */
    Attachment attach(String container, Output output, CancelSignal cancel);

    /**
     * Reads what the engine has stored of a container's output.
     *
     * @param since leave out what is older; empty means everything
     * @param output hears the raw bytes on the calling thread, then their end
     */
    void readLog(String container, Optional<Instant> since, Output output, CancelSignal cancel);

    /** Returns what a container is doing, empty if there is none of this name or id. */
    Optional<ContainerStatus> inspect(String container, CancelSignal cancel);

    /**
     * Waits, however long, until a container does not run; the only call without a deadline.
     *
     * @return its exit code
     */
    int awaitExit(String container, CancelSignal cancel);

    /** Sends a signal, such as {@code SIGINT}; has no effect if the container does not run. */
    void signal(String container, String signal, CancelSignal cancel);

    /** Lets the engine ask the process to end with the image's own signal, without killing it. */
    void stop(String container, CancelSignal cancel);

    /** Removes a container, running or not, with its anonymous volumes; has no effect if there is none. */
    void remove(String container, CancelSignal cancel);

    /**
     * Reads what a container uses, about once a second, until it ends or the handle is closed.
     *
     * @param sink hears each sample on a thread of its own
     */
    Subscription stats(String container, Consumer<UsageSample> sink);

    /** Returns this node's containers, running or not. */
    List<ContainerSummary> list(CancelSignal cancel);

    /** Ends every stream and lets the containers run. */
    @Override
    void close();

    /** Input of a container and the hold on its output. */
    interface Attachment extends AutoCloseable {

        /**
         * Queues bytes for the process.
         *
         * @throws dev.rookery.api.ConflictException if the queue is full or the connection has ended
         */
        void write(byte[] bytes);

        /** Lets go; the output ends. */
        @Override
        void close();
    }

    /** Hears bytes. */
    interface Output {

        /**
         * Hears some bytes.
         *
         * @param buffer valid during the call
         * @param length how many
         */
        void bytes(byte[] buffer, int length);

        /** Hears that no more will come. */
        default void end() {}
    }

    /** Something that runs until it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * What a container is doing.
     *
     * @param id its id
     * @param running whether its process runs
     * @param exitCode of the ended process
     * @param outOfMemory whether the kernel killed it for want of memory
     * @param startedAt when its process started, empty if it never did
     */
    record ContainerStatus(
            String id, boolean running, int exitCode, boolean outOfMemory, Optional<Instant> startedAt) {}

    /**
     * A container of this node.
     *
     * @param id its id
     * @param name its name
     * @param running whether its process runs
     */
    record ContainerSummary(String id, String name, boolean running) {}
}
