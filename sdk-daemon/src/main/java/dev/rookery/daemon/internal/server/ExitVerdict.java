package dev.rookery.daemon.internal.server;

import dev.rookery.daemon.CrashDetectionOptions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says what the end of a process means: a pure function of the exit and of what was known before. The table of cases is in
 * {@code docs/reliability.md}.
 */
enum ExitVerdict {
    /** Somebody wanted it: the panel, a user who typed the stop command, or a task of this daemon. */
    ASKED,
    /** The engine went down and took the process with it: it starts again when the engine is back, and nothing is counted. */
    ENGINE_RESTART,
    /** It ended by itself and well. */
    CLEAN,
    /** The kernel killed it for want of memory: a crash. */
    OUT_OF_MEMORY,
    /** It ended for a reason of its own, or was killed or removed by somebody else: a crash. */
    CRASH;

    /** How long after the end of a process the loss of the engine explains it: an engine that stops says so last. */
    static final Duration ENGINE_STOP = Duration.ofSeconds(30);

    /** How long a typed stop command explains the end of the process. */
    static final Duration TYPED_STOP = Duration.ofMinutes(10);

    static ExitVerdict of(Lifecycle state, ServerEvent.Exited exit, CrashDetectionOptions options) {
        if (!state.phase().up() && state.phase() != Phase.LAUNCHING) {
            return ASKED;
        }
        if (near(state.hints().stopTyped(), exit.at(), TYPED_STOP)) {
            return ASKED;
        }
        if (state.hints().engineRestarted()) {
            return ENGINE_RESTART;
        }
        if (exit.outOfMemory()) {
            return OUT_OF_MEMORY;
        }
        return exit.exitCode() == 0 && !options.detectCleanExitAsCrash() ? CLEAN : CRASH;
    }

    /** Returns whether the engine that is away since {@code at} explains an exit that nobody asked for. */
    static boolean explains(Instant at, @Nullable Instant ended) {
        return near(ended, at, ENGINE_STOP);
    }

    /** Returns whether a crash is too soon after the one before to be answered with a start. */
    static boolean tooSoon(@Nullable Instant last, Instant at, Duration timeout) {
        // A clock that was set back tells nothing: a crash that seems to lie in the future must not keep a server down.
        return last != null && !at.isBefore(last) && near(last, at, timeout);
    }

    /** A clock that was set back a little between the two does not tear them apart. */
    private static boolean near(@Nullable Instant earlier, Instant at, Duration window) {
        return earlier != null && Duration.between(earlier, at).abs().compareTo(window) < 0;
    }

    boolean crash() {
        return this == CRASH || this == OUT_OF_MEMORY;
    }
}
