package dev.rookery.daemon.internal.server;

import dev.rookery.daemon.PowerOptions;
import dev.rookery.daemon.internal.server.Lifecycle.InstallWish;
import dev.rookery.daemon.internal.server.Lifecycle.Next;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision in the making: the new state and its effects, with the moves that several rules share. Not thread-safe. */
final class Draft {

    private final List<Effect> effects = new ArrayList<>();
    private final Instant now;
    private final PowerOptions power;
    private Lifecycle state;
    private boolean inLine;
    private Transition.@Nullable Refusal refusal;

    Draft(Lifecycle state, Instant now, PowerOptions power) {
        this.state = state;
        this.now = now;
        this.power = power;
    }

    Lifecycle state() {
        return state;
    }

    Transition done() {
        return new Transition(state, effects, refusal);
    }

    boolean refused() {
        return refusal != null;
    }

    /** What is launched from here on is one of many: it waits for a place. */
    void inLine() {
        inLine = true;
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void refuse(Transition.Kind kind, String text) {
        refusal = new Transition.Refusal(kind, text);
    }

    void refuse(String text) {
        refuse(Transition.Kind.CONFLICT, text);
    }

    /** Changes the phase and publishes the power state if that is another one now. */
    void phase(Phase phase) {
        var previous = state.phase().power();
        var deadline = phase == Phase.STOPPING ? state.stopDeadline() : null;
        state = state.toBuilder()
                .phase(phase)
                .resume(phase)
                .stopDeadline(deadline)
                .build();
        if (!phase.power().equals(previous)) {
            add(new Effect.Publish(previous, phase.power()));
        }
    }

    void next(Next next) {
        state = state.toBuilder().next(next).build();
    }

    void set(Lifecycle changed) {
        state = changed;
    }

    /** A stop or a kill ends the wish to start again, but not the one to reinstall or delete. */
    void dropStart() {
        if (state.next() == Next.START) {
            next(Next.NONE);
        }
    }

    void launch() {
        nextEpoch();
        clearWishes();
        phase(Phase.LAUNCHING);
        add(new Effect.Launch(state.epoch(), inLine));
    }

    void install(InstallWish wish) {
        nextEpoch();
        clearWishes();
        state = state.toBuilder().install(wish).build();
        phase(Phase.INSTALLING);
        add(new Effect.Install(state.epoch(), wish));
    }

    void remove() {
        nextEpoch();
        clearWishes();
        phase(Phase.DELETING);
        add(new Effect.Remove(state.epoch()));
    }

    void stop(Effect.Patience patience) {
        stop(patience, now.plus(patience.of(power)));
    }

    void stop(Effect.Patience patience, Instant deadline) {
        state = state.toBuilder().stopDeadline(deadline).build();
        phase(Phase.STOPPING);
        add(new Effect.Stop(state.epoch(), patience, deadline));
    }

    void kill() {
        // Kept: after a restart of the daemon it is killed, and not asked to stop.
        state = state.toBuilder().killed(true).build();
        phase(Phase.STOPPING);
        add(new Effect.Kill(state.epoch()));
    }

    void abortLaunch() {
        phase(Phase.ABORTING_LAUNCH);
        add(new Effect.Abort(state.epoch()));
    }

    void abortInstall() {
        phase(Phase.ABORTING_INSTALL);
        add(new Effect.Abort(state.epoch()));
    }

    /** Nothing runs any more: does what was wished for next. */
    void down() {
        var next = state.next();
        if (next == Next.DELETE) {
            remove();
        } else if (next == Next.REINSTALL) {
            phase(Phase.OFFLINE);
            install(new InstallWish(true, false));
        } else if (next == Next.START && state.mayStart()) {
            phase(Phase.OFFLINE);
            launch();
        } else {
            clearWishes();
            phase(Phase.OFFLINE);
        }
    }

    /** Stays down until the engine answers, then starts: stored like this, so that a restart of the daemon does not forget it. */
    void awaitEngine(String why) {
        clearWishes();
        next(Next.START);
        phase(Phase.OFFLINE);
        add(new Effect.Say(why));
        add(new Effect.AwaitEngine(state.epoch()));
    }

    void nextEpoch() {
        var hints = new Lifecycle.Hints(null, state.hints().ended(), false);
        state = state.toBuilder().epoch(state.epoch() + 1).hints(hints).build();
    }

    private void clearWishes() {
        state = state.toBuilder().next(Next.NONE).killed(false).install(null).build();
    }
}
