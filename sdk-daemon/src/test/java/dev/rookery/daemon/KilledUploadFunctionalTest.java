package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rookery.api.ServerId;
import dev.rookery.build.tiers.SecondLane;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in pieces over real sockets: the line is cut, the node is killed like {@code kill -9} does, and the upload goes on each time. */
@Tag("faults")
@SecondLane
class KilledUploadFunctionalTest {

    private static final int SIZE = 48 << 20;
    /** More than the node holds back before it says that bytes are on the disk. */
    private static final int FIRST = 40 << 20;

    @TempDir
    Path root;

    private final UUID uuid = UUID.randomUUID();
    private final ServerId server = ServerId.random();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final byte[] content = new byte[SIZE];
    private EdgeProgram.Running node;

    @BeforeEach
    void launch() throws IOException {
        new Random(7).nextBytes(content);
        node = EdgeProgram.Running.launch(root, uuid, server);
    }

    @AfterEach
    void kill() throws InterruptedException {
        node.kill();
    }

    @Test
    void goesOnWhereTheNodeHasStoredTheLastByte() throws Exception {
        Files.writeString(Files.createDirectories(volume()).resolve("world.zip"), "old");
        var begun = ask(request("")
                .POST(HttpRequest.BodyPublishers.ofString("{\"path\":\"/world.zip\",\"size\":" + SIZE + "}")));
        assertThat(begun.statusCode()).isEqualTo(201);
        var id = new ObjectMapper().readTree(begun.body()).get("id").asText();

        sendPart(id, 0, 1 << 20);
        // The last bytes of a line that is cut may be lost with it; what the node says is what it has.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> offset(id) > 0 && append(id, offset(id), 0).statusCode() == 200);
        int cut = offset(id);
        try (var line = open(id, cut)) {
            line.getOutputStream().write(content, cut, FIRST);
            await().atMost(Duration.ofSeconds(60)).until(() -> offset(id) > cut);
            node.kill();
        }
        assertThat(volume().resolve("world.zip")).hasContent("old");
        launch();

        int offset = offset(id);
        assertThat(offset).isBetween(32 << 20, cut + FIRST);
        var last = append(id, offset, SIZE - offset);

        assertThat(last.statusCode()).as(last.body()).isEqualTo(200);
        assertThat(Files.readAllBytes(volume().resolve("world.zip"))).isEqualTo(content);
        try (var left = Files.list(volume())) {
            assertThat(left).hasSize(1);
        }
    }

    private HttpResponse<String> append(String id, int offset, int count) throws Exception {
        var piece = Arrays.copyOfRange(content, offset, offset + count);
        return ask(request("/" + id)
                .header("Upload-Offset", Integer.toString(offset))
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(piece)));
    }

    /** Sends a part of what was promised, and cuts the line. */
    private void sendPart(String id, int offset, int count) throws IOException {
        try (var line = open(id, offset)) {
            OutputStream out = line.getOutputStream();
            out.write(content, offset, count);
            out.flush();
        }
    }

    private Socket open(String id, int offset) throws IOException {
        var line = new Socket("127.0.0.1", node.port());
        line.getOutputStream()
                .write(("PATCH " + path("/" + id) + " HTTP/1.1\r\nHost: node\r\nAuthorization: "
                                + EdgeProgram.CREDENTIALS.panelToNode() + "\r\nUpload-Offset: " + offset
                                + "\r\nContent-Length: " + (SIZE - offset) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return line;
    }

    private int offset(String id) throws Exception {
        var state = ask(request("/" + id));
        assertThat(state.statusCode()).as(state.body()).isEqualTo(200);
        return new ObjectMapper().readTree(state.body()).get("offset").asInt();
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String suffix) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path(suffix)))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", EdgeProgram.CREDENTIALS.panelToNode());
    }

    private String path(String suffix) {
        return "/api/servers/" + server + "/files/uploads" + suffix;
    }

    private Path volume() {
        return root.resolve("volumes").resolve(server.toString());
    }
}
