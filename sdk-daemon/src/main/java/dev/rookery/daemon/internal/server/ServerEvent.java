package dev.rookery.daemon.internal.server;

import dev.rookery.api.node.PowerAction;
import java.time.Instant;

/** Something that happened to a server: a wish, or news of what was begun. News carry the epoch of what they speak of. */
public sealed interface ServerEvent {

    /**
     * Somebody wants a power action.
     *
     * @param action which one
     */
    record Power(PowerAction action) implements ServerEvent {}

    /**
     * Somebody wants the server installed.
     *
     * @param wish how
     */
    record Install(Lifecycle.InstallWish wish) implements ServerEvent {}

    /** Somebody wants the running installation ended. */
    record AbortInstall() implements ServerEvent {}

    /** Somebody wants the server removed. */
    record Delete() implements ServerEvent {}

    /**
     * The panel's configuration has arrived.
     *
     * @param suspended whether the server may not run
     * @param crashDetection whether to start it again after a crash
     */
    record Configured(boolean suspended, boolean crashDetection) implements ServerEvent {}

    /**
     * Somebody moves the server's files elsewhere, or has ended that.
     *
     * @param begins whether it begins
     */
    record Transfer(boolean begins) implements ServerEvent {}

    /**
     * It is known what runs, after the daemon has started.
     *
     * @param running whether the server's container runs
     */
    record Resumed(boolean running) implements ServerEvent {}

    /**
     * The process runs.
     *
     * @param epoch of the launch
     */
    record Launched(long epoch) implements ServerEvent {}

    /**
     * There is no process, and none will come of this launch.
     *
     * @param epoch of the launch
     * @param reason for people
     * @param engineAway whether it may work once the engine answers again
     */
    record LaunchFailed(long epoch, String reason, boolean engineAway) implements ServerEvent {}

    /**
     * The process said that it is ready.
     *
     * @param epoch of its launch
     */
    record Ready(long epoch) implements ServerEvent {}

    /**
     * The process has ended.
     *
     * @param epoch of its launch
     * @param exitCode its exit code
     * @param outOfMemory whether the kernel killed it for want of memory
     * @param at when
     */
    record Exited(long epoch, int exitCode, boolean outOfMemory, Instant at) implements ServerEvent {}

    /**
     * The process has not ended in time.
     *
     * @param epoch of its launch
     */
    record StopOverdue(long epoch) implements ServerEvent {}

    /**
     * The install job has ended, with nothing of it running any more.
     *
     * @param epoch of the job
     * @param successful whether the script ended well
     */
    record InstallEnded(long epoch, boolean successful) implements ServerEvent {}

    /**
     * Container and files are gone.
     *
     * @param epoch of the removal
     */
    record Removed(long epoch) implements ServerEvent {}

    /**
     * The server's files take more of the disk than it may have.
     *
     * @param usedMebibytes what they take
     * @param limitMebibytes what they may
     */
    record DiskFull(long usedMebibytes, long limitMebibytes) implements ServerEvent {}

    /**
     * A user is about to type the very line that the egg ends the process with.
     *
     * @param epoch of the process
     * @param at when
     */
    record StopTyped(long epoch, Instant at) implements ServerEvent {}

    /**
     * The engine is away. What it ends first, a moment ago, it did not tell the reason of.
     *
     * @param at when
     */
    record EngineLost(Instant at) implements ServerEvent {}

    /**
     * The engine answers again.
     *
     * @param lostProcess whether the server's process ran before and does not now
     */
    record EngineBack(boolean lostProcess) implements ServerEvent {}
}
