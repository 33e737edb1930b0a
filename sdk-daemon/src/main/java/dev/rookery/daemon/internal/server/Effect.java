package dev.rookery.daemon.internal.server;

import dev.rookery.api.node.ServerState;
import dev.rookery.daemon.PowerOptions;
import java.time.Duration;
import java.time.Instant;

/** Something to be done that a decision asked for. Carried out in order; what takes time answers with a {@link ServerEvent}. */
public sealed interface Effect {

    /**
     * Begin a launch; answers {@code Launched} or {@code LaunchFailed}, then {@code Ready} and {@code Exited}.
     *
     * @param epoch of the launch
     * @param inLine whether it waits for a place: it is one of many that begin at once, and nobody asked for it just now
     */
    record Launch(long epoch, boolean inLine) implements Effect {}

    /**
     * Take up a process that runs already; answers {@code Ready} and {@code Exited}.
     *
     * @param epoch that it has from now on
     */
    record Attach(long epoch) implements Effect {}

    /**
     * Tell a launch or an install job to give up; it still answers.
     *
     * @param epoch of the task
     */
    record Abort(long epoch) implements Effect {}

    /**
     * Ask the process to end, the way the egg says; answers {@code StopOverdue} when the time is over.
     *
     * @param epoch of the process
     * @param patience how long to wait at most
     * @param deadline when the time is over, by the clock
     */
    record Stop(long epoch, Patience patience, Instant deadline) implements Effect {}

    /**
     * End the process at once; tried until it has ended. Given again, it is tried at once, not a second time beside.
     *
     * @param epoch of the process
     */
    record Kill(long epoch) implements Effect {}

    /**
     * Begin or resume the install job; answers {@code InstallEnded}.
     *
     * @param epoch of the job
     * @param wish how
     */
    record Install(long epoch, Lifecycle.InstallWish wish) implements Effect {}

    /**
     * Close the install job and hand its outcome to the outbox, both or neither.
     *
     * @param wish how it was asked for
     * @param successful whether the script ended well
     */
    record ReportInstall(Lifecycle.InstallWish wish, boolean successful) implements Effect {}

    /**
     * Remove container and files; answers {@code Removed}.
     *
     * @param epoch of the removal
     */
    record Remove(long epoch) implements Effect {}

    /**
     * Wait until the engine answers again; answers {@code EngineBack}.
     *
     * @param epoch of the launch that failed for want of it
     */
    record AwaitEngine(long epoch) implements Effect {}

    /** Take the server off the node's list. */
    record Forget() implements Effect {}

    /**
     * Tell the consoles and the panel of a change of the power state.
     *
     * @param previous before
     * @param now after
     */
    record Publish(ServerState previous, ServerState now) implements Effect {}

    /**
     * Note for the panel that the process crashed.
     *
     * @param exitCode of the process
     * @param outOfMemory whether the kernel ended it for want of memory
     * @param at when it was seen
     */
    record NoteCrash(int exitCode, boolean outOfMemory, Instant at) implements Effect {}

    /**
     * The end that was noted as a crash was the engine's.
     *
     * @param at when it was seen
     */
    record WithdrawCrash(Instant at) implements Effect {}

    /**
     * Write a line of the daemon into the console.
     *
     * @param text for people
     */
    record Say(String text) implements Effect {}

    /** How long a process may take to end. */
    enum Patience {
        /** Somebody asked it to stop. */
        NORMAL,
        /** The panel has suspended it. */
        SUSPENDED,
        /** Its files take too much of the disk: it would go on writing. */
        DISK_FULL,
        /** It is to be installed again. */
        REINSTALL;

        /** Returns how long that is. */
        Duration of(PowerOptions options) {
            return switch (this) {
                case NORMAL -> options.stopTimeout();
                case SUSPENDED, DISK_FULL -> options.suspendTimeout();
                case REINSTALL -> options.reinstallStopTimeout();
            };
        }
    }
}
