package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ConflictException;
import dev.rookery.api.node.ServerState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves files on the wire: §2.5 of the node API specification, large bodies, slow and vanishing clients. */
class FileStreamTest {

    private static final int LARGE = 64 * 1024 * 1024;

    @TempDir
    Path files;

    private EdgeFixture edge;
    private String path;

    @BeforeEach
    void start() {
        edge = new EdgeFixture(files, options -> options, limits -> limits.idleTimeout(Duration.ofSeconds(2)));
        path = "/api/servers/" + edge.node.add(ServerState.OFFLINE).id + "/files";
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    // §2.5
    @Test
    void sendsAFileAsItIs() throws IOException {
        Files.writeString(files.resolve("server.properties"), "motd=grüße\n");

        var answer = edge.get(path + "/contents?file=%2Fserver.properties");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("motd=grüße\n");
        assertThat(answer.headers().firstValue("X-Mime-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("13");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    // §2.5
    @Test
    void offersADownload() throws IOException {
        Files.write(files.resolve("a\"b.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        Files.createFile(files.resolve("empty"));

        var answer = edge.get(path + "/contents?file=a%22b.png&download=1");
        var empty = edge.get(path + "/contents?file=empty");

        assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"a\\\"b.png\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("X-Mime-Type")).hasValue("image/png");
        assertThat(empty.statusCode()).isEqualTo(200);
        assertThat(empty.headers().firstValue("Content-Length")).hasValue("0");
    }

    // §2.5
    @Test
    void refusesWhatIsMissingOrADirectory() throws IOException {
        Files.createDirectory(files.resolve("world"));

        assertThat(edge.get(path + "/contents?file=none"))
                .returns(404, HttpResponse::statusCode)
                .satisfies(answer -> assertThat(answer.body())
                        .contains("\"error\":\"The requested resources was not found on the system.\"", "request_id"));
        assertThat(edge.get(path + "/contents?file=world"))
                .returns(400, HttpResponse::statusCode)
                .satisfies(answer ->
                        assertThat(answer.body()).contains("Cannot perform that action: file is a directory."));
        assertThat(edge.post(path + "/write?file=world", "x"))
                .returns(400, HttpResponse::statusCode)
                .satisfies(answer -> assertThat(answer.body())
                        .contains("Cannot write file, name conflicts with an existing directory by the same name."));
        assertThat(edge.get("/api/servers/00000000-0000-4000-8000-000000000000/files/contents?file=x")
                        .body())
                .contains("The requested resource does not exist on this instance.");
    }

    // §2.5
    @Test
    void writesExactlyTheDeclaredBytes() throws IOException {
        var answer = edge.send(edge.request(path + "/write?file=new.txt")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("hello")));
        edge.post(path + "/write?file=empty.txt", "");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(files.resolve("new.txt")).hasContent("hello");
        assertThat(files.resolve("empty.txt")).isEmptyFile();
        assertThat(edge.node.calls).contains("wrote new.txt 5 of 5");
    }

    // §2.5
    @Test
    void refusesAWriteWithoutContentLength() {
        var answer = edge.send(edge.request(path + "/write?file=x")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100_000]))));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Missing Content-Length\"}");
        assertThat(edge.get("/api/system").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"large.bin", "large.stream"})
    void streamsLargeFilesBothWays(String name) throws Exception {
        var original = files.resolve("original");
        Files.write(original, random());

        // A busy machine may not get to one side of it for longer than the others here have.
        try (var patient = new EdgeFixture(files, options -> options, limits -> limits)) {
            var server = "/api/servers/" + patient.node.add(ServerState.OFFLINE).id + "/files";
            var up = patient.send(
                    patient.request(server + "/write?file=" + name).POST(HttpRequest.BodyPublishers.ofFile(original)));
            var down = patient.send(
                    patient.request(server + "/contents?file=" + name).GET(),
                    HttpResponse.BodyHandlers.ofInputStream());

            assertThat(up.statusCode()).isEqualTo(204);
            assertThat(down.headers().firstValue("Content-Length").isPresent()).isEqualTo(name.endsWith("bin"));
            try (var expected = Files.newInputStream(original)) {
                assertThat(digest(down.body())).isEqualTo(digest(expected));
            }
            assertThat(patient.get("/api/system").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void givesUpAClientThatDoesNotReadItsFile() throws Exception {
        for (var name : new String[] {"large.bin", "large.stream"}) {
            Files.write(files.resolve(name), random());
            try (var socket = edge.socket()) {
                socket.getOutputStream().write(head("GET", "/contents?file=" + name, ""));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                Thread.sleep(4500);

                long got = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                assertThat(got).as("the connection was cut").isLessThan(LARGE);
            } catch (SocketException cut) {
                assertThat(cut).hasMessageContaining("reset");
            }
        }
    }

    @Test
    void keepsTheOldFileWhenTheClientVanishesMidway() throws Exception {
        Files.writeString(files.resolve("kept.txt"), "old");
        try (var socket = edge.socket()) {
            socket.getOutputStream().write(head("POST", "/write?file=kept.txt", "Content-Length: 1000000\r\n"));
            socket.getOutputStream().write(new byte[300_000]);
            socket.getOutputStream().flush();
        }

        await().untilAsserted(() ->
                assertThat(edge.node.calls).anyMatch(call -> call.startsWith("failed kept.txt: the client closed")));
        assertThat(files.resolve("kept.txt")).hasContent("old");
    }

    @Test
    void givesUpAnUploadThatStalls() throws Exception {
        try (var socket = edge.socket()) {
            socket.getOutputStream().write(head("POST", "/write?file=x", "Content-Length: 10\r\n"));
            socket.getOutputStream().write(new byte[3]);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        await().untilAsserted(() -> assertThat(edge.node.calls).anyMatch(call -> call.startsWith("failed x")));
    }

    // A node that refuses early answers before the body has come, and the connection stays usable.
    @Test
    void answersEarlyAndDrainsTheRest() throws IOException {
        edge.node.failure[0] = new ConflictException("disk full");
        var body = "x".repeat(3_000_000);

        var refused = edge.post(path + "/write?file=x", body);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(edge.get("/api/system").statusCode()).isEqualTo(200);
    }

    @Test
    void givesLeaveToSendABody() throws IOException {
        try (var socket = edge.socket()) {
            socket.getOutputStream()
                    .write(head(
                            "POST",
                            "/write?file=c",
                            "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n"));
            var in = socket.getInputStream();
            assertThat(new String(in.readNBytes(25), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write(new byte[] {'o', 'k'});
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 204");
        }
        assertThat(files.resolve("c")).hasContent("ok");
    }

    @Test
    void closesHeadersThatDrip() throws Exception {
        try (var strict = new EdgeFixture(files, o -> o, limits -> limits.headTimeout(Duration.ofMillis(700)));
                var socket = strict.socket()) {
            long start = System.nanoTime();
            socket.setSoTimeout(100);
            int end = 0;
            while (end != -1
                    && System.nanoTime() - start < Duration.ofSeconds(15).toNanos()) {
                try {
                    socket.getOutputStream().write('G');
                    end = socket.getInputStream().read();
                } catch (SocketTimeoutException again) {
                    end = 0;
                } catch (SocketException reset) {
                    end = -1;
                }
            }
            assertThat(end).isEqualTo(-1);
        }
    }

    private byte[] head(String method, String suffix, String headers) {
        return (method + " " + path + suffix + " HTTP/1.1\r\nHost: n\r\nAuthorization: "
                        + EdgeFixture.CREDENTIALS.panelToNode() + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] random() {
        var bytes = new byte[LARGE];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static String digest(InputStream in) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var buffer = new byte[65_536];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
