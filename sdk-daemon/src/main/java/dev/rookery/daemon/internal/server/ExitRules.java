package dev.rookery.daemon.internal.server;

import dev.rookery.daemon.CrashDetectionOptions;
import dev.rookery.daemon.internal.server.Lifecycle.Hints;
import dev.rookery.daemon.internal.server.Lifecycle.Next;
import java.time.Instant;

/** Decides how a server goes on after its process ended, and while the engine is away. Immutable. */
final class ExitRules {

    private final CrashDetectionOptions crashDetection;

    ExitRules(CrashDetectionOptions crashDetection) {
        this.crashDetection = crashDetection;
    }

    void exited(Draft draft, ServerEvent.Exited event) {
        if (!draft.state().phase().mayHaveProcess()) {
            return;
        }
        var verdict = ExitVerdict.of(draft.state(), event, crashDetection);
        if (verdict == ExitVerdict.ASKED) {
            // An earlier crash explains nothing any more.
            hints(draft, Hints.NONE);
            draft.down();
            return;
        }
        hints(draft, new Hints(null, event.at(), false));
        if (verdict == ExitVerdict.ENGINE_RESTART) {
            hints(draft, Hints.NONE);
            draft.add(new Effect.Say("The container engine was restarted, the server is started again."));
            draft.inLine();
            draft.next(Next.START);
        } else if (verdict.crash()) {
            crashed(draft, event);
        }
        draft.down();
    }

    private void crashed(Draft draft, ServerEvent.Exited event) {
        var state = draft.state();
        draft.add(new Effect.NoteCrash(event.exitCode(), event.outOfMemory(), event.at()));
        if (!state.crashDetection()) {
            draft.add(new Effect.Say("The server ended with exit code " + event.exitCode()
                    + (event.outOfMemory() ? " (out of memory)" : "")
                    + ". Crash detection is off, so it is not started again."));
            return;
        }
        draft.add(new Effect.Say("---------- Detected server process in a crashed state! ----------"));
        draft.add(new Effect.Say("Exit code: " + event.exitCode()));
        draft.add(new Effect.Say("Out of memory: " + event.outOfMemory()));
        if (ExitVerdict.tooSoon(state.lastCrash(), event.at(), crashDetection.timeout())) {
            draft.add(new Effect.Say("Aborting automatic restart, last crash occurred less than "
                    + crashDetection.timeout().toSeconds() + " seconds ago."));
        } else {
            draft.set(state.toBuilder().lastCrash(event.at()).next(Next.START).build());
        }
    }

    static void stopTyped(Draft draft, ServerEvent.StopTyped event) {
        if (draft.state().phase().up()) {
            var hints = draft.state().hints();
            hints(draft, new Hints(event.at(), hints.ended(), hints.engineRestarted()));
        }
    }

    static void decidedAnew(Draft draft) {
        hints(draft, new Hints(draft.state().hints().stopTyped(), null, false));
    }

    /** An engine that is stopped ends the processes first, and gives no reason: what it ended was no crash. */
    static void engineLost(Draft draft, Instant at) {
        var state = draft.state();
        var ended = state.hints().ended();
        boolean explained = ended != null && ExitVerdict.explains(at, ended);
        if (ended != null && explained) {
            draft.add(new Effect.WithdrawCrash(ended));
            if (ended.equals(state.lastCrash())) {
                draft.set(state.toBuilder().lastCrash(null).build());
            }
        }
        if (state.phase().up()) {
            // Its end may be seen before the engine is heard again.
            hints(draft, new Hints(state.hints().stopTyped(), explained ? null : ended, true));
            return;
        }
        if (!explained) {
            return;
        }
        hints(draft, Hints.NONE);
        boolean idle = state.phase() == Phase.OFFLINE && state.next() == Next.NONE;
        if (idle && state.mayStart()) {
            draft.awaitEngine("The container engine is away, the server is started again once it is back.");
        }
    }

    static void engineBack(Draft draft, boolean lostProcess) {
        var state = draft.state();
        if (state.phase().up()) {
            var hints = state.hints();
            hints(draft, new Hints(hints.stopTyped(), hints.ended(), lostProcess));
        } else if (state.phase() == Phase.OFFLINE && state.next() == Next.START) {
            draft.down();
        }
    }

    private static void hints(Draft draft, Hints hints) {
        draft.set(draft.state().toBuilder().hints(hints).build());
    }
}
