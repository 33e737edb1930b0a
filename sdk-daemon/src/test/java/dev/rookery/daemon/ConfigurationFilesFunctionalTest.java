package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ProcessConfiguration.ConfigFile;
import dev.rookery.api.panel.ProcessConfiguration.Replacement;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.build.tiers.SecondLane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's files are what its egg asks for when its process begins, each time. */
@Tag("docker")
@SecondLane
class ConfigurationFilesFunctionalTest {

    @TempDir
    Path root;

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(root);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void editsTheFilesBeforeEachStartAndABrokenOneKeepsNobodyFromStarting() throws IOException {
        var id = node.install(
                "cat server.properties config.yml; " + TestNode.GAME,
                "cd /mnt/server; printf '# mine\\nport: 1\\n' > server.properties; "
                        + "printf 'a: [1\\n' > broken.yml; printf 'host: old # kept\\n' > config.yml\n");
        node.panel.configurations.computeIfPresent(id, (same, configuration) -> withFiles(configuration));
        var console = node.console(id, ConsoleOptions.live());

        runOnce(id);
        assertThat(console.lines()).contains("# mine", "port: 25565", "host: " + node.gateway() + ":7 # kept");
        assertThat(console.of(ConsoleEvent.DaemonMessage.class).map(ConsoleEvent.DaemonMessage::text))
                .contains("Updating process configuration files...")
                .anyMatch(line -> line.startsWith("broken.yml cannot be edited, it stays as it is: line "));
        assertThat(node.volume(id).resolve("broken.yml")).hasContent("a: [1\n");

        Files.writeString(node.volume(id).resolve("server.properties"), "port = 9\n# later\n");
        runOnce(id);
        assertThat(node.volume(id).resolve("server.properties")).hasContent("port = 25565\n# later\n");
    }

    private void runOnce(ServerId id) {
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        node.server(id).power(PowerAction.STOP);
        node.awaitState(id, ServerState.OFFLINE);
    }

    private static ServerConfiguration withFiles(ServerConfiguration configuration) {
        var process = configuration.process();
        var configs = List.of(
                file("server.properties", "properties", "port", "25565"),
                file("config.yml", "yaml", "host", "{{config.docker.interface}}:7"),
                file("broken.yml", "yaml", "a", "2"));
        return new ServerConfiguration(
                configuration.settings(), new ProcessConfiguration(process.startup(), process.stop(), configs));
    }

    private static ConfigFile file(String name, String parser, String match, String value) {
        var replacement = new Replacement(match, Optional.empty(), new Json.Text(value));
        return new ConfigFile(name, parser, List.of(replacement), Optional.empty());
    }
}
