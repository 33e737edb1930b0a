package dev.rookery.examples.embedded;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.node.ServerState;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** Shows a console's lines, and knows when the server runs and when it has stopped. */
final class Terminal implements ConsoleListener {

    private final PrintStream out;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    Terminal(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onEvent(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Output output) {
            out.println(output.line());
        } else if (event instanceof ConsoleEvent.InstallOutput output) {
            out.println(output.line());
        } else if (event instanceof ConsoleEvent.DaemonMessage message) {
            out.println(message.text());
        } else if (event instanceof ConsoleEvent.Status status) {
            show(status.state());
        }
    }

    private void show(ServerState state) {
        out.println("-- " + state.wireName());
        if (state.equals(ServerState.RUNNING)) {
            running.countDown();
        } else if (state.equals(ServerState.OFFLINE) && running.getCount() == 0) {
            stopped.countDown();
        }
    }

    void awaitRunning() throws InterruptedException {
        running.await();
    }

    void awaitStopped() throws InterruptedException {
        stopped.await();
    }
}
