package dev.rookery.daemon.internal.server;

import dev.rookery.daemon.internal.server.Lifecycle.Next;

/** Decides what follows from news of what was begun. What is not about the present task or process is stale and ignored. Immutable. */
final class NewsRules {

    private final ExitRules exits;

    NewsRules(ExitRules exits) {
        this.exits = exits;
    }

    void happened(Draft draft, ServerEvent event) {
        if (event instanceof ServerEvent.Launched launched) {
            if (current(draft, launched.epoch())) {
                launched(draft);
            }
        } else if (event instanceof ServerEvent.LaunchFailed failed) {
            if (current(draft, failed.epoch())) {
                launchFailed(draft, failed);
            }
        } else if (event instanceof ServerEvent.Ready ready) {
            if (current(draft, ready.epoch())) {
                ready(draft);
            }
        } else if (event instanceof ServerEvent.Exited exited) {
            if (current(draft, exited.epoch())) {
                exits.exited(draft, exited);
            }
        } else if (event instanceof ServerEvent.StopTyped typed) {
            if (current(draft, typed.epoch())) {
                ExitRules.stopTyped(draft, typed);
            }
        } else if (event instanceof ServerEvent.StopOverdue overdue) {
            if (current(draft, overdue.epoch()) && draft.state().phase() == Phase.STOPPING) {
                draft.add(new Effect.Say("The server did not stop in time and is killed."));
                draft.kill();
            }
        } else if (event instanceof ServerEvent.InstallEnded ended) {
            if (current(draft, ended.epoch())) {
                installEnded(draft, ended.successful());
            }
        } else if (event instanceof ServerEvent.Removed removed) {
            if (current(draft, removed.epoch()) && draft.state().phase() == Phase.DELETING) {
                draft.phase(Phase.DELETED);
                draft.add(new Effect.Forget());
            }
        }
    }

    private static void launched(Draft draft) {
        if (draft.state().phase() == Phase.LAUNCHING) {
            draft.phase(Phase.STARTING);
        } else if (draft.state().phase() == Phase.ABORTING_LAUNCH) {
            draft.kill();
        }
    }

    private static void ready(Draft draft) {
        // A quick process may say so before the launch task has answered.
        if (draft.state().phase() == Phase.STARTING || draft.state().phase() == Phase.LAUNCHING) {
            draft.phase(Phase.RUNNING);
        }
    }

    private static void launchFailed(Draft draft, ServerEvent.LaunchFailed event) {
        var state = draft.state();
        var phase = state.phase();
        boolean wanted = phase == Phase.LAUNCHING || phase.up();
        if (wanted && event.engineAway() && state.next() == Next.NONE && state.mayStart()) {
            draft.awaitEngine("The server could not be started: " + event.reason()
                    + ". It is started once the container engine answers.");
            return;
        }
        if (wanted) {
            draft.add(new Effect.Say("The server could not be started: " + event.reason()));
        }
        if (phase.mayHaveProcess()) {
            draft.down();
        }
    }

    private static void installEnded(Draft draft, boolean successful) {
        var state = draft.state();
        var wish = state.install();
        if (!state.phase().installing() || wish == null) {
            return;
        }
        draft.add(new Effect.ReportInstall(wish, successful));
        boolean killed = state.phase() == Phase.ABORTING_INSTALL;
        if (successful && wish.startAfter() && !killed) {
            draft.next(Next.START);
        }
        draft.down();
    }

    private static boolean current(Draft draft, long epoch) {
        return draft.state().epoch() == epoch;
    }
}
