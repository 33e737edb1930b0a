package dev.rookery.examples.embedded;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.PowerAction;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.ServerRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Runs the server of an egg in this terminal: {@code java -jar rookery-embedded.jar EGG.json FOLDER [docker|process]}. */
public final class Embedded {

    private static final UUID NODE = UUID.fromString("5d3f0a54-8f0b-4a53-9d53-2f4b7c1c9a01");

    private static final long RETRY_MILLIS = 200;

    private Embedded() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2) {
            System.err.println("expected: EGG.json FOLDER [docker|process]");
            System.exit(2);
        }
        var panel = OneServer.of(
                EggReader.read(Files.readAllBytes(Path.of(args[0]))).egg());
        var options = DaemonOptions.builder(NODE, Path.of(args[1]).toAbsolutePath())
                .runtime(args.length > 2 && args[2].equals("process") ? ServerRuntime.PROCESS : ServerRuntime.DOCKER)
                .build();
        run(options, panel, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
    }

    // snippet: daemon
    /** Installs the server if it is new, starts it, passes lines both ways, and stops it at the end of the input. */
    static void run(DaemonOptions options, OneServer panel, BufferedReader in, PrintStream out)
            throws IOException, InterruptedException {
        var terminal = new Terminal(out);
        try (var daemon = Daemon.builder(options, panel).build()) {
            daemon.start();
            startServer(daemon.node(), panel.id());
            try (var console = daemon.node().server(panel.id()).console(ConsoleOptions.live(), terminal)) {
                terminal.awaitRunning();
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    console.sendCommand(line);
                }
                console.setState(PowerAction.STOP);
                terminal.awaitStopped();
            }
        }
    }

    private static void startServer(Node node, ServerId id) throws InterruptedException {
        while (true) {
            try {
                if (node.servers().isEmpty()) {
                    node.createServer(new CreateServer(id, true));
                } else {
                    node.server(id).power(PowerAction.START);
                }
                return;
            } catch (UnavailableException e) {
                // It still finds out what runs, or the container engine is away.
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }
    // end
}
