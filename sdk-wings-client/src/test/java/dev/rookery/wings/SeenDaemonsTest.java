package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What real daemons were seen to do, and no caller shall meet. Source: docs/protocol/findings.md. */
@Timeout(30)
class SeenDaemonsTest {

    private static final String GENERIC =
            "{\"error\":\"An unexpected error was encountered while processing this request\"}";

    private final ServerId id = ServerId.random();
    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        peer = new Peer();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void setsPermissionsOneByOneWhereOnlyTheLastCounts() throws Exception {
        peer.answers(204, "");
        peer.answers(204, "");

        files(Dialect.PTERODACTYL)
                .chmod(
                        "/",
                        List.of(
                                new FileModeChange("a", new FileMode(0600)),
                                new FileModeChange("b", new FileMode(0755))));

        assertThat(peer.request().getBody().utf8()).contains("\"a\"").doesNotContain("\"b\"");
        assertThat(peer.request().getBody().utf8()).contains("\"b\"").doesNotContain("\"a\"");
    }

    @Test
    void setsPermissionsTogetherElsewhere() {
        peer.answers(204, "");

        files(Dialect.PELICAN)
                .chmod(
                        "/",
                        List.of(
                                new FileModeChange("a", new FileMode(0600)),
                                new FileModeChange("b", new FileMode(0755))));

        assertThat(peer.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void saysThatAFileIsInTheWayOfADirectory() {
        peer.answers(500, GENERIC);
        peer.answers(200, "[{\"name\":\"a.txt\",\"file\":true,\"directory\":false}]");

        assertThatThrownBy(() -> files(Dialect.PTERODACTYL).createDirectory("a.txt/below"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a.txt/below");
    }

    @Test
    void readsFilesAsTheyAreWhereTheUsualCallUnpacksThem() throws Exception {
        peer.answers(200, "packed");

        try (var content = files(Dialect.CALAGOPUS).read("a.gz")) {
            assertThat(content.stream()).hasContent("packed");
        }
        assertThat(peer.request().getTarget()).startsWith("/download/file?token=");
    }

    @Test
    void findsWhatADialectUnknownSoFarWouldHaveUnpacked() throws Exception {
        peer.answers(200, "unpacked");
        // No header tells what it is: neither Pelican's nor Pterodactyl's.
        peer.server.enqueue(Peer.answer(200, "{\"version\":\"0.22.9:unknown\"}")
                .removeHeader("X-Request-Id")
                .build());
        peer.answers(200, "packed");
        var node = HttpNode.builder(peer.url(), NodeCredentials.random(new SecureRandom()))
                .build();

        try (var content = node.server(id).files().read("a.gz")) {
            assertThat(content.stream()).hasContent("packed");
        }
    }

    @Test
    void namesWhatIsFoundFromTheRoot() {
        peer.answers(200, "{\"results\":[{\"name\":\"deep/needle.txt\"}]}");

        assertThat(files(Dialect.CALAGOPUS).search(new FileSearch("/dir/", "needle")))
                .extracting(FileEntry::name)
                .containsExactly("dir/deep/needle.txt");
    }

    @Test
    void findsNothingInADirectoryThatIsNotThere() {
        peer.answers(404, "{\"error\":\"root not found\"}");
        peer.answers(404, "{\"error\":\"server not found\"}");

        assertThat(files(Dialect.CALAGOPUS).search(new FileSearch("/absent", "needle")))
                .isEmpty();
        assertThatThrownBy(() -> files(Dialect.CALAGOPUS).search(new FileSearch("/absent", "needle")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void saysThatAnArchiveIsMissing() {
        peer.answers(417, "{\"error\":\"failed to open archive: No such file or directory (os error 2)\"}");
        peer.answers(417, "{\"error\":\"failed to open archive: bad magic\"}");

        assertThatThrownBy(() -> files(Dialect.CALAGOPUS).decompress("/", "a.zip"))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> files(Dialect.CALAGOPUS).decompress("/", "a.zip"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void saysThatThereIsNoTransferToEnd() {
        peer.answers(417, "{\"error\":\"server is not transferring\"}");

        assertThatThrownBy(() -> node(Dialect.CALAGOPUS).server(id).cancelTransfer())
                .isInstanceOf(ConflictException.class);
    }

    private NodeFiles files(Dialect dialect) {
        return node(dialect).server(id).files();
    }

    private HttpNode node(Dialect dialect) {
        return HttpNode.builder(peer.url(), NodeCredentials.random(new SecureRandom()))
                .dialect(dialect)
                .build();
    }
}
