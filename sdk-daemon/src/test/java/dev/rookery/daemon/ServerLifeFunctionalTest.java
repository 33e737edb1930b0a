package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server's life on the real engine. */
@Tag("docker")
class ServerLifeFunctionalTest {

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
    void installsStartsAnswersAndStops() throws IOException {
        var id = node.install(TestNode.GAME, "echo hello from the installer\necho installed > /mnt/server/done.txt\n");
        assertThat(node.panel.installs.get(0).report().successful()).isTrue();
        assertThat(Files.readString(node.volume(id).resolve("done.txt"))).isEqualTo("installed\n");
        assertThat(node.server(id).installLog()).contains("hello from the installer");

        var console = node.console(id, ConsoleOptions.live());
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        node.server(id).sendCommands(List.of("ping"));
        await().atMost(Duration.ofSeconds(10)).until(() -> console.lines().contains("got: ping"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> console.of(ConsoleEvent.Stats.class)
                        .anyMatch(stats -> stats.usage().memoryBytes() > 0));

        node.server(id).power(PowerAction.STOP);
        node.awaitState(id, ServerState.OFFLINE);
        assertThat(console.lines()).contains("bye");
        assertThat(console.states())
                .containsExactly(
                        ServerState.OFFLINE,
                        ServerState.STARTING,
                        ServerState.RUNNING,
                        ServerState.STOPPING,
                        ServerState.OFFLINE);
        assertThat(console.numbers()).isSorted().doesNotHaveDuplicates().startsWith(1L);
    }
}
