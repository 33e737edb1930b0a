package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in files and archives, over HTTP, by those who may. */
class FileInsideTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TestPanel panel;
    private PanelClient owner;
    private String server;
    private String files;

    @BeforeEach
    void start() {
        panel = TestPanel.start(folder);
        panel.user("owner");
        panel.user("sub");
        server = panel.serverOf("owner");
        owner = panel.client("owner");
        files = "/api/servers/" + server + "/files";
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void findsTextButNotInTheTrash() {
        write("config/server.properties", "a=1\nmotd=Welcome\n");
        write(".trash/old/files/x", "motd=Welcome");
        assertThat(owner.get(files).ok().at("/offers/contentSearch").asBoolean())
                .isTrue();

        var found = owner.post(files + "/search/content", wanted("one", "MOTD")).ok();

        assertThat(found.path("complete").asBoolean()).isTrue();
        assertThat(found.path("items").findValuesAsText("path")).containsExactly("config/server.properties");
        assertThat(found.at("/items/0/line").asInt()).isEqualTo(2);
        assertThat(found.at("/items/0/text").asText()).isEqualTo("motd=Welcome");
        assertThat(owner.post(files + "/search/content", wanted("two", "")).errorCode())
                .isEqualTo("validation");
    }

    @Test
    void endsASearchThatSomebodyGivesUp() {
        panel.node().script().on(NodeFiles.class, "search").delays(SOON.multipliedBy(4));
        var search = begin("one");

        owner.delete(files + "/search/content/another").ok();
        owner.delete(files + "/search/content/one").ok();

        assertThat(search.join()).isEqualTo("search_ended");
    }

    @Test
    void endsASearchWhenTheSamePersonBeginsAnother() {
        write("a.txt", "needle");
        panel.node().script().on(NodeFiles.class, "search").delays(SOON.multipliedBy(4));
        var search = begin("one");

        var next = owner.post(files + "/search/content", wanted("two", "needle"));

        assertThat(search.join()).isEqualTo("search_ended");
        assertThat(next.ok().path("items")).hasSize(1);
    }

    @Test
    void looksIntoAnArchive() {
        write("world/level.txt", "level");
        write("world/data.bin", "\0");
        onNode().compress(new CompressRequest("/", List.of("world"), Optional.of("kept"), ArchiveFormat.TAR_GZ));
        assertThat(owner.get(files).ok().at("/offers/archiveEntries").asBoolean())
                .isTrue();

        var root = owner.get(files + "/archive?path=/kept.tar.gz").ok();
        var world =
                owner.get(files + "/archive?path=/kept.tar.gz&directory=/world").ok();
        var text = owner.get(files + "/archive/text?path=/kept.tar.gz&entry=/world/level.txt");
        var content = owner.get(files + "/archive/content?path=/kept.tar.gz&entry=/world/level.txt");

        assertThat(root.path("items").findValuesAsText("kind")).containsExactly("directory");
        assertThat(root.path("next").isNull()).isTrue();
        assertThat(root.path("complete").asBoolean()).isTrue();
        assertThat(world.path("items").findValuesAsText("name")).containsExactly("data.bin", "level.txt");
        assertThat(world.at("/items/1/sizeBytes").asLong()).isEqualTo(5);
        assertThat(text.ok().path("text").asText()).isEqualTo("level");
        assertThat(content.response().body()).isEqualTo("level");
        assertThat(owner.get(files + "/archive/text?path=/kept.tar.gz&entry=/world/data.bin")
                        .errorCode())
                .isEqualTo("file_not_text");
        assertThat(owner.get(files + "/archive/text?path=/kept.tar.gz&entry=/absent")
                        .errorCode())
                .isEqualTo("not_found");
        assertThat(owner.get(files + "/archive?path=/kept.tar.gz&directory=/absent")
                        .errorCode())
                .isEqualTo("not_found");
    }

    @Test
    void showsNamesOnlyToWhoMayNotReadFiles() {
        write("a.txt", "a");
        onNode().compress(new CompressRequest("/", List.of("a.txt"), Optional.of("kept"), ArchiveFormat.TAR_GZ));
        panel.share(server, "sub", List.of("file.read"));
        var sub = panel.client("sub");

        assertThat(sub.get(files + "/archive?path=/kept.tar.gz").ok().path("items"))
                .hasSize(1);
        assertThat(sub.get(files + "/archive/text?path=/kept.tar.gz&entry=a.txt")
                        .status())
                .isEqualTo(403);
        assertThat(sub.post(files + "/search/content", wanted("one", "a")).status())
                .isEqualTo(403);
    }

    /** Begins a search that waits on the node; gives the code of the error that it ends with. */
    private CompletableFuture<String> begin(String id) {
        var search = CompletableFuture.supplyAsync(() -> panel.client("owner")
                .post(files + "/search/content", wanted(id, "x"))
                .errorCode());
        Eventually.holds(
                () -> "the node searches", SOON, () -> panel.node().script().calls(NodeFiles.class, "search") == 1);
        return search;
    }

    private static String wanted(String id, String text) {
        return "{\"id\": \"" + id + "\", \"directory\": \"/\", \"text\": \"" + text + "\"}";
    }

    private void write(String path, String text) {
        onNode().write(path, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private NodeFiles onNode() {
        return panel.application()
                .service()
                .onNode(TestPanel.id(server), Caller.panel())
                .files();
    }
}
