package dev.rookery.daemon.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What effects would do to engine and disk, with every completion due at any time. Checks what must never happen. */
final class SimulatedWorld {

    private enum Task {
        NONE,
        LAUNCH,
        INSTALL,
        REMOVE
    }

    private final Random random;
    private final ServerReducer reducer;
    private final Set<Long> reported = new HashSet<>();
    private final List<String> history = new ArrayList<>();
    private Lifecycle state;
    private Task task = Task.NONE;
    private long taskEpoch;
    private boolean aborted;
    private boolean process;
    private long awaiting = -1;
    private long processEpoch;
    private boolean told;
    private boolean killSent;
    private boolean killWished;
    private int installsBegun;
    private int installsReported;
    private int forgotten;
    private ServerState published;
    private long seconds;

    SimulatedWorld(Random random, ServerReducer reducer, Lifecycle state) {
        this.random = random;
        this.reducer = reducer;
        this.state = state;
        this.published = state.phase().power();
    }

    List<String> history() {
        return history;
    }

    /** A wish, a completion, or news of something long gone. */
    void step() {
        int dice = random.nextInt(100);
        if (dice < 40) {
            wish();
        } else if (dice < 88) {
            complete();
        } else if (dice < 93) {
            tell(stale());
        } else if (dice < 96) {
            engine();
        } else {
            crash();
        }
    }

    private void engine() {
        switch (random.nextInt(4)) {
            case 0 -> tell(new ServerEvent.EngineLost(now()));
            case 1 -> {
                boolean lost = process && random.nextBoolean();
                tell(new ServerEvent.EngineBack(lost));
                if (lost && task == Task.NONE) {
                    process = false;
                    tell(new ServerEvent.Exited(processEpoch, 137, false, now()));
                }
            }
            case 2 -> tell(new ServerEvent.DiskFull(2, 1));
            default -> tell(new ServerEvent.StopTyped(processEpoch, now()));
        }
    }

    /** The daemon is killed and starts again: what ran in it is gone, what the engine runs is not. */
    private void crash() {
        if (state.phase() == Phase.DELETED || state.phase() == Phase.BOOTING) {
            return;
        }
        history.add("crash of the daemon");
        if (task == Task.INSTALL) {
            installsBegun--;
        } else if (task == Task.LAUNCH) {
            process = random.nextBoolean();
        }
        task = Task.NONE;
        awaiting = -1;
        told = false;
        killSent = false;
        state = state.booting();
        published = state.phase().power();
        if (random.nextBoolean()) {
            tell(new ServerEvent.Resumed(process));
        }
    }

    /** Lets everything that was begun come to its end, then looks whether the state is true. */
    void settle() {
        if (state.phase() == Phase.BOOTING) {
            tell(new ServerEvent.Resumed(process));
        }
        for (int i = 0; busy(); i++) {
            assertThat(i).as("the world never settles").isLessThan(1000);
            complete();
        }
        assertThat(state.phase().up()).as("says that it is up").isEqualTo(process);
        if (!process) {
            assertThat(state.phase()).isIn(Phase.OFFLINE, Phase.DELETED);
        }
        if (state.transferring()) {
            assertThat(process).as("runs while transferring").isFalse();
        }
        if (killWished) {
            assertThat(process).as("survived a kill").isFalse();
        }
        assertThat(state.next()).as("a wish nobody carries out").isEqualTo(Lifecycle.Next.NONE);
        assertThat(installsReported).as("installs reported").isEqualTo(installsBegun);
        assertThat(forgotten).isEqualTo(state.phase() == Phase.DELETED ? 1 : 0);
    }

    private boolean busy() {
        return task != Task.NONE
                || awaiting == state.epoch()
                || (process && (told || killSent || !state.phase().up()));
    }

    private void wish() {
        int dice = random.nextInt(100);
        if (dice < 25) {
            tell(new ServerEvent.Power(PowerAction.START));
        } else if (dice < 40) {
            tell(new ServerEvent.Power(PowerAction.STOP));
        } else if (dice < 55) {
            tell(new ServerEvent.Power(PowerAction.RESTART));
        } else if (dice < 73) {
            tell(new ServerEvent.Power(PowerAction.KILL));
        } else if (dice < 76) {
            tell(new ServerEvent.AbortInstall());
        } else if (dice < 85) {
            tell(new ServerEvent.Install(new Lifecycle.InstallWish(random.nextInt(3) > 0, random.nextBoolean())));
        } else if (dice < 89) {
            tell(new ServerEvent.Transfer(random.nextInt(3) == 0));
        } else if (dice < 97) {
            tell(new ServerEvent.Configured(random.nextInt(4) == 0, random.nextInt(4) != 0));
        } else if (dice < 99) {
            tell(new ServerEvent.Resumed(process));
        } else {
            tell(new ServerEvent.Delete());
        }
    }

