package dev.rookery.daemon.internal.server;

import dev.rookery.api.node.PowerAction;
import dev.rookery.daemon.CrashDetectionOptions;
import dev.rookery.daemon.PowerOptions;
import dev.rookery.daemon.internal.server.Effect.Patience;
import dev.rookery.daemon.internal.server.Lifecycle.Next;
import java.time.Instant;

/**
 * Decides what follows from an event: a pure function of the state, the event and the time, without a clock, threads or I/O. Every order of events
 * is legal; what does not concern the present state is ignored. Immutable.
 */
public final class ServerReducer {

    private final NewsRules news;
    private final PowerOptions power;

    /**
     * Creates a reducer.
     *
     * @param crashDetection how crashes are answered
     * @param power how long processes may take to end
     */
    public ServerReducer(CrashDetectionOptions crashDetection, PowerOptions power) {
        this.news = new NewsRules(new ExitRules(crashDetection));
        this.power = power;
    }

    /**
     * Returns what follows.
     *
     * @param now what time it is
     */
    public Transition reduce(Lifecycle state, ServerEvent event, Instant now) {
        var draft = new Draft(state, now, power);
        if (event instanceof ServerEvent.Power power) {
            power(draft, power.action());
        } else if (event instanceof ServerEvent.Install install) {
            install(draft, install.wish());
        } else if (event instanceof ServerEvent.AbortInstall) {
            abortInstall(draft);
        } else if (event instanceof ServerEvent.Delete) {
            delete(draft);
        } else if (event instanceof ServerEvent.Configured configured) {
            configured(draft, configured);
        } else if (event instanceof ServerEvent.Transfer transfer) {
            transfer(draft, transfer.begins());
        } else if (event instanceof ServerEvent.DiskFull full) {
            diskFull(draft, full);
        } else if (event instanceof ServerEvent.Resumed resumed) {
            draft.inLine();
            BootRules.resumed(draft, resumed.running());
        } else if (event instanceof ServerEvent.EngineLost lost) {
            ExitRules.engineLost(draft, lost.at());
        } else if (event instanceof ServerEvent.EngineBack back) {
            draft.inLine();
            ExitRules.engineBack(draft, back.lostProcess());
        } else {
            news.happened(draft, event);
        }
        return draft.done();
    }

    private static void power(Draft draft, PowerAction action) {
        if (refuseLeaving(draft)) {
            return;
        }
        var before = draft.state();
        switch (action) {
            case START -> start(draft, false);
            case RESTART -> start(draft, true);
            case STOP -> stop(draft);
            case KILL -> kill(draft);
        }
        boolean nothingNew = action == PowerAction.START && draft.state().equals(before);
        if (!draft.refused() && !nothingNew) {
            // Whoever gets something decides anew: an engine that goes away later explains nothing of before.
            ExitRules.decidedAnew(draft);
        }
    }

    private static void start(Draft draft, boolean restart) {
        var state = draft.state();
        if (state.suspended()) {
            draft.refuse("the server is suspended");
            return;
        }
        if (refuseTransferring(draft)) {
            return;
        }
        switch (state.phase()) {
            case BOOTING -> refuseBooting(draft);
            case INSTALLING, ABORTING_INSTALL -> draft.refuse("the server is being installed");
            case OFFLINE -> draft.launch();
            case STARTING, RUNNING -> {
                if (restart) {
                    draft.next(Next.START);
                    draft.stop(Patience.NORMAL);
                }
            }
            case STOPPING, ABORTING_LAUNCH -> {
                if (state.next() == Next.NONE) {
                    draft.next(Next.START);
                }
            }
            default -> {
                // Launching: it is on its way already.
            }
        }
    }

    private static void stop(Draft draft) {
        switch (draft.state().phase()) {
            case BOOTING -> refuseBooting(draft);
            case INSTALLING, ABORTING_INSTALL ->
                draft.refuse("the server is being installed (kill ends an installation)");
            case LAUNCHING -> draft.abortLaunch();
            case STARTING, RUNNING -> draft.stop(Patience.NORMAL);
            default -> draft.dropStart();
        }
    }

    private static void kill(Draft draft) {
        draft.dropStart();
        switch (draft.state().phase()) {
            case BOOTING -> killUnseen(draft);
            case INSTALLING -> draft.abortInstall();
            case LAUNCHING -> draft.abortLaunch();
            case STARTING, RUNNING, STOPPING -> draft.kill();
            default -> {
                // Nothing runs, or it has been told to give up already.
            }
        }
    }

