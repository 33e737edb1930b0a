package dev.rookery.daemon.internal.server;

import dev.rookery.daemon.internal.server.Effect.Patience;
import dev.rookery.daemon.internal.server.Lifecycle.Next;

/** Decides how a server goes on after the daemon has started and it is known whether its container runs. */
final class BootRules {

    private BootRules() {}

    static void resumed(Draft draft, boolean running) {
        var state = draft.state();
        if (state.phase() != Phase.BOOTING) {
            return;
        }
        if (state.resume().installing()) {
            resumeInstall(draft);
        } else if (state.resume() == Phase.DELETING || state.resume() == Phase.DELETED) {
            draft.remove();
        } else if (running) {
            resumeProcess(draft);
        } else {
            resumeWithoutProcess(draft);
        }
    }

    private static void resumeInstall(Draft draft) {
        var state = draft.state();
        boolean abort = state.killed() || state.next() == Next.DELETE || state.resume() == Phase.ABORTING_INSTALL;
        var wish = state.install();
        if (wish == null) {
            draft.down();
            return;
        }
        var next = state.next();
        draft.install(wish);
        draft.next(next);
        if (abort) {
            draft.abortInstall();
        }
    }

    private static void resumeProcess(Draft draft) {
        var state = draft.state();
        draft.nextEpoch();
        draft.add(new Effect.Attach(draft.state().epoch()));
        if (state.killed() || state.next() == Next.DELETE || state.resume() == Phase.ABORTING_LAUNCH) {
            draft.kill();
        } else if (state.resume() == Phase.STOPPING || !state.mayStart()) {
            stopOn(draft);
        } else {
            draft.dropStart();
            boolean ready = state.resume() == Phase.RUNNING || state.resume() == Phase.OFFLINE;
            draft.phase(ready ? Phase.RUNNING : Phase.STARTING);
        }
    }

    /** The time that it may take began when it was told to stop, not with this start of the daemon. */
    private static void stopOn(Draft draft) {
        var state = draft.state();
        var patience = state.suspended() ? Patience.SUSPENDED : Patience.NORMAL;
        var deadline = state.stopDeadline();
        if (deadline == null) {
            draft.stop(patience);
        } else {
            draft.stop(patience, deadline);
        }
    }

    private static void resumeWithoutProcess(Draft draft) {
        var state = draft.state();
        boolean wanted = state.resume().up() || state.resume() == Phase.LAUNCHING;
        if (wanted && !state.killed() && state.next() == Next.NONE) {
            draft.next(Next.START);
        }
        draft.down();
    }
}
