package dev.rookery.daemon.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.file.RemoteDownloadRequestBuilder;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.daemon.FileJobOptions;
import dev.rookery.daemon.RemoteDownloadOptions;
import dev.rookery.daemon.RemoteDownloadOptionsBuilder;
import dev.rookery.daemon.internal.file.Delivery;
import dev.rookery.daemon.internal.file.Denylist;
import dev.rookery.daemon.internal.file.DiskSpace;
import dev.rookery.daemon.internal.file.Ownership;
import dev.rookery.daemon.internal.file.Volume;
import dev.rookery.daemon.internal.job.FileWork;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching, from a real server on the loopback that must be reached only where a test allows it. */
@Timeout(60)
class DownloadsTest {

    private static final String TEXT = "from elsewhere";

    @TempDir
    Path folder;

    private final ServerId server = ServerId.random();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger reached = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private Path root;
    private DaemonStore store;
    private FileWork work;
    private HttpServer web;
    private List<String> denied = List.of();
    private long limit;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectory(folder.resolve("volume"));
        store = DaemonStore.open(folder);
        work = new FileWork(
                store.jobs(), FileJobOptions.builder().build(), Clock.systemUTC(), threads, (whose, job) -> {});
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setExecutor(threads);
        web.createContext("/file.txt", exchange -> answer(exchange, 200, TEXT.getBytes(StandardCharsets.UTF_8)));
        web.createContext("/missing", exchange -> answer(exchange, 404, new byte[0]));
        web.createContext("/to", exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", exchange.getRequestURI().getQuery());
            answer(exchange, 302, new byte[0]);
        });
        web.createContext("/chunks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(TEXT.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        web.createContext("/held", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[250]);
            exchange.getResponseBody().flush();
            holdOn();
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        release.countDown();
        work.close();
        web.stop(0);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        store.close();
    }

    /** CVE-2024-34068: whatever an address looks like, where it leads is judged when it is connected to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/file.txt",
                "http://localhost:PORT/file.txt",
                "http://localhost.:PORT/file.txt",
                "http://[::1]:PORT/file.txt",
                "http://[::ffff:127.0.0.1]:PORT/file.txt",
                "http://[::ffff:7f00:1]:PORT/file.txt",
                "http://[64:ff9b::7f00:1]:PORT/file.txt",
                "http://[2002:7f00:1::]:PORT/file.txt",
                "http://2130706433:PORT/file.txt",
                "http://0x7f.1:PORT/file.txt",
                "http://0177.0.0.1:PORT/file.txt",
                "http://127.1:PORT/file.txt",
                "http://0.0.0.0:PORT/file.txt",
                "http://169.254.169.254/latest/meta-data/",
                "http://100.64.0.1/",
                "http://198.18.0.1/",
                "http://[fd00:ec2::254]/latest/meta-data/",
                "https://127.0.0.1:PORT/file.txt"
            })
    void cve202434068ReachesNothingThatIsNotPublic(String url) {
        var guarded = downloads(options -> options);

        assertThatThrownBy(() -> fetch(guarded, request(url.replace("PORT", port()))))
                .isInstanceOfAny(InvalidInputException.class, UnavailableException.class);

        assertThat(reached).hasValue(0);
        assertThat(root).isEmptyDirectory();
    }

    /** GHSA-6rg3: each redirect is judged anew. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://[fd00:ec2::254]/",
                "http://10.0.0.1/",
                "http://127.0.0.2:PORT/file.txt",
                "//127.0.0.2:PORT/file.txt",
                "file:///etc/passwd",
                "gopher://127.0.0.1/"
            })
    void ghsa6rg3JudgesEachRedirectAnew(String target) {
        var open = downloads(options -> options.addAllowedNetworks("127.0.0.1/32"));

        assertThatThrownBy(() -> fetch(open, request(here("/to?" + target.replace("PORT", port())))))
                .isInstanceOf(InvalidInputException.class);

        assertThat(reached).hasValue(1);
        assertThat(root).isEmptyDirectory();
    }

    /** The name leads to an allowed address when it is asked for the first time, and to another one the second time. */
    @Test
    void isNotFooledByANameThatLeadsElsewhereTheSecondTime() throws IOException {
        var asked = new AtomicInteger();
        Dns names = name -> List.of(InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2"));
        var other = HttpServer.create(
                new InetSocketAddress("127.0.0.2", web.getAddress().getPort()), 0);
        other.createContext("/", exchange -> answer(exchange, 200, new byte[1]));
        other.start();
        try {
            var open = downloads(options -> options.addAllowedNetworks("127.0.0.1/32"), names);
            var url = "http://changing.example:" + port() + "/to?http://changing.example:" + port() + "/file.txt";

            assertThatThrownBy(() -> fetch(open, request(url)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("not public");
        } finally {
            other.stop(0);
        }
        assertThat(asked).hasValue(2);
        assertThat(reached).hasValue(1);
    }

    @Test
    void followsRedirectsUpToItsLimit() throws IOException {
        var open =
                downloads(options -> options.addAllowedNetworks("127.0.0.0/8").maxRedirects(2));

        fetch(open, request(here("/to?/to?/file.txt")).fileName(Optional.of("a.txt")));
        assertThat(root.resolve("dir/a.txt")).hasContent(TEXT);
        assertThatThrownBy(() -> fetch(open, request(here("/to?/to?/to?/file.txt"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("redirects");
        assertThatThrownBy(() -> fetch(open, request(here("/to?")))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void blocksPublicNetworksToo() {
        var closed = downloads(options -> options.addBlockedNetworks("93.184.0.0/16"));

        assertThatThrownBy(() -> fetch(closed, request("http://93.184.216.34/file.txt")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not public");
    }

    @Test
    void refusesWhatIsNoFileAtAnAddress() {
        var open = open();

        for (var url : List.of("ftp://127.0.0.1/file.txt", "file:///etc/passwd", "http:///file.txt", "mailto:a@b.c")) {
            assertThatThrownBy(() -> fetch(open, request(url))).as(url).isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> fetch(open, request("http://user:secret@127.0.0.1:" + port() + "/file.txt")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> fetch(open, request(here("/missing"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("404");
        assertThatThrownBy(() -> fetch(open, request(here("/")))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void replacesAFileAsAWhole() throws IOException {
        var present =
                Files.writeString(Files.createDirectory(root.resolve("dir")).resolve("file.txt"), "old");
        Files.setPosixFilePermissions(present, PosixFilePermissions.fromString("rwxr-x---"));

        var entry = fetch(open(), request(here("/file.txt")));

        assertThat(entry.name()).isEqualTo("file.txt");
        assertThat(present).hasContent(TEXT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(present)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void leavesWhatWasThereIfTheRestDoesNotCome() throws Exception {
        var present =
                Files.writeString(Files.createDirectory(root.resolve("dir")).resolve("liar"), "old");
        try (var liar = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort", false)) {
            assertThatThrownBy(() -> fetch(open(), request(liar.url("/liar"))))
                    .isInstanceOf(UnavailableException.class);
        }
        assertThat(present).hasContent("old");
        assertThat(files()).containsExactly(present);
    }

    @Test
    void takesNoMoreThanWasAnnounced() throws Exception {
        try (var liar = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more", false)) {
            fetch(open(), request(liar.url("/liar")));
        }
        assertThat(root.resolve("dir/liar")).hasContent("four");
    }

    @Test
    void endsADownloadThatOnlyDrips() throws Exception {
        try (var slow = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", true)) {
            var strict = downloads(
                    options -> options.addAllowedNetworks("127.0.0.0/8").stallTimeout(Duration.ofMillis(300)));

            assertThatThrownBy(() -> fetch(strict, request(slow.url("/slow"))))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("bytes came within");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void endsADownloadThatTakesTooLongInAll() throws Exception {
        try (var slow = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", true)) {
            var strict = downloads(
                    options -> options.addAllowedNetworks("127.0.0.0/8").timeout(Duration.ofMillis(300)));

            assertThatThrownBy(() -> fetch(strict, request(slow.url("/slow"))))
                    .isInstanceOf(UnavailableException.class);
        }
        assertThat(files()).isEmpty();
    }

    /** A gzip bomb is a small file here: nothing is unpacked. */
    @Test
    void unpacksNothing() throws IOException {
        var packed = packed(new byte[1 << 20]);
        web.createContext("/bomb", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            answer(exchange, 200, packed);
        });

        fetch(open(), request(here("/bomb")));

        assertThat(root.resolve("dir/bomb")).hasBinaryContent(packed);
    }

    @Test
    void takesFilesOfUnknownLengthUpToALimit() {
        fetch(open(), request(here("/chunks")));
        assertThat(root.resolve("dir/chunks")).hasContent(TEXT);
        web.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    out.write(new byte[64 << 10]);
                }
            }
        });
        var strict =
                downloads(options -> options.addAllowedNetworks("127.0.0.0/8").unknownLengthMebibytes(1));

        assertThatThrownBy(() -> fetch(strict, request(here("/endless"))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("more than");
        assertThat(root.resolve("dir/endless")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment; filename=\"../../escape.txt\"",
                "attachment; filename=\"..\\..\\escape.txt\"",
                "attachment; filename=escape.txt",
                "attachment; filename=\"x\"; filename*=UTF-8''a%2Fescape.txt",
                "attachment; filename*=utf-8''esc%E2%80%AEape.txt"
            })
    void takesANameButNoPlaceFromTheOtherSide(String disposition) {
        web.createContext("/named", exchange -> {
            exchange.getResponseHeaders().add("Content-Disposition", disposition);
            answer(exchange, 200, new byte[1]);
        });

        var entry = fetch(open(), request(here("/named")).useHeader(true));

        assertThat(entry.name()).isEqualTo("escape.txt");
        assertThat(files()).containsExactly(root.resolve("dir").resolve(entry.name()));
    }

    @Test
    void judgesTheDenylistByTheFinalName() {
        denied = List.of("*.jar");
        web.createContext("/harmless.txt", exchange -> {
            exchange.getResponseHeaders().add("Content-Disposition", "attachment; filename=\"server.jar\"");
            answer(exchange, 200, new byte[1]);
        });

        assertThatThrownBy(() -> fetch(open(), request(here("/harmless.txt")).useHeader(true)))
                .isInstanceOf(DeniedException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void needsTheRightToReplace() throws IOException {
        var present =
                Files.writeString(Files.createDirectory(root.resolve("dir")).resolve("file.txt"), "old");

        assertThatThrownBy(() -> fetch(open(), request(here("/file.txt")), user(Permission.FILE_CREATE)))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> fetch(open(), request(here("/file.txt")), user(Permission.FILE_UPDATE)))
                .isInstanceOf(DeniedException.class);
        assertThat(present).hasContent("old");
    }

    @Test
    void keepsToTheDiskSpace() {
        limit = 5;
        assertThatThrownBy(() -> fetch(open(), request(here("/file.txt"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("disk space");
        assertThatThrownBy(() -> fetch(open(), request(here("/chunks"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("disk space");
        assertThat(files()).isEmpty();
    }

    @Test
    void isAJobThatTellsHowFarItIsAndCanBeEnded() {
        var open = open();
        var run = open.begin(server, request(here("/held")).build(), delivery(Caller.panel()));
        await().until(() -> run.job().doneBytes() == 250);
        assertThat(open.list(server)).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(run.job().id());
            assertThat(job.path()).isEqualTo("dir/held");
            assertThat(Downloads.share(job)).isEqualTo(0.25);
        });

        open.cancel(server, run.job().id());

        assertThatThrownBy(() -> run.await(CancelSignal.create())).isInstanceOf(RookeryException.class);
        await().until(() -> open.list(server).isEmpty());
        assertThat(work.list(server))
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(FileJob.State.CANCELLED));
        assertThat(files()).isEmpty();
    }

    @Test
    void fetchesOnlySoManyAtATime() {
        var open = open();
        for (int i = 0; i < 3; i++) {
            open.begin(
                    server,
                    request(here("/held")).fileName(Optional.of("held" + i)).build(),
                    delivery(Caller.panel()));
        }
        assertThatThrownBy(() -> open.begin(server, request(here("/file.txt")).build(), delivery(Caller.panel())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("limit of 3");
        // Not even archives of the same server wait for them.
        assertThat(work.begin(server, FileJob.Kind.COMPRESS, "a.zip", progress -> "packed")
                        .await(CancelSignal.create()))
                .isEqualTo("packed");
    }

    private Downloads open() {
        return downloads(options -> options.addAllowedNetworks("127.0.0.0/8"));
    }

    private Downloads downloads(UnaryOperator<RemoteDownloadOptionsBuilder> change) {
        return downloads(change, Dns.SYSTEM);
    }

    private Downloads downloads(UnaryOperator<RemoteDownloadOptionsBuilder> change, Dns names) {
        var options = change.apply(RemoteDownloadOptions.builder().connectTimeout(Duration.ofSeconds(2)))
                .build();
        return new Downloads(options, work, new RemoteSource(options, names));
    }

    private FileEntry fetch(Downloads downloads, RemoteDownloadRequestBuilder request) {
        return fetch(downloads, request, Caller.panel());
    }

    private FileEntry fetch(Downloads downloads, RemoteDownloadRequestBuilder request, Caller caller) {
        return downloads.begin(server, request.build(), delivery(caller)).await(CancelSignal.create());
    }

    private Delivery delivery(Caller caller) {
        var space = new DiskSpace(() -> limit);
        return new Delivery(() -> new Volume(root, Denylist.of(denied), owner(), space), caller, Instant.now());
    }

    private Caller user(Permission permission) {
        return new Caller.User(
                UUID.randomUUID(), Permissions.of(permission), "", Instant.now().plusSeconds(60));
    }

    private Ownership owner() {
        try {
            return Ownership.of(
                    (Integer) Files.getAttribute(folder, "unix:uid"), (Integer) Files.getAttribute(folder, "unix:gid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RemoteDownloadRequestBuilder request(String url) {
        return RemoteDownloadRequest.builder("dir", URI.create(url));
    }

    private String here(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private String port() {
        return Integer.toString(web.getAddress().getPort());
    }

    private List<Path> files() {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void holdOn() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        reached.incrementAndGet();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Answers the first request with these very bytes, and then with a byte now and then, or nothing more. */
    private final class RawServer implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

        RawServer(String answer, boolean drips) throws IOException {
            threads.execute(() -> {
                try (var client = socket.accept()) {
                    client.getInputStream().read(new byte[1]);
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    client.getOutputStream().flush();
                    if (drips) {
                        drip(client);
                    }
                } catch (IOException | InterruptedException e) {
                    // The client went away.
                    Thread.currentThread().interrupt();
                }
            });
        }

        private void drip(Socket client) throws IOException, InterruptedException {
            try {
                while (!release.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    client.getOutputStream().write('x');
                    client.getOutputStream().flush();
                }
            } catch (SocketException gone) {
                client.close();
            }
        }

        String url(String path) {
            return "http://127.0.0.1:" + socket.getLocalPort() + path;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
