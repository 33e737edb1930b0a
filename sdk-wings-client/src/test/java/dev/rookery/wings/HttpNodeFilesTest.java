package dev.rookery.wings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.NodeCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpNodeFilesTest {

    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final long BIG = 64L * 1024 * 1024;

    private final ServerId id = ServerId.random();

    @TempDir
    private Path spool;

    private Peer peer;
    private HttpNode node;
    private NodeFiles files;

    @BeforeEach
    void start() throws IOException {
        peer = new Peer();
        node = HttpNode.builder(peer.url(), NodeCredentials.random(new SecureRandom()))
                .client(CLIENT)
                .dialect(Dialect.PELICAN)
                .spoolDirectory(spool)
                .deadlines(NodeDeadlines.builder().retryBudget(Duration.ZERO).build())
                .build();
        files = node.server(id).files();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void readsAFileWithItsSize() throws Exception {
        peer.answers(200, "motd=hello");

        try (var content = files.read("/config/server properties.txt")) {
            assertThat(content.sizeBytes()).hasValue(10);
            assertThat(content.stream()).hasBinaryContent("motd=hello".getBytes(UTF_8));
        }
        assertThat(peer.request().getTarget())
                .isEqualTo("/api/servers/" + id + "/files/contents?file=%2Fconfig%2Fserver%20properties.txt");
    }

    @Test
    void streamsABigFileWithoutHoldingIt() throws IOException {
        peer.server.enqueue(
                new MockResponse.Builder().body(new PatternBody(BIG)).build());
        long memoryBefore = usedMemory();

        long count = 0;
        try (var content = files.read("big.bin")) {
            assertThat(content.sizeBytes()).hasValue(BIG);
            var stream = content.stream();
            byte[] chunk = new byte[64 * 1024];
            for (int length = stream.read(chunk); length >= 0; length = stream.read(chunk)) {
                for (int i = 0; i < length; i += 997) {
                    assertThat(chunk[i] == PatternBody.at(count + i)).isTrue();
                }
                count += length;
            }
        }

        assertThat(count).isEqualTo(BIG);
        assertThat(usedMemory() - memoryBefore).as("bytes held afterwards").isLessThan(BIG / 2);
    }

    @Test
    void saysThatADownloadBrokeOff() throws IOException {
        peer.server.enqueue(new MockResponse.Builder()
                .body(new PatternBody(1024 * 1024))
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                .build());

        try (var content = files.read("big.bin")) {
            assertThatThrownBy(() -> content.stream().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void cancelsADownloadUnderWay() throws IOException {
        peer.server.enqueue(new MockResponse.Builder()
                .body(new PatternBody(BIG))
                .throttleBody(64 * 1024, 100, TimeUnit.MILLISECONDS)
                .build());
        var signal = CancelSignal.create();

        try (var content = node.with(CallOptions.defaults().cancel(signal))
                .server(id)
                .files()
                .read("big.bin")) {
            assertThat(content.stream().read()).isEqualTo(0);
            signal.cancel();
            assertThatThrownBy(() -> content.stream().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(DeadlineException.class);
        }
    }

    @Test
    void leavesADownloadInTheMiddleWithoutReadingTheRest() throws IOException {
        peer.server.enqueue(new MockResponse.Builder()
                .body(new PatternBody(BIG))
                // The whole of it would take longer than this test may.
                .throttleBody(64 * 1024, 1, TimeUnit.SECONDS)
                .build());

        var content = files.read("big.bin");
        assertThat(content.stream().read()).isEqualTo(0);
        content.close();
        content.close();
    }

    @Test
    void tellsWhatIsWrongWithAFile() {
        peer.answers(404, "{\"error\":\"The requested resources was not found on the system.\"}");
        peer.answers(400, "{\"error\":\"Cannot perform that action: file is a directory.\"}");
        peer.answers(403, "{\"error\":\"This file cannot be modified: present in egg denylist.\"}");

        assertThatThrownBy(() -> files.read("a")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> files.read("a"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("directory");
        assertThatThrownBy(() -> files.read("a")).isInstanceOf(DeniedException.class);
    }

    @Test
    void writesWithTheLengthAnnounced() throws Exception {
        peer.answers(204, "");
        var closed = new AtomicBoolean();

        files.write("a.txt", closing("hello".getBytes(UTF_8), OptionalLong.of(5), closed));

        var request = peer.request();
        assertThat(request.getTarget()).isEqualTo("/api/servers/" + id + "/files/write?file=a.txt");
        assertThat(request.getHeaders().get("Content-Length")).isEqualTo("5");
        assertThat(Peer.body(request)).isEqualTo("hello");
        assertThat(closed).isTrue();
    }

    @Test
    void measuresContentOfUnknownLengthOnDisk() throws Exception {
        peer.answers(204, "");
        var closed = new AtomicBoolean();

        files.write("a.txt", closing("hello".getBytes(UTF_8), OptionalLong.empty(), closed));

        var request = peer.request();
        assertThat(request.getHeaders().get("Content-Length")).isEqualTo("5");
        assertThat(request.getHeaders().get("Transfer-Encoding")).isNull();
        assertThat(Peer.body(request)).isEqualTo("hello");
        assertThat(closed).isTrue();
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void writesABigFileWithoutHoldingIt() throws Exception {
        peer.server.setBodyLimit(0);
        peer.answers(204, "");
        long memoryBefore = usedMemory();

        files.write("big.bin", Content.of(new CountingStream(BIG), OptionalLong.of(BIG)));

        assertThat(peer.request().getBodySize()).isEqualTo(BIG);
        assertThat(usedMemory() - memoryBefore).as("bytes held afterwards").isLessThan(BIG / 2);
    }

    @Test
    void refusesContentShorterThanItSays() {
        peer.answers(204, "");

        assertThatThrownBy(() ->
                        files.write("a", Content.of(new ByteArrayInputStream(new byte[10]), OptionalLong.of(1000))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("10 bytes")
                .hasMessageContaining("1000");
    }

    @Test
    void closesTheContentOfARefusedWrite() {
        var closed = new AtomicBoolean();
        var guest = node.as(user(Permission.CONNECT)).server(id).files();

        assertThatThrownBy(() -> guest.write("a", closing(new byte[1], OptionalLong.of(1), closed)))
                .isInstanceOf(DeniedException.class);
        assertThat(closed).isTrue();
        assertThat(peer.server.getRequestCount()).isZero();
    }

    @Test
    void asksWhetherAFileExistsIfThatDecidesThePermission() throws Exception {
        var mayUpdate = node.as(user(Permission.FILE_UPDATE)).server(id).files();
        peer.answers(200, "old");
        peer.answers(204, "");
        peer.answers(404, "{\"error\":\"The requested resources was not found on the system.\"}");

        mayUpdate.write("old.txt", Content.of("new".getBytes(UTF_8)));
        assertThatThrownBy(() -> mayUpdate.write("new.txt", Content.of("new".getBytes(UTF_8))))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("file.create");

        assertThat(peer.server.getRequestCount()).isEqualTo(3);
    }

    private static Caller user(Permission permission) {
        return new Caller.User(
                UUID.randomUUID(),
                Permissions.of(permission),
                "127.0.0.1",
                Instant.now().plusSeconds(60));
    }

    private static Content closing(byte[] bytes, OptionalLong size, AtomicBoolean closed) {
        return Content.of(
                new ByteArrayInputStream(bytes) {
                    @Override
                    public void close() {
                        closed.set(true);
                    }
                },
                size);
    }

    private static long usedMemory() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Gives zeros, as many as asked for. */
    private static final class CountingStream extends InputStream {

        private long left;

        CountingStream(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }
}
