package dev.rookery.examples.egglab;

import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.PowerAction;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.examples.egglab.TrialProgress.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;

/** Installs a server on a daemon of its own, starts it, waits until it says that it is up, and stops it. */
final class Trial {

    private static final long RETRY_MILLIS = 200;
    private static final EnumSet<Stage> FINAL = EnumSet.of(Stage.NOT_INSTALLED, Stage.RUNNING, Stage.ENDED);

    private final DaemonOptions options;
    private final TrialServer server;
    private final TrialProgress progress;
    private final Duration startTime;
    private final Duration stopTime;

    Trial(DaemonOptions options, TrialServer server, TrialProgress progress, Duration startTime, Duration stopTime) {
        this.options = options;
        this.server = server;
        this.progress = progress;
        this.startTime = startTime;
        this.stopTime = stopTime;
    }

    /** Returns what went wrong, if anything did. */
    Optional<String> run() throws IOException, InterruptedException {
        try (var daemon = Daemon.builder(options, server).build()) {
            daemon.start();
            create(daemon.node());
            try (var console = daemon.node().server(server.id()).console(ConsoleOptions.live(), progress)) {
                return run(console);
            }
        }
    }

    private void create(Node node) throws InterruptedException {
        long end = System.nanoTime() + startTime.toNanos();
        while (true) {
            try {
                node.createServer(new CreateServer(server.id(), true));
                return;
            } catch (UnavailableException e) {
                // It still finds out what runs. An engine that is away for good is told once the time is over.
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private Optional<String> run(Console console) throws InterruptedException {
        var started = progress.await(FINAL::contains, startTime);
        if (started != Stage.RUNNING) {
            return Optional.of(failure(started, console));
        }
        console.setState(PowerAction.STOP);
        if (progress.await(stage -> stage == Stage.ENDED, stopTime) == Stage.ENDED) {
            return Optional.empty();
        }
        kill(console);
        return Optional.of(
                "did not stop within " + stopTime.toSeconds() + " s and was killed (expected: its stop works)");
    }

    private String failure(Stage stage, Console console) throws InterruptedException {
        return switch (stage) {
            case NOT_INSTALLED -> "could not be installed (expected: the install script ends with 0)";
            case ENDED -> "ended before it was up (expected: one of the lines in config.startup.done)";
            case INSTALLING, INSTALLED -> "was not installed within " + startTime.toSeconds() + " s";
            case STARTING, RUNNING -> {
                kill(console);
                yield "did not say within " + startTime.toSeconds()
                        + " s that it is up (expected: one of the lines in config.startup.done)";
            }
        };
    }

    private void kill(Console console) throws InterruptedException {
        console.setState(PowerAction.KILL);
        progress.await(stage -> stage == Stage.ENDED, stopTime);
    }
}
