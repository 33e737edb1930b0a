package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.file.RemoteDownloadRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileDialectTest {

    private static final FileDialect PELICAN = FileDialect.of(Dialect.PELICAN);
    private static final FileDialect CALAGOPUS = FileDialect.of(Dialect.CALAGOPUS);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void writesRequestsThatAnEdgeReads(Dialect dialect) {
        var files = FileDialect.of(dialect);
        var download = RemoteDownloadRequest.builder("/mods", URI.create("https://example.com/x.jar"))
                .fileName("y.jar")
                .build();

        assertThat(WireJson.read(files.copy("/a/b.txt"), FileRequests.Copy.class)
                        .location())
                .isEqualTo("/a/b.txt");
        assertThat(WireJson.read(files.createDirectory("/a", "b"), FileRequests.Directory.class)
                        .path())
                .isEqualTo("/a");
        var read = WireJson.read(files.download(download, true), FileRequests.Download.class);
        assertThat(read.request()).isEqualTo(download);
        assertThat(read.foreground()).isTrue();
    }

    @Test
    void namesFormatsAsEachDialectDoes() {
        var request = new CompressRequest("/", List.of("world"), Optional.of("b"), ArchiveFormat.TAR_ZSTD);

        assertThat(text(PELICAN.compress(request)))
                .isEqualTo("{\"root\":\"/\",\"files\":[\"world\"],\"name\":\"b\",\"extension\":\"tar.zst\"}");
        assertThat(text(CALAGOPUS.compress(request)))
                .isEqualTo(
                        "{\"root\":\"/\",\"files\":[\"world\"],\"name\":\"b.tar.zst\",\"format\":\"tar_zstd\",\"foreground\":true}");
    }

    @Test
    void searchesByQueryOrBody() {
        assertThat(PELICAN.search(new FileSearch("/", "log"))).isEmpty();
        assertThat(text(CALAGOPUS.search(new FileSearch("/", "log")).orElseThrow()))
                .contains("\"include\":[\"*log*\"]", "\"case_insensitive\":true");
    }

    /** Node API §2.5 search: an object before the list. */
    @Test
    void readsAListAfterAMessage() {
        assertThat(PELICAN.readEntries(bytes("{\"message\":\"Directory not found\"}[{\"name\":\"a.txt\",\"size\":3}]")))
                .extracting(FileEntry::name)
                .containsExactly("a.txt");
        assertThat(PELICAN.readEntries(bytes("{\"message\":\"Directory not found\"}[]")))
                .isEmpty();
    }

    @Test
    void readsListsThatAreNoneOrWrapped() {
        assertThat(PELICAN.readEntries(bytes("null"))).isEmpty();
        assertThat(PELICAN.readEntries(new byte[0])).isEmpty();
        assertThat(CALAGOPUS.readEntries(bytes("{\"results\":[{\"name\":\"a\"}]}")))
                .hasSize(1);
        assertThatThrownBy(() -> PELICAN.readEntries(bytes("<html>"))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void readsEntriesThatAreToldOrNot() {
        assertThat(PELICAN.readEntry(new byte[0])).isEmpty();
        assertThat(CALAGOPUS.readEntry(bytes("{}"))).isEmpty();
        assertThat(CALAGOPUS.readEntry(bytes("{\"name\":\"a copy.txt\"}"))).isPresent();
    }

    /** Node API §2.5: capitalised keys, {@code null} when idle; §2.10.3: bytes in Calagopus. */
    @Test
    void readsDownloadsOfEveryDialect() {
        assertThat(PELICAN.readDownloads(bytes("{\"downloads\":null}"))).isEmpty();

        var go = PELICAN.readDownloads(bytes("{\"downloads\":[{\"Identifier\":\"1\",\"Progress\":0.42}]}"));
        assertThat(go.get(0).progress()).isEqualTo(0.42);

        var rust = CALAGOPUS.readDownloads(
                bytes("{\"downloads\":[{\"identifier\":\"1\",\"destination\":\"/a\",\"progress\":50,\"total\":200}]}"));
        assertThat(rust.get(0).progress()).isEqualTo(0.25);
        assertThat(rust.get(0).totalBytes()).hasValue(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"PELICAN", "CALAGOPUS"})
    void readsTheDownloadsThatItWrites(Dialect dialect) {
        var files = FileDialect.of(dialect);
        var downloads = files.readDownloads(bytes("{\"downloads\":[{\"identifier\":\"1\",\"progress\":0.5}]}"));

        assertThat(files.readDownloads(files.writeDownloads(downloads)))
                .extracting(download -> download.id())
                .containsExactly("1");
        assertThat(files.readDownloads(files.writeDownloads(List.of()))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Docs/protocol/findings.md: seen with Calagopus' daemon 0.22.9. */
    @Test
    void readsHowManyFilesWereMoved() {
        assertThat(CALAGOPUS.readRenamed(bytes("{\"renamed\":0}"))).hasValue(0);
        assertThat(CALAGOPUS.readRenamed(bytes("{}"))).isEmpty();
        assertThat(CALAGOPUS.readRenamed(bytes(""))).isEmpty();
    }

    /** Docs/protocol/findings.md: seen with Pterodactyl's daemon 1.11.11. */
    @Test
    void knowsWhoSetsThePermissionsOfTheLastFileOnly() {
        assertThat(FileDialect.of(Dialect.PTERODACTYL).chmodsOnlyTheLast()).isTrue();
        assertThat(PELICAN.chmodsOnlyTheLast()).isFalse();
        assertThat(CALAGOPUS.chmodsOnlyTheLast()).isFalse();
    }
}
