package dev.rookery.api.spi;

import dev.rookery.api.CancelSignal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the processes of servers and installers, and keeps them running when the daemon ends.
 *
 * <p>Calls block. Each ends at a deadline of the implementation's own and at {@code cancel}. They throw
 * {@link EngineUnavailableException} when what runs the processes is away or goes away meanwhile,
 * {@link dev.rookery.api.DeadlineException} when it does not answer, and {@link dev.rookery.api.UnavailableException} itself for what
 * concerns the call only: it was cancelled, or something else is missing. Processes are named by an id that {@link #create} gives; where
 * an id is asked for, the name does as well.
 *
 * <p>Implementations are thread-safe.
 */
public interface ServerEnvironment extends AutoCloseable {

    /** Returns what kind it is, in lower case, such as {@code docker}. */
    String name();

    /** Asks whether the environment is there, and makes ready what all processes share. */
    void prepare(CancelSignal cancel);

    /** Returns the address that processes reach this host by. */
    String hostAddress(CancelSignal cancel);

    /**
     * Makes an image available; has no effect where there are no images.
     *
     * @param progress hears how far it is, on any thread; must not wait
     * @throws dev.rookery.api.NotFoundException if the image can neither be fetched nor is there
     */
    void provide(ImageRequest image, ImageListener progress, CancelSignal cancel);

    /**
     * Creates a process without starting it, in place of one that has the same name. A process that comes into being after the call has
     * ended early is removed by the implementation.
     *
     * @return its id
     */
    String create(ProcessSpec spec, CancelSignal cancel);

    /** Starts a created process; has no effect if it runs. */
    void start(String id, CancelSignal cancel);

    /**
     * Connects to input and output of a process, which need not run yet.
     *
     * @param output hears the raw bytes, on a thread of its own, then their end; must not wait
     */
    Attachment attach(String id, Output output, CancelSignal cancel);

    /**
     * Reads what is stored of a process's output.
     *
     * @param since leaves out what is older; empty means everything
     * @param output hears the raw bytes on the calling thread, then their end
     */
    void readLog(String id, Optional<Instant> since, Output output, CancelSignal cancel);

    /** Returns what a process is doing, empty if there is none. */
    Optional<ProcessStatus> inspect(String id, CancelSignal cancel);

    /** Returns this node's processes, running or not. */
    List<ProcessSummary> list(CancelSignal cancel);

    /** Sends a signal, such as {@code SIGINT}; has no effect if the process does not run. */
    void signal(String id, String signal, CancelSignal cancel);

    /** Has the process asked to end in its own way, without ever killing it; does not wait for its end. */
    void stop(String id, CancelSignal cancel);

    /** Removes a process, running or not, with what only it used; has no effect if there is none. */
    void remove(String id, CancelSignal cancel);

    /**
     * Changes the limits of a process that runs.
     *
     * @return whether they apply now; false if they can only with the next {@link #create}
     */
    boolean update(String id, ProcessSpec.Limits limits, CancelSignal cancel);

    /**
     * Listens to what happens to this node's processes, until the subscription is closed. News may come twice, and is a reason to
     * {@link #inspect}: that answer is what counts.
     *
     * @param listener is called from one thread at a time; must not wait
     */
    Subscription watch(EnvironmentListener listener);

    /**
     * Takes what processes use now, all in one go.
     *
     * @return samples by id, without the processes that do not run or could not be asked
     */
    Map<String, UsageSample> usage(Collection<String> ids, CancelSignal cancel);

    /** Returns the images kept on this machine, empty where there are none. */
    default Optional<ImageStore> images() {
        return Optional.empty();
    }

    /** Ends every stream and subscription, and lets the processes run. */
    @Override
    void close();
}