    private ServerEvent stale() {
        long epoch = Math.max(0, state.epoch() - 1 - random.nextInt(3));
        return switch (random.nextInt(6)) {
            case 0 -> new ServerEvent.Launched(epoch);
            case 1 -> new ServerEvent.LaunchFailed(epoch, "stale", random.nextBoolean());
            case 2 -> new ServerEvent.Exited(epoch, 1, false, now());
            case 3 -> new ServerEvent.StopOverdue(epoch);
            case 4 -> new ServerEvent.InstallEnded(epoch, random.nextBoolean());
            default -> new ServerEvent.Ready(epoch);
        };
    }

    private void complete() {
        switch (task) {
            case LAUNCH -> completeLaunch();
            case INSTALL -> {
                long epoch = taskEpoch;
                task = Task.NONE;
                tell(new ServerEvent.InstallEnded(epoch, !aborted && random.nextBoolean()));
            }
            case REMOVE -> {
                process = false;
                task = Task.NONE;
                tell(new ServerEvent.Removed(taskEpoch));
            }
            default -> {
                if (awaiting == state.epoch()) {
                    awaiting = -1;
                    tell(new ServerEvent.EngineBack(false));
                } else {
                    completeProcess();
                }
            }
        }
    }

    private void completeLaunch() {
        long epoch = taskEpoch;
        task = Task.NONE;
        // A launch that was aborted may have gone through all the same.
        if (random.nextInt(4) == 0 || (aborted && random.nextBoolean())) {
            tell(new ServerEvent.LaunchFailed(epoch, "no image", random.nextBoolean()));
            return;
        }
        process = true;
        processEpoch = epoch;
        told = false;
        killSent = false;
        if (random.nextInt(3) == 0) {
            tell(new ServerEvent.Ready(epoch));
        }
        tell(new ServerEvent.Launched(epoch));
    }

    private void completeProcess() {
        if (!process) {
            return;
        }
        if (told && !killSent && random.nextInt(3) == 0) {
            tell(new ServerEvent.StopOverdue(processEpoch));
        } else if (told || killSent || random.nextInt(3) == 0) {
            process = false;
            tell(new ServerEvent.Exited(processEpoch, random.nextInt(2), random.nextInt(9) == 0, now()));
        } else {
            tell(new ServerEvent.Ready(processEpoch));
        }
    }

    private void tell(ServerEvent event) {
        history.add(state.phase() + " " + event);
        var transition = reducer.reduce(state, event, now());
        state = transition.state();
        boolean wantsUp = event instanceof ServerEvent.Power power
                && (power.action() == PowerAction.START || power.action() == PowerAction.RESTART)
                && transition.refusal() == null;
        if (event instanceof ServerEvent.Power power && power.action() == PowerAction.KILL) {
            killWished = true;
        } else if (wantsUp || (event instanceof ServerEvent.Install && transition.refusal() == null)) {
            killWished = false;
        }
        transition.effects().forEach(this::carryOut);
        assertThat(published).isEqualTo(state.phase().power());
    }

    private void carryOut(Effect effect) {
        history.add("    " + effect);
        if (effect instanceof Effect.Launch launch) {
            begin(Task.LAUNCH, launch.epoch());
            assertThat(state.suspended()).as("launched while suspended").isFalse();
            assertThat(state.transferring()).as("launched while transferring").isFalse();
        } else if (effect instanceof Effect.Attach attach) {
            assertThat(process).isTrue();
            processEpoch = attach.epoch();
        } else if (effect instanceof Effect.Install install) {
            begin(Task.INSTALL, install.epoch());
            assertThat(state.transferring()).as("installed while transferring").isFalse();
            installsBegun++;
        } else if (effect instanceof Effect.Remove remove) {
            begin(Task.REMOVE, remove.epoch());
        } else if (effect instanceof Effect.Abort abort) {
            aborted |= abort.epoch() == taskEpoch;
        } else if (effect instanceof Effect.Stop stop) {
            told |= process && stop.epoch() == processEpoch;
        } else if (effect instanceof Effect.Kill kill) {
            killSent |= process && kill.epoch() == processEpoch;
        } else if (effect instanceof Effect.ReportInstall) {
            installsReported++;
            assertThat(reported.add(taskEpoch)).as("reported twice").isTrue();
        } else if (effect instanceof Effect.AwaitEngine await) {
            awaiting = await.epoch();
        } else if (effect instanceof Effect.Publish publish) {
            assertThat(publish.previous()).isEqualTo(published);
            assertThat(publish.now()).as("publishes a change").isNotEqualTo(published);
            published = publish.now();
        } else if (effect instanceof Effect.Forget) {
            forgotten++;
        }
    }

    private void begin(Task begun, long epoch) {
        assertThat(task).as("a task begins while another one runs").isEqualTo(Task.NONE);
        assertThat(process).as("a task begins while the process runs").isFalse();
        assertThat(epoch).as("epochs grow").isGreaterThan(taskEpoch);
        task = begun;
        taskEpoch = epoch;
        aborted = false;
    }

    private Instant now() {
        seconds += random.nextInt(90);
        return Instant.ofEpochSecond(seconds);
    }
}
