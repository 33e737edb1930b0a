package dev.rookery.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Caller;
import dev.rookery.api.NodeId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's examples run here, and the guide shows what runs here. */
class PanelLibraryGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guide", "panel-library.md");
    private static final Path TESTS = Path.of("src", "test", "java", "dev", "rookery", "panel");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from (\\w+) tag (\\w+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void aPanelInAFewLines() {
        var recording = new RecordingNode();
        var url = URI.create("http://127.0.0.1:8080");
        var eggJson = PanelFixture.EGG.getBytes(StandardCharsets.UTF_8);
        var ownerId = UUID.randomUUID();
        // tag::panel[]
        var store = new InMemoryPanelStore(); // or your own PanelStore over a database
        NodeDirectory directory = node -> recording; // an HttpNode for a node elsewhere
        var panel =
                PanelService.builder(store, directory, new ReadEggInterpreter()).build();
        panel.start();
        // end::panel[]
        recording.panel = panel.forNode(new NodeId(1));
        // tag::create[]
        var now = Instant.now();
        var node = store.nodes().add(NewNode.of("berlin", url, now));
        store.nodes().addAllocations(node.id(), PortRanges.parse("203.0.113.10", "25565-25570"));
        var egg = store.eggs().add(NewEgg.of(eggJson, now));

        var spec = ServerSpec.builder(egg)
                .name("lobby")
                .variables(Map.of("GREETING", "hi"))
                .build(Build.builder().memoryMebibytes(512).build())
                .build();
        var server = panel.create(node.id(), ownerId, spec); // on the first port of the node that is free
        // end::create[]
        await().until(() -> store.servers().find(server.id()).orElseThrow().status() == ServerStatus.INSTALLING);
        recording.panel.reportInstall(server.id(), new InstallReport(true, false));
        // tag::act[]
        panel.power(server.id(), PowerAction.START, Caller.panel());
        var port = server.allocations().get(0);
        try {
            store.nodes().deleteAllocation(node.id(), port.id());
        } catch (PanelException e) {
            assertThat(e.code()).isEqualTo("allocation_in_use"); // for machines
            assertThat(e.fields()).containsKey("allocationId");
            assertThat(e).hasMessage("the allocation 203.0.113.10:25565 belongs to a server"); // for people
        }
        panel.delete(server.id());
        // end::act[]
        await().until(() -> store.servers().find(server.id()).isEmpty());
        panel.close();
        assertThat(recording.calls).containsExactly("create " + server.id(), "power START", "delete " + server.id());
    }

    @Test
    void backsUp() {
        var fixture = new PanelFixture();
        var service = fixture.service;
        var server = fixture.installing("lobby").id();
        service.forNode(fixture.node.id()).reportInstall(server, new InstallReport(true, false));
        // tag::backup[]
        var order = BackupOrder.builder().name("before the update").limit(5).build();
        var backup = service.backups().create(server, order);
        assertThat(backup.state()).isEqualTo(BackupRecord.State.RUNNING); // until the node reports
        // end::backup[]
        assertThat(service.backups().list(server)).containsExactly(backup);
    }

    @Test
    void theGuideShowsWhatTheTestsRun() throws IOException {
        var snippets = SNIPPET.matcher(Files.readString(GUIDE));
        int count = 0;
        while (snippets.find()) {
            var source = Files.readString(TESTS.resolve(snippets.group(1) + ".java"));
            assertThat(snippets.group(3).strip())
                    .as("tag %s of %s", snippets.group(2), snippets.group(1))
                    .isEqualTo(tagged(source, snippets.group(2)));
            count++;
        }
        assertThat(count).as("snippets in the guide").isEqualTo(8);
    }

    private static String tagged(String source, String tag) {
        Matcher match = Pattern.compile("// tag::" + tag + "\\[]\\n(.*?) *// end::" + tag + "\\[]", Pattern.DOTALL)
                .matcher(source);
        assertThat(match.find()).as("tag " + tag).isTrue();
        return match.group(1).stripTrailing().stripIndent().strip();
    }
}
