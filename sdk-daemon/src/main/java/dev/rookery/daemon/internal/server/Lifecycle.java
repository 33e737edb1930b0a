package dev.rookery.daemon.internal.server;

import java.time.Instant;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one server that decisions depend on. Stored before what follows from it is done.
 *
 * @param phase what it is doing
 * @param resume while {@link Phase#BOOTING}, what it was doing when the daemon ended; else the same as {@code phase}
 * @param epoch number of the task or process that {@code phase} speaks of; news of others are stale
 * @param next what to do once it is down
 * @param install the installation that runs, or is to run next; null if none
 * @param killed whether it is to be killed, also after a restart of the daemon: it may not have ended yet
 * @param suspended whether it may not run
 * @param transferring whether its files are being moved elsewhere: until that ends, nothing of it may run
 * @param crashDetection whether to start it again after a crash
 * @param lastCrash when it crashed last; null if it never did
 * @param stopDeadline while it stops, when it is killed; null else
 * @param hints what the end of its process may mean; not stored
 */
@Value.Builder
public record Lifecycle(
        Phase phase,
        Phase resume,
        long epoch,
        Next next,
        @Nullable InstallWish install,
        boolean killed,
        boolean suspended,
        boolean transferring,
        boolean crashDetection,
        @Nullable Instant lastCrash,
        @Nullable Instant stopDeadline,
        Hints hints) {

    /** Returns it without what is not stored. */
    Lifecycle kept() {
        return hints.equals(Hints.NONE) ? this : toBuilder().hints(Hints.NONE).build();
    }

    /** Returns the state of a server that nothing has happened to. */
    public static Lifecycle offline(boolean suspended, boolean crashDetection) {
        return new LifecycleBuilder()
                .phase(Phase.OFFLINE)
                .resume(Phase.OFFLINE)
                .epoch(0)
                .next(Next.NONE)
                .killed(false)
                .suspended(suspended)
                .transferring(false)
                .crashDetection(crashDetection)
                .hints(Hints.NONE)
                .build();
    }

    /** Returns the state in which a server is taken from the store. */
    public Lifecycle booting() {
        return toBuilder()
                .phase(Phase.BOOTING)
                .resume(phase == Phase.BOOTING ? resume : phase)
                .build();
    }

    /** Returns whether a process of it may be begun. */
    boolean mayStart() {
        return !suspended && !transferring;
    }

    /** Returns a builder with these values. */
    public LifecycleBuilder toBuilder() {
        return new LifecycleBuilder().from(this);
    }

    /** What to do once a server is down. */
    public enum Next {
        /** Stay down. */
        NONE,
        /** Start again. */
        START,
        /** Run the install script. */
        REINSTALL,
        /** Remove it. */
        DELETE
    }

    /**
     * An installation somebody asked for.
     *
     * @param reinstall whether the server had been installed before
     * @param startAfter whether to start it afterwards
     */
    public record InstallWish(boolean reinstall, boolean startAfter) {}

    /**
     * What is known about the end of a process before or after it is seen.
     *
     * @param stopTyped when a user typed the stop command; null if nobody did
     * @param ended when the last process ended that nobody had asked to; null if none did
     * @param engineRestarted whether the engine is away, or came back without the process
     */
    public record Hints(
            @Nullable Instant stopTyped, @Nullable Instant ended, boolean engineRestarted) {

        static final Hints NONE = new Hints(null, null, false);
    }
}
