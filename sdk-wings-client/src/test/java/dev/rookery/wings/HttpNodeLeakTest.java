package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Content;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.token.NodeCredentials;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand calls, every seventh of which goes wrong in one of eight ways, leave nothing behind. */
@Timeout(120)
class HttpNodeLeakTest {

    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int CALLS = 10_000;
    private static final int CALLERS = 16;
    private static final int EVERY = 7;
    private static final Logger LEAKS = Logger.getLogger(OkHttpClient.class.getName());
    private static final String DETAILS = """
            {"state":"running","is_suspended":false,"utilization":{"state":"running"},
             "configuration":{"uuid":"7c0d1234-0000-4000-8000-000000000001","meta":{"name":"Lobby","description":""},
               "build":{"memory_limit":1024},"container":{"image":"x"}}}""";

    /** What goes wrong. */
    private enum Fault {
        LATENCY,
        DROP,
        RESET_AT_BYTE,
        SERVER_ERROR,
        HALF_ANSWER,
        WRONG_CONTENT_TYPE,
        SLOW_BODY,
        HANG
    }

    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            leaks.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean healed;
    private final AtomicInteger faults = new AtomicInteger();
    private final ServerId id = ServerId.parse("7c0d1234-0000-4000-8000-000000000001");
    private final ConnectionPool pool = new ConnectionPool(16, 1, TimeUnit.MINUTES);
    private final OkHttpClient client =
            new OkHttpClient.Builder().connectionPool(pool).build();
    private Peer peer;
    private HttpNode node;

    @BeforeEach
    void start() throws IOException {
        LEAKS.addHandler(handler);
        LEAKS.setLevel(Level.WARNING);
        peer = new Peer();
        peer.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                int number = requests.incrementAndGet();
                var answer = Peer.answer(200, DETAILS).setHeader("User-Agent", "Pelican Wings/v1.0.0 (id:x)");
                return number % EVERY == 0 && !healed
                        ? faulty(answer, FAULTS.get(number / EVERY % FAULTS.size()))
                        : answer.build();
            }
        });
        node = HttpNode.builder(peer.url(), NodeCredentials.random(new SecureRandom()))
                .client(client)
                .dialect(Dialect.PELICAN)
                .deadlines(NodeDeadlines.builder()
                        .query(Duration.ofMillis(250))
                        .idle(Duration.ofMillis(250))
                        .retryBudget(Duration.ZERO)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        LEAKS.removeHandler(handler);
        peer.close();
    }

    @Test
    void leavesNoConnectionThreadOrBodyBehind() throws Exception {
        warmUp();
        int threads = clientThreads();

        int failed = callAll();

        assertThat(failed).as("faults that were noticed").isBetween(1, faults.get());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(pool.connectionCount() - pool.idleConnectionCount())
                        .as("connections in use")
                        .isZero());
        assertThat(client.dispatcher().runningCallsCount()).isZero();
        assertThat(clientThreads()).as("threads of the HTTP client").isLessThanOrEqualTo(threads + CALLERS);
        assertThat(lookForLeaks()).as("bodies that nobody closed").isEmpty();
        assertThat(pool.connectionCount()).isLessThanOrEqualTo(16);
    }

    /** The detector above is only worth something if it finds a leak. */
    @Test
    void findsABodyThatWasNotClosed() throws IOException {
        leak();

        assertThat(lookForLeaks()).anyMatch(line -> line.contains("was leaked"));
    }

    private int callAll() throws InterruptedException, ExecutionException {
        var callers = Executors.newFixedThreadPool(CALLERS);
        try {
            var results = IntStream.range(0, CALLS)
                    .mapToObj(number -> callers.submit(() -> fails(number)))
                    .toList();
            int failed = 0;
            for (Future<Boolean> result : results) {
                failed += result.get() ? 1 : 0;
            }
            return failed;
        } finally {
            callers.shutdown();
            assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private boolean fails(int number) throws IOException {
        try {
            switch (number % 4) {
                case 0 -> node.server(id).details();
                case 1 -> read(number);
                case 2 -> node.server(id).power(PowerAction.START);
                default -> node.server(id).files().write("a.txt", Content.of(new byte[100]));
            }
            return false;
        } catch (RookeryException e) {
            return true;
        } catch (IOException e) {
            assertThat(e.getCause()).as("what a call would have thrown").isInstanceOf(RookeryException.class);
            return true;
        }
    }

    /** Some are read to the end, some are not. */
    private void read(int number) throws IOException {
        try (var content = node.server(id).files().read("a.txt")) {
            assertThat(
                            number % 8 == 1
                                    ? content.stream().readAllBytes().length
                                    : content.stream().read())
                    .isNotZero();
        }
    }

    private MockResponse faulty(MockResponse.Builder answer, Fault fault) {
        faults.incrementAndGet();
        return switch (fault) {
            case LATENCY -> answer.headersDelay(20, TimeUnit.MILLISECONDS).build();
            case DROP ->
                answer.onResponseStart(SocketEffect.ShutdownConnection.INSTANCE).build();
            case RESET_AT_BYTE ->
                answer.onResponseBody(SocketEffect.ShutdownConnection.INSTANCE).build();
            case SERVER_ERROR -> answer.code(503).body("overloaded").build();
            case HALF_ANSWER ->
                answer.setHeader("Content-Length", DETAILS.length() + 500)
                        .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                        .build();
            case WRONG_CONTENT_TYPE ->
                answer.setHeader("Content-Type", "text/html")
                        .body("<html>a proxy</html>")
                        .build();
            case SLOW_BODY -> answer.throttleBody(256, 5, TimeUnit.MILLISECONDS).build();
            case HANG -> answer.onResponseStart(SocketEffect.Stall.INSTANCE).build();
        };
    }

    private void warmUp() throws IOException {
        for (int i = 0; i < 20; i++) {
            fails(i);
        }
    }

    private void leak() throws IOException {
        client.newCall(new Request.Builder().url(peer.server.url("/")).build()).execute();
    }

    /** A leak is found when the collector has taken the call, and the pool looks at its connections. */
    private List<String> lookForLeaks() {
        healed = true;
        for (int i = 0; i < 20 && leaks.isEmpty(); i++) {
            System.gc();
            try {
                node.server(id).power(PowerAction.START);
                node.server(id).details();
            } catch (UnavailableException ignored) {
                // The pool may hand out the very connection whose body nobody read.
            }
        }
        return leaks;
    }

    private static int clientThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("OkHttp")
                        || thread.getName().startsWith("wings-")
                        || thread.getName().startsWith("Okio"))
                .filter(thread -> !thread.getName().contains("MockWebServer"))
                .count();
    }
}
