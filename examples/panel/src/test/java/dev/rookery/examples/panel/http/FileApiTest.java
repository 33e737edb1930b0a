package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.panel.spi.ActivityRecord;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file manager over HTTP, by those who may. */
class FileApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

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
        var installed = onNode().list("/").stream().map(FileEntry::name).toList();
        if (!installed.isEmpty()) {
            onNode().delete("/", installed);
        }
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void listsFindsMovesAndCopies() {
        write("world/level.dat", "level");
        var root = owner.get(files).ok();
        assertThat(root.path("offers").path("archives").asBoolean()).isTrue();
        var world = root.at("/items/0");
        assertThat(world.path("modeBits").asText()).isEqualTo("755");
        assertThat(world.path("mime").asText()).isEqualTo("inode/directory");

        owner.post(files + "/rename", "{\"files\": [{\"from\": \"world/level.dat\", \"to\": \"kept/level.old\"}]}")
                .ok();
        assertThat(names("/kept")).containsExactly("level.old");
        owner.post(files + "/copy", "{\"path\": \"/kept/level.old\"}").ok();
        owner.post(files + "/copy", "{\"path\": \"/kept/level.old\", \"to\": \"/world/level.dat\"}")
                .ok();
        assertThat(names("/kept")).containsExactly("level copy.old", "level.old");
        assertThat(read("world/level.dat")).isEqualTo("level");
        var taken = owner.post(files + "/copy", "{\"path\": \"/kept/level.old\", \"to\": \"/world/level.dat\"}");
        assertThat(taken.errorCode()).isEqualTo("file_exists");
        assertThat(names("/kept")).as("no copy is left behind").containsExactly("level copy.old", "level.old");

        var found = owner.get(files + "/search?pattern=level").ok().path("items");
        assertThat(found.findValuesAsText("name"))
                .containsExactlyInAnyOrder("kept/level copy.old", "kept/level.old", "world/level.dat");
        assertThat(owner.get(files + "/search?pattern=le").errorCode()).isEqualTo("validation");
        assertThat(events()).containsExactly("copy", "copy", "rename");
    }

    @Test
    void listsTheBeginningOfWhatIsLong() {
        for (int i = 0; i < 1003; i++) {
            write("many/" + i, "");
        }
        var beginning = owner.get(files + "?directory=/many&part=beginning").ok();
        assertThat(beginning.path("total").asLong()).isEqualTo(1003);
        assertThat(beginning.path("items")).hasSize(1000);
        assertThat(owner.get(files + "?directory=/many").ok().path("items")).hasSize(1003);
    }

    @Test
    void changesPermissions() {
        write("start.sh", "#!/bin/sh");
        owner.post(files + "/chmod", "{\"directory\": \"/\", \"files\": [{\"file\": \"start.sh\", \"mode\": \"755\"}]}")
                .ok();
        assertThat(owner.get(files).ok().at("/items/0/modeBits").asText()).isEqualTo("755");
        assertThat(owner.post(files + "/chmod", "{\"files\": [{\"file\": \"start.sh\", \"mode\": \"999\"}]}")
                        .errorCode())
                .isEqualTo("validation");
    }

    @Test
    void doesNotOverwriteWhatSomebodyElseHasSaved() {
        write("server.properties", "motd=old\n");
        var path = files + "/text?path=/server.properties";
        var read = owner.get(path).ok();
        assertThat(read.path("text").asText()).isEqualTo("motd=old\n");
        var version = read.path("version").asText();

        var saved = owner.call("PUT", path, "motd=mine\n", Map.of("If-Match", version))
                .ok();
        var other = panel.admin().call("PUT", path, "motd=theirs\n", Map.of("If-Match", version));
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.errorCode()).isEqualTo("file_changed");
        assertThat(read("server.properties")).isEqualTo("motd=mine\n");

        write("server.properties", "motd=by the game\n");
        assertThat(owner.call(
                                "PUT",
                                path,
                                "x",
                                Map.of("If-Match", saved.path("version").asText()))
                        .status())
                .isEqualTo(412);
        owner.call("PUT", path, "motd=anyway\n", Map.of("If-Match", "*")).ok();
        assertThat(read("server.properties")).isEqualTo("motd=anyway\n");
        assertThat(owner.call("PUT", path, "x", Map.of()).errorCode()).isEqualTo("version_missing");
        assertThat(events()).containsExactly("write", "write", "read");
    }

    @Test
    void editsTextsOnly() {
        onNode().write("image.png", Content.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}));
        assertThat(owner.get(files + "/text?path=/image.png").errorCode()).isEqualTo("file_not_text");
        onNode().write("huge.log", Content.of(new byte[FileTexts.MAX_BYTES + 1]));
        assertThat(owner.get(files + "/text?path=/huge.log").errorCode()).isEqualTo("file_too_large");
        assertThat(owner.get(files + "/text?path=/none").errorCode()).isEqualTo("not_found");
    }

    @Test
    void createsNoFileWhereOneIs() {
        var path = files + "/content?path=/new.txt";
        var unless = Map.of("If-None-Match", "*");
        owner.call("PUT", path, "one", unless).ok();
        assertThat(owner.call("PUT", path, "two", unless).errorCode()).isEqualTo("file_exists");
        assertThat(read("new.txt")).isEqualTo("one");
    }

    @Test
    void keepsWhatIsDeletedAndBringsItBack() {
        write("world/region/r%2F.mca", "region");
        var ids = owner.post(files + "/trash", "{\"directory\": \"/world\", \"files\": [\"region\"]}")
                .ok()
                .path("ids");
        assertThat(names("/world")).isEmpty();
        assertThat(names("/")).as("the trash is not shown").containsExactly("world");
        assertThat(owner.get(files + "/search?pattern=region").ok().path("items"))
                .isEmpty();
        var item = owner.get(files + "/trash").ok().at("/items/0");
        assertThat(item.path("path").asText()).isEqualTo("/world/region");
        assertThat(item.path("directory").asBoolean()).isTrue();

        var body = PanelClient.JSON.createObjectNode().set("ids", ids).toString();
        write("world/region/in.the.way", "new");
        assertThat(owner.post(files + "/trash/restore", body).ok().path("refused"))
                .extracting(JsonNode::asText)
                .containsExactly("/world/region");
        onNode().delete("/world", List.of("region"));
        owner.post(files + "/trash/restore", body).ok();
        assertThat(read("world/region/r%2F.mca")).isEqualTo("region");
        assertThat(owner.get(files + "/trash").ok().path("items")).isEmpty();
        assertThat(events()).containsExactly("restore", "delete");
    }

    @Test
    void deletesFromTheTrashForGood() {
        write("a", "a");
        write("b", "b");
        var ids =
                owner.post(files + "/trash", "{\"files\": [\"a\", \"b\"]}").ok().path("ids");
        owner.post(files + "/trash/delete", "{\"ids\": [" + ids.get(0) + "]}").ok();
        assertThat(owner.get(files + "/trash").ok().path("items").findValuesAsText("path"))
                .containsExactly("/b");
        owner.delete(files + "/trash").ok();
        owner.delete(files + "/trash").ok();
        assertThat(onNode().list("/")).isEmpty();
        assertThat(owner.post(files + "/trash", "{\"files\": [\"../x\"]}").errorCode())
                .isEqualTo("validation");
        assertThat(owner.post(files + "/trash/restore", "{\"ids\": [\"x\"]}").errorCode())
                .isEqualTo("not_found");
        var longPath = "{\"files\": [\"" + "x".repeat(240) + "\"]}";
        assertThat(owner.post(files + "/trash", longPath).errorMessage()).contains("deleted for good");
    }

    @Test
    void whoMayDeleteNeedsNothingElseForTheTrash() {
        write("a", "a");
        panel.share(server, "sub", List.of("file.delete"));
        var sub = panel.client("sub");
        var ids = sub.post(files + "/trash", "{\"files\": [\"a\"]}").ok();
        assertThat(sub.get(files + "/trash").ok().path("items")).hasSize(1);
        sub.post(files + "/trash/restore", ids.toString()).ok();
        assertThat(read("a")).isEqualTo("a");
    }

    @Test
    void packsAndUnpacks() {
        write("world/level.dat", "level");
        var body = "{\"directory\": \"/\", \"files\": [\"world\"], \"name\": \"kept\", \"format\": \"zip\"}";
        panel.node()
                .offers(panel.node().capabilities().stream()
                        .filter(offered -> !offered.equals(Capability.FILE_JOBS))
                        .collect(Collectors.toSet()));
        var name = owner.post(files + "/compress", body).ok().path("name").asText();
        onNode().delete("/", List.of("world"));
        owner.post(files + "/decompress", "{\"directory\": \"/\", \"file\": \"" + name + "\"}")
                .ok();
        assertThat(read("world/level.dat")).isEqualTo("level");
        assertThat(owner.get(files + "/jobs").ok().path("items")).isEmpty();
        assertThat(events()).containsExactly("decompress", "compress");
    }

    @Test
    void hasTheNodePackByItself() {
        write("world/level.dat", "level");
        var body = "{\"directory\": \"/\", \"files\": [\"world\"], \"name\": \"kept\", \"format\": \"tar.gz\"}";
        var begun = owner.post(files + "/compress", body);
        assertThat(begun.status()).isEqualTo(202);
        var id = begun.ok().path("id").asText();
        Eventually.holds(
                () -> "the job has ended: " + owner.get(files + "/jobs").body(),
                SOON,
                () -> owner.get(files + "/jobs")
                        .ok()
                        .at("/items/0/state")
                        .asText()
                        .equals("done"));
        assertThat(names("/")).containsExactly("world", "kept.tar.gz");
        assertThat(owner.delete(files + "/jobs/" + id).status()).isEqualTo(204);
        assertThat(owner.delete(files + "/jobs/unknown").status()).isEqualTo(204);
    }

    @Test
    void takesAFileInPieces() {
        var begun = owner.post(files + "/uploads", "{\"path\": \"/big.txt\", \"sizeBytes\": 8}")
                .ok();
        var upload = files + "/uploads/" + begun.path("id").asText();
        assertThat(owner.put(upload + "?offset=0", "1234")
                        .ok()
                        .path("offsetBytes")
                        .asLong())
                .isEqualTo(4);
        assertThat(owner.put(upload + "?offset=0", "1234").status()).isEqualTo(409);
        assertThat(owner.get(upload).ok().path("offsetBytes").asLong()).isEqualTo(4);
        assertThat(owner.put(upload + "?offset=-1", "5678").errorCode()).isEqualTo("validation");
        owner.put(upload + "?offset=4", "5678").ok();
        assertThat(read("big.txt")).isEqualTo("12345678");
        var other = owner.post(files + "/uploads", "{\"path\": \"/other\", \"sizeBytes\": 8}")
                .ok();
        var given = files + "/uploads/" + other.path("id").asText();
        owner.delete(given).ok();
        assertThat(owner.get(given).errorCode()).isEqualTo("not_found");
        assertThat(events()).containsExactly("uploaded");
    }

    @Test
    void putsNoUploadOverWhatSomebodyWroteMeanwhileUnlessTold() {
        write("motd.txt", "old");
        var begun = owner.post(files + "/uploads", "{\"path\": \"/motd.txt\", \"sizeBytes\": 3}")
                .ok();
        var upload = files + "/uploads/" + begun.path("id").asText();
        write("motd.txt", "newer");
        assertThat(owner.put(upload + "?offset=0", "new").status()).isEqualTo(409);
        assertThat(read("motd.txt")).isEqualTo("newer");
        assertThat(owner.get(upload).ok().path("offsetBytes").asLong()).isEqualTo(2);
        owner.put(upload + "?offset=2&overwrite=true", "w").ok();
        assertThat(read("motd.txt")).isEqualTo("new");
    }

    @Test
    void saysWhichNamesAreTaken() {
        write("there.txt", "x");
        write("folder/inside.txt", "x");
        var taken = owner.post(
                        files + "/taken",
                        "{\"directory\": \"/\", \"files\": [\"there.txt\", \"folder\", \"free.txt\"]}")
                .ok()
                .path("items");
        assertThat(taken).map(JsonNode::asText).containsExactly("there.txt", "folder");
        assertThat(owner.post(files + "/taken", "{\"files\": []}").errorCode()).isEqualTo("validation");
    }

    @Test
    void saysWhatTheNodeDoesNotOffer() {
        panel.node().offers(Set.of(Capability.SERVER_LIFECYCLE, Capability.FILE_MANAGEMENT));
        var offers = owner.get(files).ok().path("offers");
        assertThat(offers.path("archives").asBoolean()).isFalse();
        assertThat(offers.path("search").asBoolean()).isFalse();
        assertThat(offers.path("uploads").asBoolean()).isFalse();
        assertThat(offers.path("contentSearch").asBoolean(true)).isFalse();
        assertThat(offers.path("archiveEntries").asBoolean(true)).isFalse();
    }

    @Test
    void saysThatTheDiskIsFull() {
        write("big", "");
        panel.node()
                .script()
                .on(NodeFiles.class, "write")
                .fails(new InvalidInputException("There is not enough disk space available to perform that action."));
        var full = owner.call("PUT", files + "/text?path=/big", "x", Map.of("If-Match", "*"));
        assertThat(full.status()).isEqualTo(507);
        assertThat(full.errorCode()).isEqualTo("disk_full");
    }

    private List<String> names(String directory) {
        return owner.get(files + "?directory=" + directory).ok().path("items").findValuesAsText("name");
    }

    private List<String> events() {
        return panel.application().service().store().activity().list(TestPanel.id(server), Long.MAX_VALUE, 100).stream()
                .map(ActivityRecord::entry)
                .map(entry -> entry.event().replace("server:file.", ""))
                .toList();
    }

    private void write(String path, String text) {
        onNode().write(path, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(String path) {
        try (var content = onNode().read(path)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private NodeFiles onNode() {
        return panel.application()
                .service()
                .onNode(TestPanel.id(server), Caller.panel())
                .files();
    }
}
