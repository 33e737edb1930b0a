package dev.rookery.examples.egglab;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.node.ServerState;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Predicate;

/** What became of a trial so far: prints what its server says, and lets wait for a stage. Thread-safe. */
final class TrialProgress implements ConsoleListener {

    /** How far a server has come. */
    enum Stage {
        /** It is being installed. */
        INSTALLING,
        /** Its installation failed. */
        NOT_INSTALLED,
        /** It is installed. */
        INSTALLED,
        /** Its process runs. */
        STARTING,
        /** It has said that it is up. */
        RUNNING,
        /** Its process has ended. */
        ENDED
    }

    private final PrintWriter out;
    private Stage stage = Stage.INSTALLING;

    TrialProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void onEvent(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Output output) {
            show(output.line());
        } else if (event instanceof ConsoleEvent.InstallOutput output) {
            show(output.line());
        } else if (event instanceof ConsoleEvent.DaemonMessage message) {
            show(message.text());
        } else if (event instanceof ConsoleEvent.Status status) {
            reached(status.state());
        }
    }

    private synchronized void show(String line) {
        out.println("  " + Printable.line(line));
        out.flush();
    }

    synchronized void installed(boolean successful) {
        if (stage == Stage.INSTALLING) {
            stage = successful ? Stage.INSTALLED : Stage.NOT_INSTALLED;
        }
        notifyAll();
    }

    private synchronized void reached(ServerState state) {
        if (state.equals(ServerState.STARTING)) {
            stage = Stage.STARTING;
        } else if (state.equals(ServerState.RUNNING)) {
            stage = Stage.RUNNING;
        } else if (state.equals(ServerState.OFFLINE) && (stage == Stage.STARTING || stage == Stage.RUNNING)) {
            stage = Stage.ENDED;
        }
        notifyAll();
    }

    /** Waits for a stage, no longer than {@code most}, and returns the one that it has come to. */
    synchronized Stage await(Predicate<Stage> wanted, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (!wanted.test(stage)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return stage;
    }
}
