package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.file.RemoteDownloadRequestBuilder;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import dev.rookery.testing.Eventually;
import dev.rookery.testing.Offered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a node does that fetches files from elsewhere: here from an HTTP server of the test on the loopback interface. A node may refuse
 * that, as private addresses are; it has to say so then.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class RemoteDownloadsContract extends ContractFixture {

    private static final String CONTENT = "fetched from elsewhere";

    private final String directory = freshDirectory();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer source;

    /** Creates the contract's instance of one test. */
    @SuppressWarnings("NullAway.Init") // set before each test
    protected RemoteDownloadsContract() {}

    /**
     * Returns the address of this machine that the node fetches from: the loopback interface, unless the node refuses that and this
     * machine has another.
     */
    protected InetAddress sourceAddress() {
        return InetAddress.getLoopbackAddress();
    }

    /** Starts the source. */
    @BeforeEach
    void startSource() throws IOException {
        assumeOffered(Capability.REMOTE_DOWNLOADS);
        shared();
        source = HttpServer.create(new InetSocketAddress(sourceAddress(), 0), 0);
        source.setExecutor(threads);
        byte[] bytes = CONTENT.getBytes(StandardCharsets.UTF_8);
        source.createContext("/plain.txt", exchange -> {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"named.txt\"");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        source.createContext("/moved.txt", exchange -> {
            exchange.getResponseHeaders().set("Location", "/plain.txt");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        source.createContext("/slow.txt", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, 3);
            exchange.getResponseBody().flush();
            asked.countDown();
            try {
                release.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        source.start();
    }

    /** Stops the source and removes what the test has left. */
    @AfterEach
    void stopSource() {
        release.countDown();
        if (source != null) {
            source.stop(0);
        }
        threads.shutdownNow();
        if (subject().hasServer()) {
            clear(shared(), directory);
        }
    }

    @Test
    void fetchesAFileOrSaysThatTheAddressIsRefused() {
        var entry = reached(() -> downloads().fetch(request("/plain.txt").build()));

        assertThat(entry.name()).isEqualTo("plain.txt");
        assertThat(entry.sizeBytes()).isEqualTo(CONTENT.length());
        assertThat(read(shared().files(), directory + "/plain.txt")).isEqualTo(CONTENT);
    }

    @Test
    void callsAFileAsItIsTold() {
        reached(() -> downloads()
                .fetch(request("/plain.txt").fileName(Optional.of("mine.txt")).build()));
        reached(() -> downloads()
                .fetch(request("/plain.txt")
                        .fileName(Optional.of("other.txt"))
                        .useHeader(true)
                        .build()));

        assertThat(read(shared().files(), directory + "/mine.txt")).isEqualTo(CONTENT);
        assertThat(read(shared().files(), directory + "/named.txt")).isEqualTo(CONTENT);
    }

    @Test
    void followsARedirectOrSaysThatItDoesNot() {
        requireReachable();
        var request = request("/moved.txt").fileName(Optional.of("moved.txt")).build();

        var refusal = catchThrowable(() -> downloads().fetch(request));

        // Pterodactyl's daemon follows none.
        if (strict() || refusal == null) {
            assertThat(refusal).isNull();
            assertThat(read(shared().files(), directory + "/moved.txt")).isEqualTo(CONTENT);
        } else {
            assertThat(refusal).isInstanceOfAny(InvalidInputException.class, UnavailableException.class);
        }
    }

    @Test
    void fetchesInTheBackground() {
        requireReachable();

        var id = downloads().start(request("/plain.txt").build());

        assertThat(id).isNotEmpty();
        Eventually.holds("the file", LATER, () -> present("plain.txt"));
        Eventually.holds("no download", SOON, () -> downloads().list().isEmpty());
        assertThat(read(shared().files(), directory + "/plain.txt")).isEqualTo(CONTENT);
    }

    @Test
    void listsAndEndsADownload() throws InterruptedException {
        requireReachable();
        var id = downloads().start(request("/slow.txt").build());
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(downloads().list()).singleElement().satisfies(download -> {
            assertThat(download.id()).isEqualTo(id);
            assertThat(download.progress()).isBetween(0.0, 1.0);
        });

        downloads().cancel(id);
        downloads().cancel(id);

        Eventually.holds("no download", SOON, () -> downloads().list().isEmpty());
    }

    @Test
    void refusesWhatIsThereNotToBeFetched() {
        requireReachable();

        assertThatThrownBy(() -> downloads().fetch(request("/absent.txt").build()))
                .isInstanceOfAny(InvalidInputException.class, NotFoundException.class, UnavailableException.class);
        assertThatThrownBy(() -> downloads()
                        .fetch(RemoteDownloadRequest.builder(directory, URI.create("ftp://127.0.0.1/file.txt"))
                                .build()))
                .isInstanceOfAny(InvalidInputException.class, UnavailableException.class);
    }

    @Test
    void refusesMoreThanThreeAtOnce() throws InterruptedException {
        requireReachable();
        for (int i = 0; i < 3; i++) {
            downloads()
                    .start(request("/slow.txt")
                            .fileName(Optional.of("slow" + i))
                            .build());
        }
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> downloads().start(request("/slow.txt").build()))
                .isInstanceOf(InvalidInputException.class);

        downloads().list().forEach(download -> downloads().cancel(download.id()));
        Eventually.holds("no download", SOON, () -> downloads().list().isEmpty());
    }

    @Test
    void fetchesNothingForACallerWithoutThePermission() {
        var guest = asUser(Permission.CONNECT).server(shared().id()).files().downloads();

        assertThatThrownBy(() -> guest.start(request("/plain.txt").build())).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> guest.fetch(request("/plain.txt").build())).isInstanceOf(DeniedException.class);
        assertThatThrownBy(guest::list).isInstanceOf(DeniedException.class);
    }

    private boolean present(String name) {
        return shared().files().list(directory).stream()
                .anyMatch(entry -> entry.name().equals(name) && entry.sizeBytes() == CONTENT.length());
    }

    /** Passes the test over if this node refuses the loopback interface, which it has to say. */
    private void requireReachable() {
        reached(() -> downloads()
                .fetch(request("/plain.txt").fileName(Optional.of("probe.txt")).build()));
    }

    private <T> T reached(Supplier<T> call) {
        var result = new AtomicReference<T>();
        var refusal = catchThrowable(() -> result.set(call.get()));
        if (refusal != null) {
            // A Go daemon refuses after it has connected, and then does not say why.
            assertThat(refusal)
                    .isInstanceOfAny(
                            InvalidInputException.class,
                            strict() ? InvalidInputException.class : UnavailableException.class,
                            // A wall between the node and this machine.
                            strict() ? InvalidInputException.class : DeadlineException.class);
        }
        Offered.assume(
                refusal == null, () -> "this node fetches nothing from private addresses: " + refusal.getMessage());
        return result.get();
    }

    private RemoteDownloads downloads() {
        return shared().files().downloads();
    }

    private RemoteDownloadRequestBuilder request(String path) {
        // The directory has to be there for some nodes.
        shared().files().createDirectory(directory);
        var address = source.getAddress();
        return RemoteDownloadRequest.builder(
                directory,
                URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path));
    }
}
