package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerSettings;
import dev.rookery.kit.NamedThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of the panel that overtake each other. */
@Tag("docker")
class ConfigurationOrderFunctionalTest {

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
    void anAnswerToAnOlderQuestionDoesNotReplaceANewerConfiguration() throws Exception {
        var id = node.install(TestNode.GAME, "true");
        var slow = new CountDownLatch(1);
        var threads = NamedThreads.perTask("slow-sync");
        try {
            node.panel.hold = slow;
            int asked = node.panel.questions.get();
            var older = threads.submit(() -> node.server(id).sync());
            await().until(() -> node.panel.questions.get() > asked);
            node.panel.hold = new CountDownLatch(0);
            rename(id, "newer");
            node.server(id).sync();
            slow.countDown();
            older.get();
            assertThat(name(id)).isEqualTo("newer");
            node.restart();
            assertThat(name(id)).isEqualTo("newer");
            rename(id, "newest");
            node.server(id).sync();
            assertThat(name(id)).isEqualTo("newest");
        } finally {
            threads.shutdownNow();
        }
    }

    private void rename(ServerId id, String name) {
        node.panel.configurations.computeIfPresent(
                id,
                (same, before) -> new ServerConfiguration(
                        ServerSettings.builder()
                                .from(before.settings())
                                .meta(new ServerSettings.Meta(name, ""))
                                .build(),
                        before.process()));
    }

    private String name(ServerId id) {
        return node.server(id).details().configuration().meta().name();
    }
}
