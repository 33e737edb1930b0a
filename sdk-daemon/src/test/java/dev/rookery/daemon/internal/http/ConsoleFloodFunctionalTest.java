package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.EventDialect;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.daemon.ConsoleLogOptions;
import dev.rookery.daemon.ThrottleOptions;
import dev.rookery.daemon.internal.console.ConsoleFeed;
import dev.rookery.daemon.internal.console.HistoryWriter;
import dev.rookery.daemon.internal.console.ServerConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that prints for many sockets, one of which does not read. Lines are printed as quickly as those who read can follow, so that
 * one who is held up by the other stops the test. {@code -Drookery.flood.lines} makes it longer.
 */
class ConsoleFloodFunctionalTest {

    private static final int SOCKETS = 100;
    private static final int LINES = Integer.getInteger("rookery.flood.lines", 7000);
    /** How many lines the quickest reader may be ahead of the slowest: less than the log holds. */
    private static final int AHEAD = 500;

    private static final String TEXT = "x".repeat(1000);

    private final ConsoleLogOptions options = ConsoleLogOptions.builder()
            .maxLines(1000)
            .maxBytes(8 << 20)
            .throttle(ThrottleOptions.builder().enabled(false).build())
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path root;

    private EdgeFixture edge;
    private HistoryWriter writer;
    private ServerConsole console;
    private ServerId server;

    @BeforeEach
    void start() {
        edge = new EdgeFixture(root, all -> all, limits -> limits.socketsPerServer(2 * SOCKETS));
        writer = new HistoryWriter(root.resolve("console"), options, Clock.systemUTC(), "history");
        var running = edge.node.add(ServerState.RUNNING);
        server = running.id;
        console = new ServerConsole(server, options, Clock.systemUTC(), writer);
        running.live = (from, listener) -> new Live(from, listener);
    }

    @AfterEach
    void stop() {
        edge.close();
        threads.shutdownNow();
        writer.close();
    }

    @Test
    void losesNothingForThoseWhoReadAndTellsTheOtherWhatItMissed() throws Exception {
        var clients = new ArrayList<RawConsole>();
        var readers = new ArrayList<Future<List<String>>>();
        var slowest = new Progress(SOCKETS - 1);
        try (var stalled = open(4096)) {
            for (int i = 1; i < SOCKETS; i++) {
                var client = open(64 << 10);
                clients.add(client);
                readers.add(threads.submit(follow(client, slowest)));
            }
            for (int i = 1; i <= LINES; i++) {
                slowest.awaitAtLeast(i - AHEAD);
                console.line(TEXT);
            }
            for (var reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS))
                        .as("what was not the next line")
                        .isEmpty();
            }
            assertMissed(stalled);
            assertThat(console.history().lastNumber()).isGreaterThan(0);
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    private void assertMissed(RawConsole stalled) throws IOException {
        long expected = 1;
        long missed = 0;
        while (expected <= LINES) {
            var frame = stalled.read();
            if (EventDialect.read(frame) instanceof ConsoleEvent.Gap gap) {
                assertThat(gap.from()).isEqualTo(expected);
                missed += gap.to() - expected + 1;
                expected = gap.to() + 1;
            } else if (isLine(frame)) {
                assertThat(number(frame)).isEqualTo(expected);
                expected++;
            }
        }
        assertThat(missed).as("lines left out for the one who did not read").isPositive();
    }

    private Callable<List<String>> follow(RawConsole client, Progress progress) {
        return () -> {
            var wrong = new ArrayList<String>();
            for (long expected = 1; expected <= LINES; ) {
                var frame = client.read();
                if (isLine(frame) && number(frame) == expected) {
                    progress.arrived((int) expected);
                    expected++;
                } else if (isLine(frame) || frame.contains("rookery gap")) {
                    wrong.add(frame);
                    return wrong;
                }
            }
            return wrong;
        };
    }

    private RawConsole open(int receiveBytes) throws IOException {
        var client = new RawConsole(edge, server, receiveBytes);
        client.send("{\"event\":\"rookery resume\",\"args\":[\"0\"]}");
        client.send("{\"event\":\"auth\",\"args\":[\"" + edge.token(server, Duration.ofHours(1), Permission.CONNECT)
                + "\"]}");
        String frame;
        do {
            // The first status says that live events follow.
            frame = client.read();
        } while (!frame.contains("\"status\""));
        return client;
    }

    private static boolean isLine(String frame) {
        return frame.startsWith("{\"event\":\"console output\"");
    }

    private static long number(String frame) {
        int end = frame.lastIndexOf('"');
        return Long.parseLong(frame.substring(frame.lastIndexOf('"', end - 1) + 1, end));
    }

    /** How many readers have come how far. */
    private static final class Progress {
        private final int readers;
        private final int[] arrived = new int[LINES + 1];
        private final Semaphore moved = new Semaphore(0);
        private int all;

        Progress(int readers) {
            this.readers = readers;
        }

        synchronized void arrived(int number) {
            if (++arrived[number] == readers) {
                all = number;
                moved.release();
            }
        }

        private synchronized int all() {
            return all;
        }

        void awaitAtLeast(int number) throws InterruptedException {
            while (all() < number) {
                assertThat(moved.tryAcquire(30, TimeUnit.SECONDS))
                        .as("readers go on, all have line %d", all())
                        .isTrue();
            }
        }
    }

    /** A console as the daemon opens it. */
    private final class Live implements Console {
        private final ConsoleFeed feed;

        Live(ConsoleOptions from, ConsoleListener listener) {
            feed = new ConsoleFeed(
                    console.log(),
                    console.history(),
                    from,
                    listener,
                    event -> true,
                    () -> new ConsoleEvent.Status(ServerState.RUNNING),
                    Optional::empty);
            threads.execute(feed);
        }

        @Override
        public void sendCommand(String line) {
            throw new AssertionError("nobody sends commands here");
        }

        @Override
        public void setState(PowerAction action) {
            throw new AssertionError("nobody sends power actions here");
        }

        @Override
        public void requestLogs() {}

        @Override
        public void requestStats() {}

        @Override
        public boolean open() {
            return feed.open();
        }

        @Override
        public void close() {
            feed.close("closed");
        }
    }
}