    /** It is not known yet what runs; an engine that hangs must not keep that from whoever asks. */
    private static void killUnseen(Draft draft) {
        draft.set(draft.state().toBuilder().killed(true).build());
        draft.add(new Effect.Kill(draft.state().epoch()));
    }

    private static void install(Draft draft, Lifecycle.InstallWish wish) {
        if (refuseLeaving(draft) || refuseTransferring(draft)) {
            return;
        }
        boolean down = draft.state().phase() == Phase.OFFLINE || draft.state().phase() == Phase.BOOTING;
        if (!wish.reinstall() && !down && !draft.state().phase().installing()) {
            // Only a reinstallation ends what runs.
            draft.refuse("the server is not offline (expected: stop it first, or reinstall it)");
            return;
        }
        switch (draft.state().phase()) {
            case BOOTING -> refuseBooting(draft);
            case INSTALLING, ABORTING_INSTALL -> draft.refuse("the server is being installed already");
            case OFFLINE -> draft.install(wish);
            case LAUNCHING -> {
                draft.next(Next.REINSTALL);
                draft.abortLaunch();
            }
            case STARTING, RUNNING -> {
                draft.next(Next.REINSTALL);
                draft.stop(Patience.REINSTALL);
            }
            default -> draft.next(Next.REINSTALL);
        }
    }

    private static void abortInstall(Draft draft) {
        switch (draft.state().phase()) {
            case BOOTING -> refuseBooting(draft);
            case INSTALLING -> draft.abortInstall();
            case ABORTING_INSTALL -> {
                // It has been told to give up already.
            }
            default -> draft.refuse("the server is not being installed");
        }
    }

    private static void delete(Draft draft) {
        if (draft.state().phase() == Phase.DELETED) {
            draft.refuse(Transition.Kind.GONE, "the server was deleted");
            return;
        }
        if (draft.state().phase() == Phase.DELETING) {
            return;
        }
        draft.next(Next.DELETE);
        switch (draft.state().phase()) {
            case OFFLINE -> draft.remove();
            case INSTALLING -> draft.abortInstall();
            case LAUNCHING -> draft.abortLaunch();
            case STARTING, RUNNING, STOPPING -> draft.kill();
            default -> {
                // Follows once it is known what runs, or once the running task has given up.
            }
        }
    }

    private static void configured(Draft draft, ServerEvent.Configured event) {
        draft.set(draft.state().toBuilder()
                .suspended(event.suspended())
                .crashDetection(event.crashDetection())
                .build());
        if (!event.suspended()) {
            return;
        }
        draft.dropStart();
        endProcess(draft, Patience.SUSPENDED);
    }

    /** Saying so again changes nothing: whoever moves files may have died in between. */
    private static void transfer(Draft draft, boolean begins) {
        if (!begins) {
            draft.set(draft.state().toBuilder().transferring(false).build());
            return;
        }
        var state = draft.state();
        if (refuseLeaving(draft) || state.transferring()) {
            return;
        }
        if (state.phase() == Phase.BOOTING) {
            refuseBooting(draft);
        } else if (state.phase().installing() || state.next() == Next.REINSTALL) {
            draft.refuse("the server is being installed");
        } else {
            draft.set(state.toBuilder().transferring(true).build());
            draft.dropStart();
            endProcess(draft, Patience.NORMAL);
        }
    }

    private static void endProcess(Draft draft, Patience patience) {
        switch (draft.state().phase()) {
            case LAUNCHING -> draft.abortLaunch();
            case STARTING, RUNNING -> draft.stop(patience);
            default -> {
                // Nothing runs that was not told to end already.
            }
        }
    }

    private static void diskFull(Draft draft, ServerEvent.DiskFull event) {
        if (draft.state().phase().up()) {
            draft.add(new Effect.Say("The server takes " + event.usedMebibytes() + " MiB of disk space, "
                    + event.limitMebibytes() + " MiB are allowed. It is stopped now."));
            draft.stop(Patience.DISK_FULL);
        }
    }

    private static boolean refuseLeaving(Draft draft) {
        if (draft.state().phase() == Phase.DELETED) {
            draft.refuse(Transition.Kind.GONE, "the server was deleted");
            return true;
        }
        if (draft.state().phase() == Phase.DELETING || draft.state().next() == Next.DELETE) {
            draft.refuse("the server is being deleted");
            return true;
        }
        return false;
    }

    private static boolean refuseTransferring(Draft draft) {
        if (draft.state().transferring()) {
            draft.refuse("the server is being transferred");
            return true;
        }
        return false;
    }

    private static void refuseBooting(Draft draft) {
        draft.refuse(
                Transition.Kind.UNAVAILABLE,
                "the node does not know yet what runs: it is starting, or the container engine does not answer; try again later");
    }
}
