package dev.rookery.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each of the eight faults as a client on a bare socket sees it. */
@Timeout(60)
class FaultProxyTest {

    private static final String BODY = "{\"answer\":\"forty-two\"}";
    private static final String GET = "GET /a HTTP/1.1\r\nHost: n\r\nConnection: close\r\n\r\n";
    private static final String KEPT = "GET /a HTTP/1.1\r\nHost: n\r\n\r\n";

    private final AtomicInteger reached = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer target;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.setExecutor(threads);
        target.createContext("/", exchange -> {
            reached.incrementAndGet();
            byte[] given = exchange.getRequestBody().readAllBytes();
            byte[] bytes = given.length == 0 ? BODY.getBytes(StandardCharsets.UTF_8) : given;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
            exchange.sendResponseHeaders(200, chunked ? 0 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        target.start();
        proxy = FaultProxy.before(
                URI.create("http://127.0.0.1:" + target.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        proxy.close();
        target.stop(0);
        threads.shutdownNow();
    }

    @Test
    void passesExchangesOn() throws IOException {
        assertThat(ask(GET)).startsWith("HTTP/1.1 200").endsWith(BODY);
        var head = "POST /chunked HTTP/1.1\r\nHost: n\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        var chunks = "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
        assertThat(ask(head + chunks)).startsWith("HTTP/1.1 200").contains("abcdefg");
        assertThat(proxy.requests()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(proxy.openConnections()).isZero());
    }

    @Test
    void answersLate() throws IOException {
        proxy.plan(FaultPlan.always(Fault.latency(Duration.ofMillis(300))));
        long begin = System.nanoTime();

        assertThat(ask(GET)).endsWith(BODY);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void dropsTheConnectionAfterTheRequestWasCarriedOut() throws IOException {
        proxy.plan(FaultPlan.always(Fault.of(Fault.Kind.DROP)));

        assertThat(ask(GET)).isEmpty();
        assertThat(reached).hasValue(1);
    }

    @Test
    void resetsTheConnectionAtAByte() throws IOException {
        proxy.plan(FaultPlan.always(Fault.resetAtByte(10)));
        try (var socket = socket()) {
            socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> {
                        byte[] read = socket.getInputStream().readNBytes(11);
                        assertThat(read.length).as("bytes before the reset").isLessThanOrEqualTo(10);
                        throw new AssertionError("an orderly end after " + read.length + " bytes");
                    })
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void answersAsAProxyThatCannotReachTheTarget() throws IOException {
        proxy.plan(FaultPlan.always(Fault.of(Fault.Kind.SERVER_ERROR)));

        assertThat(ask(GET)).startsWith("HTTP/1.1 503").contains("text/html");
        assertThat(reached).hasValue(0);
    }

    @Test
    void endsInTheMiddleOfTheBody() throws IOException {
        proxy.plan(FaultPlan.always(Fault.of(Fault.Kind.HALF_ANSWER)));

        assertThat(ask(GET))
                .contains("ength: " + BODY.length())
                .endsWith(BODY.substring(0, BODY.length() / 2))
                .doesNotContain(BODY);
    }

    @Test
    void callsTheAnswerAPage() throws IOException {
        proxy.plan(FaultPlan.always(Fault.of(Fault.Kind.WRONG_CONTENT_TYPE)));

        assertThat(ask(GET))
                .contains("text/html")
                .doesNotContain("application/json")
                .endsWith(BODY);
    }

    @Test
    void givesTheBodyByteByByte() throws IOException {
        proxy.plan(FaultPlan.always(Fault.slowBody(Duration.ofMillis(10))));
        long begin = System.nanoTime();

        assertThat(ask(GET)).endsWith(BODY);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThanOrEqualTo(Duration.ofMillis(10).multipliedBy(BODY.length() - 1L));
    }

    @Test
    void hangsUntilTheClientGivesUp() throws IOException {
        proxy.plan(FaultPlan.always(Fault.of(Fault.Kind.HANG)));
        try (var socket = socket()) {
            socket.setSoTimeout(300);
            socket.getOutputStream().write(KEPT.getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        await().untilAsserted(() -> assertThat(proxy.openConnections()).isZero());
    }

    @Test
    void doesFaultsInRotationToEveryNthRequest() throws IOException {
        proxy.plan(FaultPlan.everyNth(
                3, List.of(Fault.of(Fault.Kind.SERVER_ERROR), Fault.of(Fault.Kind.DROP), Fault.resetAtByte(0))));
        int whole = 0;
        for (int i = 0; i < 18; i++) {
            try {
                whole += ask(GET).endsWith(BODY) ? 1 : 0;
            } catch (SocketException ignored) {
                // The reset.
            }
        }

        assertThat(whole).isEqualTo(12);
        assertThat(proxy.done(Fault.Kind.SERVER_ERROR)).isEqualTo(2);
        assertThat(proxy.done(Fault.Kind.DROP)).isEqualTo(2);
        assertThat(proxy.done(Fault.Kind.RESET_AT_BYTE)).isEqualTo(2);
    }

    @Test
    void keepsAConnectionForSeveralRequests() throws IOException {
        proxy.plan(FaultPlan.inOrder(List.of(Fault.of(Fault.Kind.WRONG_CONTENT_TYPE))));
        try (var socket = socket()) {
            socket.getOutputStream().write((KEPT + KEPT + GET).getBytes(StandardCharsets.US_ASCII));
            var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(all.split("HTTP/1.1 200", -1)).hasSize(4);
            assertThat(all).containsOnlyOnce("text/html");
        }
    }

    private String ask(String request) throws IOException {
        try (var socket = socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private Socket socket() throws IOException {
        var socket = new Socket("127.0.0.1", proxy.url().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }
}
