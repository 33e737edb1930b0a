package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are deleted with everything that they had. */
@Tag("docker")
class DeleteFunctionalTest {

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
    void aRunningServerWithATreeTooDeepForPathsIsGoneAtOnce() throws IOException {
        var id = node.install(TestNode.GAME, "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        // From inside out: no path could name the deepest one.
        var tree = Files.createDirectory(node.volume(id).resolve("tree"));
        var outer = node.volume(id).resolve("outer");
        for (int level = 0; level < 20_000; level++) {
            Files.createDirectory(outer);
            Files.move(tree, outer.resolve("d"));
            Files.move(outer, tree);
        }
        node.server(id).delete();
        requireGone(id);
        await().atMost(Duration.ofMinutes(3)).until(this::trashIsEmpty);
    }

    @Test
    void whatARestartLeftIsRemovedAndTheServerCanBeCreatedAgain() throws IOException {
        var id = node.install(TestNode.GAME, "echo one > /mnt/server/one");
        node.server(id).delete();
        requireGone(id);
        node.restart(() -> {
            var left = Files.createDirectories(trash().resolve(id + ".left").resolve("world"));
            return Files.writeString(left.resolve("level.dat"), "x").toString();
        });
        await().atMost(Duration.ofSeconds(30)).until(this::trashIsEmpty);
        node.panel.installs.clear();
        node.node().createServer(new CreateServer(id, false));
        node.awaitReport(id);
        assertThat(node.volume(id).resolve("one")).hasContent("one");
    }

    private void requireGone(ServerId id) throws IOException {
        assertThatThrownBy(() -> node.server(id).details()).isInstanceOf(NotFoundException.class);
        assertThat(node.volume(id)).doesNotExist();
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
    }

    private Path trash() {
        return node.options.system().dataDirectory().resolve(".rookery-deleted");
    }

    private boolean trashIsEmpty() throws IOException {
        try (var left = Files.list(trash())) {
            return left.findAny().isEmpty();
        }
    }
}
