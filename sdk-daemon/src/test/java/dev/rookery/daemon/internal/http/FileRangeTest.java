package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.token.TokenUser;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of files: our extension, in the words of RFC 9110 §14. */
class FileRangeTest {

    private static final String TEXT = "0123456789";

    @TempDir
    Path files;

    private EdgeFixture edge;
    private TestNode.TestServer server;
    private String path;

    @BeforeEach
    void start() throws IOException {
        edge = new EdgeFixture(files);
        server = edge.node.add(ServerState.OFFLINE);
        path = "/api/servers/" + server.id + "/files/contents?file=";
        Files.writeString(files.resolve("digits"), TEXT);
        Files.writeString(files.resolve("digits.stream"), TEXT);
        Files.createFile(files.resolve("empty"));
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    @ParameterizedTest
    @CsvSource({"0-0,0", "2-5,2345", "7-,789", "7-99,789", "-3,789", "-99,0123456789", "0-9,0123456789"})
    void givesThePartThatIsAskedFor(String range, String part) {
        var answer = ask("digits", "bytes=" + range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(part);
        int from = TEXT.indexOf(part);
        assertThat(answer.headers().firstValue("Content-Range"))
                .hasValue("bytes " + from + "-" + (from + part.length() - 1) + "/10");
        assertThat(answer.headers().firstValue("Content-Length")).hasValue(Integer.toString(part.length()));
        assertThat(answer.headers().firstValue("X-Mime-Type")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-2",
                "bytes=0-1,3-4",
                "bytes=-",
                "bytes=a-b",
                "lines=1-2",
                "bytes 1-2",
                "bytes=99999999999999999999-"
            })
    void givesTheWholeIfItIsAskedForNoPartThatItMakes(String range) {
        var answer = ask("digits", range);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(TEXT);
        assertThat(answer.headers().firstValue("Accept-Ranges")).hasValue("bytes");
    }

    @Test
    void saysThatThereIsNoSuchPart() {
        for (var range : new String[] {"bytes=10-", "bytes=99-100", "bytes=-0"}) {
            var answer = ask("digits", range);
            assertThat(answer.statusCode()).as(range).isEqualTo(416);
            assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes */10");
        }
        assertThat(ask("empty", "bytes=0-").statusCode()).isEqualTo(416);
        assertThat(edge.get("/api/system").statusCode()).isEqualTo(200);
    }

    @Test
    void goesOnOnlyWithTheSameFile() throws IOException {
        var tag = edge.get(path + "digits").headers().firstValue("ETag").orElseThrow();

        assertThat(goOn(tag).statusCode()).isEqualTo(206);
        Files.writeString(files.resolve("digits"), "abcdefghijk");

        assertThat(goOn(tag).body()).isEqualTo("abcdefghijk");
        assertThat(goOn("Sat, 01 Aug 2026 10:00:00 GMT").statusCode()).isEqualTo(200);
    }

    @Test
    void givesTheWholeOfWhatIsOnlyAStream() {
        var answer = ask("digits.stream", "bytes=2-5");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(TEXT);
        assertThat(answer.headers().firstValue("Accept-Ranges")).isEmpty();
    }

    @Test
    void tellsAboutAFileWithoutIt() {
        var answer = head(path + "digits");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("10");
        assertThat(answer.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(head(path + "none").statusCode()).isEqualTo(404);
        assertThat(head("/api/servers").statusCode()).isEqualTo(404);
        // The connection is still in step.
        assertThat(edge.get(path + "digits").body()).isEqualTo(TEXT);
    }

    @Test
    void givesPartsBySignedUrlsAndDoesNotUseThemUpForTheHeaders() {
        var signer = TokenSigner.builder(EdgeFixture.CREDENTIALS)
                .dialect(Dialect.PELICAN)
                .panelUrl(EdgeFixture.PANEL)
                .nodeUrl("https://node.example.com")
                .clock(edge.clock)
                .build();
        var user = new TokenUser(UUID.randomUUID(), OptionalLong.empty());
        var url = "/download/file?token="
                + signer.fileDownload(server.id, user, "/digits").text();

        assertThat(head(url).statusCode()).isEqualTo(200);
        assertThat(head(url).headers().firstValue("Content-Length")).hasValue("10");
        var part = edge.send(HttpRequest.newBuilder(edge.uri(url)).header("Range", "bytes=8-"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("89");
        assertThat(edge.send(HttpRequest.newBuilder(edge.uri(url))).statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> ask(String file, String range) {
        return edge.send(edge.request(path + file).header("Range", range));
    }

    private HttpResponse<String> goOn(String condition) {
        return edge.send(
                edge.request(path + "digits").header("Range", "bytes=2-").header("If-Range", condition));
    }

    private HttpResponse<String> head(String target) {
        return edge.send(
                edge.request(target).method("HEAD", HttpRequest.BodyPublishers.noBody()),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
