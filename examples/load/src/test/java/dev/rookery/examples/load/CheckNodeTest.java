package dev.rookery.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.testing.node.NodeExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command tries a node over HTTP and tells the truth about it. */
@Timeout(180)
class CheckNodeTest {

    @RegisterExtension
    final NodeExtension node = new NodeExtension();

    @TempDir
    Path folder;

    private final ServerId id = ServerId.random();

    @Test
    void findsThatOurNodeKeepsTheContracts() throws IOException {
        assertThat(check()).isZero();

        var report = Files.readString(folder.resolve("report.md"));
        assertThat(report).contains("Dialect pelican").contains("| files | ").doesNotContain("## Failed");
        assertThat(report).doesNotContain(node.credentials().token());
    }

    @Test
    void saysWhatANodeDoesNotKeep() throws IOException {
        node.fake().away(true);

        assertThat(Main.run(
                        "check-node",
                        "--url",
                        node.url().toString(),
                        "--token-file",
                        Files.writeString(
                                        folder.resolve("token"),
                                        node.credentials().token())
                                .toString(),
                        "--server",
                        id.toString()))
                .isNotZero();
    }

    @Test
    void wantsATokenAndAServer() {
        assertThat(Main.run("check-node", "--url", node.url().toString())).isEqualTo(2);
        assertThat(Main.run("check-node", "--url", node.url().toString(), "--server", id.toString()))
                .isEqualTo(2);
    }

    private int check() throws IOException {
        node.panel().put(ContractServer.configuration(id, false), ContractServer.install());
        node.client().createServer(new CreateServer(id, false));
        Eventually.holds(
                "the installation",
                Duration.ofSeconds(10),
                () -> !node.panel().installs(id).isEmpty());
        var token =
                Files.writeString(folder.resolve("token"), node.credentials().token());
        return Main.run(
                "check-node",
                "--url",
                node.url().toString(),
                "--token-file",
                token.toString(),
                "--server",
                id.toString(),
                "--program",
                "--panel-url",
                NodeExtension.PANEL_URL,
                "--report",
                folder.resolve("report.md").toString());
    }
}
