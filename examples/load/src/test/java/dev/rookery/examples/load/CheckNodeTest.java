package dev.rookery.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.fault.Fault;
import dev.rookery.testing.fault.FaultProxy;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.testing.node.NodeExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command tries a node over HTTP and tells the truth about it. */
@Timeout(180)
class CheckNodeTest {

    private static final int OFTEN = 50;

    @RegisterExtension
    final NodeExtension node = new NodeExtension();

    @TempDir
    Path folder;

    private final ServerId id = ServerId.random();

    @BeforeEach
    void installAServer() {
        node.panel().put(ContractServer.configuration(id, false), ContractServer.install());
        node.client().createServer(new CreateServer(id, false));
        Eventually.holds(
                "the installation",
                Duration.ofSeconds(10),
                () -> !node.panel().installs(id).isEmpty());
    }

    @Test
    void findsThatOurNodeKeepsTheContracts() throws IOException {
        var report = folder.resolve("report.md");

        var run = check("--program", "--panel-url", NodeExtension.PANEL_URL, "--report", report.toString());

        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("It speaks the dialect pelican")
                .contains("| files | ")
                .contains("## Left behind\n\nNothing.")
                .doesNotContain("## Failed");
        assertThat(run.errors()).contains("files ... ").doesNotContain("consoles ... 0 passed");
        assertThat(report).hasContent(run.output());
        assertThat(run.output() + run.errors())
                .doesNotContain(node.credentials().token());
    }

    @Test
    void leavesAServerAsItWas() {
        var before = names();

        check("--panel-url", NodeExtension.PANEL_URL);

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void asksTheMachineAloneWithoutAServer() throws IOException {
        var run = RunProgram.with(
                "check-node",
                "--url",
                node.url().toString(),
                "--token-file",
                tokenFile().toString());

        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("Only its machine was asked")
                .contains("## Could not be asked")
                .contains("no server of the node was named")
                .doesNotContain("## Failed");
    }

    @Test
    void tellsACallThatDoesNotWork() {
        for (int i = 0; i < OFTEN; i++) {
            node.fake().script().on(NodeFiles.class, "copy").fails(new UnavailableException("broken on purpose"));
        }

        var run = check();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output())
                .containsPattern("## Failed\n\n- files: `copiesAFileBesideItself`: .*broken on purpose")
                .contains("tests failed")
                .contains("## Left behind\n\nNothing.");
        assertThat(names()).noneMatch(name -> name.startsWith("contract-"));
    }

    @Test
    void tellsACallWhoseConnectionBreaksOff() throws IOException {
        try (var proxy = FaultProxy.before(node.url())) {
            var broken = Optional.of(Fault.of(Fault.Kind.DROP));
            proxy.plan((number, request) -> request.contains("/files/rename") ? broken : Optional.empty());

            var run = RunProgram.with(
                    "check-node",
                    "--url",
                    proxy.url().toString(),
                    "--token-file",
                    tokenFile().toString(),
                    "--server",
                    id.toString());

            assertThat(run.code()).as(run.errors()).isEqualTo(1);
            assertThat(run.output()).contains("## Failed").contains("files: `movesFilesAndDirectories`");
        }
    }

    @Test
    void printsAReportForPrograms() {
        var run = check("--json");

        var json = (Json.Obj) WireJson.read(run.output(), Json.class);
        assertThat(json.members()).containsKeys("url", "dialect", "kept", "passed", "failed", "groups", "left_behind");
        assertThat(run.code()).isZero();
    }

    private RunProgram check(String... more) {
        var arguments =
                new ArrayList<>(List.of("check-node", "--url", node.url().toString()));
        try {
            arguments.addAll(List.of("--token-file", tokenFile().toString(), "--server", id.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        arguments.addAll(List.of(more));
        return RunProgram.with(arguments.toArray(String[]::new));
    }

    private Path tokenFile() throws IOException {
        return Files.writeString(folder.resolve("token"), node.credentials().token() + "\n");
    }

    private List<String> names() {
        return node.client().server(id).files().list("/").stream()
                .map(FileEntry::name)
                .toList();
    }
}
