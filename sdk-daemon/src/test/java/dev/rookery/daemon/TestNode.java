package dev.rookery.daemon;

import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.api.panel.ServerSettingsBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A daemon on the real engine, with directories, a network and a panel of its own. Removes its containers when closed. */
final class TestNode implements AutoCloseable {

    static final String IMAGE = "~rookery/test:1";
    /** A game server in a line of shell: says it is ready, answers what it is told, ends at "stop". */
    static final String GAME = "echo booting; sleep 0.2; echo 'Done (0.2s)! For help'; while read line; do "
            + "[ \"$line\" = stop ] && { echo bye; exit 0; }; [ \"$line\" = crash ] && exit 7; echo \"got: $line\"; done";

    final MemoryPanel panel = new MemoryPanel();
    final DaemonOptions options;
    private final UnaryOperator<DaemonBuilder> parts;
    private final List<ServerId> servers = new ArrayList<>();
    private Daemon daemon;

    TestNode(Path root) {
        this(root, builder -> builder);
    }

    TestNode(Path root, UnaryOperator<DaemonOptionsBuilder> change) {
        this(root, change, builder -> builder);
    }

    TestNode(Path root, UnaryOperator<DaemonOptionsBuilder> change, UnaryOperator<DaemonBuilder> parts) {
        this.options = change.apply(options(UUID.randomUUID(), root)).build();
        this.parts = parts;
        this.daemon = parts.apply(Daemon.builder(options, panel)).build();
        daemon.start();
    }

    /** Options of a node with a network of its own. */
    static DaemonOptionsBuilder options(UUID uuid, Path root) {
        var name = networkName(uuid);
        long third = Math.floorMod(uuid.getMostSignificantBits(), 250);
        var network = NetworkOptions.builder()
                .name(name)
                .networkMode(name)
                .bridgeName(name)
                .subnet("10.213." + third + ".0/24")
                .gateway("10.213." + third + ".1")
                .build();
        return DaemonOptions.builder(uuid, root)
                .docker(DockerOptions.builder().network(network).build());
    }

    static String networkName(UUID uuid) {
        return "rk-" + uuid.toString().substring(0, 8);
    }

    static ServerConfiguration configuration(ServerId id, String startup) {
        return configuration(id, startup, settings -> settings, new ProcessConfiguration.Stop("command", "stop"));
    }

    static InstallScript script(String text) {
        return new InstallScript(IMAGE, "sh", text);
    }

    Node node() {
        return daemon.node();
    }

    NodeServer server(ServerId id) {
        return daemon.node().server(id);
    }

    /** Makes the panel know a server. */
    ServerId define(String startup, String installScript) {
        return define(startup, installScript, settings -> settings, new ProcessConfiguration.Stop("command", "stop"));
    }

    ServerId define(
            String startup,
            String installScript,
            UnaryOperator<ServerSettingsBuilder> change,
            ProcessConfiguration.Stop stop) {
        var id = ServerId.random();
        panel.configurations.put(id, configuration(id, startup, change, stop));
        panel.scripts.put(id, script(installScript));
        servers.add(id);
        return id;
    }

    static ServerConfiguration configuration(
            ServerId id, String startup, UnaryOperator<ServerSettingsBuilder> change, ProcessConfiguration.Stop stop) {
        var settings = change.apply(ServerSettings.builder()
                        .uuid(id)
                        .meta(new ServerSettings.Meta("test", ""))
                        .suspended(false)
                        .invocation(startup)
                        .skipEggScripts(false)
                        .build(Build.builder().memoryMebibytes(64).build())
                        .container(new ServerSettings.Container(IMAGE))
                        .allocations(Allocations.none())
                        .egg(new ServerSettings.EggReference("", List.of(), Map.of())))
                .build();
        var process = new ProcessConfiguration(
                new ProcessConfiguration.Startup(List.of("Done ("), List.of(), false), stop, List.of());
        return new ServerConfiguration(settings, process);
    }

    /** Creates a server and waits until the panel has heard how its installation ended. */
    ServerId install(String startup, String installScript) {
        var id = define(startup, installScript);
        node().createServer(new CreateServer(id, false));
        awaitReport(id);
        return id;
    }

    /** Has the panel forget everything of a server that was deleted. */
    void forget(ServerId id) {
        servers.remove(id);
        panel.forget(id);
    }

    void awaitReport(ServerId id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> panel.installs.stream()
                        .anyMatch(reported -> reported.server().equals(id)));
    }

    void awaitState(ServerId id, ServerState state) {
        awaitState(id, state, Duration.ofSeconds(60));
    }

    void awaitState(ServerId id, ServerState state, Duration longest) {
        await("state " + state)
                .atMost(longest)
                .until(() -> server(id).details().state().equals(state));
    }

    RecordingConsole console(ServerId id, ConsoleOptions where) {
        var console = new RecordingConsole();
        server(id).console(where, console);
        return console;
    }

    /** Ends the daemon in order and starts it again. */
    void restart() {
        try {
            restart(() -> "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends the daemon, does something, and starts it again. */
    void restart(Meanwhile meanwhile) throws IOException {
        daemon.close();
        meanwhile.run();
        daemon = parts.apply(Daemon.builder(options, panel)).build();
        daemon.start();
    }

    Daemon daemon() {
        return daemon;
    }

    Path volume(ServerId id) {
        return options.system().dataDirectory().resolve(id.toString());
    }

    /** The address of the host in the node's network: the engine gives another one than asked for where that one is taken. */
    String gateway() throws IOException {
        return docker(
                "network",
                "inspect",
                "--format",
                "{{(index .IPAM.Config 0).Gateway}}",
                options.docker().network().name());
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        for (var id : servers) {
            docker("rm", "-fv", id.toString());
            docker("rm", "-fv", id + "_installer");
        }
        docker("network", "rm", options.docker().network().name());
    }

    /** Something done while the daemon is down. */
    interface Meanwhile {
        String run() throws IOException;
    }

    static String docker(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("rookery-test", ".txt");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.waitFor();
            return Files.readString(output).strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(output);
        }
    }
}
