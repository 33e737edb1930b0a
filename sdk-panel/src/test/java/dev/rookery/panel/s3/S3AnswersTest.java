package dev.rookery.panel.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of the answers of an object store, as Amazon documents them; the signatures are proven against a foreign server elsewhere. */
@SuppressWarnings("NullAway.Init") // JUnit starts the server before each test
class S3AnswersTest {

    private static final String KEY = "server/backup one.tar.gz";
    private static final List<BackupPart> PARTS = List.of(new BackupPart("\"a&b\"", 1), new BackupPart("\"c\"", 2));

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private S3ObjectStore store;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            var answer = answers.getOrDefault(exchange.getRequestMethod(), new Answer(500, ""));
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean none = bytes.length == 0 || "HEAD".equals(exchange.getRequestMethod());
            exchange.sendResponseHeaders(answer.status(), none ? -1 : bytes.length);
            exchange.getResponseBody().write(none ? new byte[0] : bytes);
            exchange.close();
        });
        server.start();
        store = new S3ObjectStore(S3Options.builder()
                .endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .bucket("backups")
                .accessKey("key")
                .secretKey("secret")
                .build());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void beginsAnUpload() {
        answer("POST", 200, "<R xmlns=\"urn:x\"><UploadId>a/b+c</UploadId></R>");

        assertThat(store.begin(KEY)).isEqualTo("a/b+c");
        assertThat(requests).singleElement().isEqualTo("POST /backups/server/backup%20one.tar.gz?uploads= ");
        answer("POST", 200, "<R/>");
        assertThatThrownBy(() -> store.begin(KEY)).isInstanceOf(ProtocolException.class);
        answer("POST", 200, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><R><UploadId>&e;</UploadId></R>");
        assertThatThrownBy(() -> store.begin(KEY)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void namesThePartsWhenItPutsThemTogether() {
        answer("POST", 200, "<CompleteMultipartUploadResult/>");

        store.complete(KEY, "u", PARTS);

        assertThat(requests)
                .singleElement()
                .asString()
                .contains("?uploadId=u ")
                .contains("<Part><PartNumber>1</PartNumber><ETag>&quot;a&amp;b&quot;</ETag></Part>");
    }

    @Test
    void findsOutThatItFailedAfterTheAnswerHadBegun() {
        answer("POST", 200, "<Error><Code>InternalError</Code></Error>");
        answer("HEAD", 404, "");

        assertThatThrownBy(() -> store.complete(KEY, "u", PARTS))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("InternalError");
    }

    @Test
    void whatIsThereWasPutTogetherBefore() {
        answer("POST", 404, "<Error><Code>NoSuchUpload</Code></Error>");
        answer("HEAD", 200, "");

        assertThatCode(() -> store.complete(KEY, "u", PARTS)).doesNotThrowAnyException();
        answer("HEAD", 404, "");
        assertThatThrownBy(() -> store.complete(KEY, "u", PARTS))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("NoSuchUpload");
        answer("POST", 400, "<Error><Code>InvalidPart</Code></Error>");
        assertThatThrownBy(() -> store.complete(KEY, "u", PARTS)).isInstanceOf(InvalidInputException.class);
        answer("HEAD", 503, "");
        assertThatThrownBy(() -> store.complete(KEY, "u", PARTS)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void whatIsGoneIsNoFailure() {
        for (int status : new int[] {204, 404}) {
            answer("DELETE", status, "");
            store.abort(KEY, "u");
            store.delete(KEY);
        }
        assertThat(new ArrayList<>(requests).subList(0, 2))
                .containsExactly(
                        "DELETE /backups/server/backup%20one.tar.gz?uploadId=u ",
                        "DELETE /backups/server/backup%20one.tar.gz ");
    }

    @Test
    void tellsWhatCanBeTriedAgainFromWhatCannot() {
        answer("DELETE", 503, "<Error><Code>SlowDown</Code></Error>");
        assertThatThrownBy(() -> store.delete(KEY))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("SlowDown");
        answer("DELETE", 429, "");
        assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(UnavailableException.class);
        answer("DELETE", 403, "<Error><Code>AccessDenied</Code></Error>");
        assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(DeniedException.class);
        answer("DELETE", 301, "");
        assertThatThrownBy(() -> store.delete(KEY)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void waitsNoLongerThanItsDeadline() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var patient = new S3ObjectStore(S3Options.builder()
                    .endpoint(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                    .bucket("backups")
                    .accessKey("key")
                    .secretKey("secret")
                    .deadline(Duration.ofMillis(200))
                    .build());

            assertThatThrownBy(() -> patient.begin(KEY)).isInstanceOf(DeadlineException.class);
        }
    }

    /** Amazon answers 200 at once and keeps the connection with blanks while it puts the parts together. */
    @Test
    void aStoreThatFallsSilentBehindItsHeadIsLeftAtTheDeadline() throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var closed = CompletableFuture.supplyAsync(() -> answersItsHeadOnly(listening));
            var patient = new S3ObjectStore(S3Options.builder()
                    .endpoint(URI.create("http://127.0.0.1:" + listening.getLocalPort()))
                    .bucket("backups")
                    .accessKey("key")
                    .secretKey("secret")
                    .deadline(Duration.ofSeconds(60))
                    .completionDeadline(Duration.ofMillis(300))
                    .build());

            assertThatThrownBy(() -> patient.complete(KEY, "u", PARTS)).isInstanceOf(DeadlineException.class);
            assertThat(closed.get(30, TimeUnit.SECONDS)).as("connection closed").isTrue();
        }
    }

    private static boolean answersItsHeadOnly(ServerSocket listening) {
        try (var socket = listening.accept()) {
            var out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\ncontent-length: 1000\r\n\r\n   "
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsNoMoreOfAnAnswerThanFits() {
        answer("POST", 200, "<R><UploadId>a</UploadId></R>" + " ".repeat(3 * 1024 * 1024));

        assertThat(store.begin(KEY)).isEqualTo("a");
    }

    @Test
    void leavesTheDefaultPortOut() {
        assertThat(at("https://s3.example.org:443/x")).isEqualTo(URI.create("https://s3.example.org/x"));
        assertThat(at("http://s3.example.org:80")).isEqualTo(URI.create("http://s3.example.org"));
        assertThat(at("http://s3.example.org:443")).isEqualTo(URI.create("http://s3.example.org:443"));
        assertThat(at("https://[::1]:443")).isEqualTo(URI.create("https://[::1]"));
    }

    private static URI at(String endpoint) {
        return S3Options.builder()
                .endpoint(URI.create(endpoint))
                .bucket("backups")
                .accessKey("key")
                .secretKey("secret")
                .build()
                .endpoint();
    }

    /** The examples of Amazon's documentation: a signature in the query, and one in the headers. */
    @Test
    void signsAsDocumented() {
        var options = S3Options.builder()
                .endpoint(URI.create("https://s3.amazonaws.com"))
                .bucket("examplebucket")
                .accessKey("AKIAIOSFODNN7EXAMPLE")
                .secretKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
                .pathStyle(false)
                .build();

        var address = URI.create("https://examplebucket.s3.amazonaws.com/test.txt");
        var now = Instant.parse("2013-05-24T00:00:00Z");
        var headers = new Signature(options)
                .headers("GET", address, Map.of(), Map.of("range", "bytes=0-9"), new byte[0], now);

        assertThat(headers.get("Authorization"))
                .endsWith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        assertThat(new Signature(options)
                        .presigned("GET", address, Map.of(), Duration.ofDays(1), now)
                        .toString())
                .endsWith("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    }

    private void answer(String method, int status, String body) {
        answers.put(method, new Answer(status, body));
    }
}
