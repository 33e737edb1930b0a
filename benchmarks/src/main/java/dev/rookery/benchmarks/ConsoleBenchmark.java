package dev.rookery.benchmarks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Lines of 80 characters through a console, beside a bare OkHttp socket whose listener parses the same frames with Jackson. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ConsoleBenchmark {

    static final int LINES = 500_000;

    /** Whether lines carry colours, whose escape characters are escaped in JSON. */
    @Param({"plain", "coloured"})
    public String lines = "plain";

    /** The console of a node, its listener counting. */
    @State(Scope.Benchmark)
    public static class Ours {

        private final OkHttpClient http = new OkHttpClient();
        private final Arrivals arrivals = new Arrivals();
        private @Nullable LineSource source;
        private @Nullable Console console;

        /** Opens the console. */
        @Setup(Level.Trial)
        public void open(ConsoleBenchmark benchmark) {
            var lines = source(benchmark.lines);
            source = lines;
            var node = HttpNode.builder(lines.url(), NodeCredentials.random(new SecureRandom()))
                    .client(http)
                    .panelUrl("https://panel.example")
                    .build();
            console = node.server(ServerId.random()).console(ConsoleOptions.live(), this::hear);
        }

        private void hear(ConsoleEvent event) {
            if (event instanceof ConsoleEvent.Output) {
                arrivals.one();
            } else if (event instanceof ConsoleEvent.Gap) {
                arrivals.lost(event);
            }
        }

        /** Closes everything. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            if (console != null) {
                console.close();
            }
            requireNonNull(source).close();
            http.dispatcher().executorService().shutdown();
        }
    }

    /** A bare socket. */
    @State(Scope.Benchmark)
    public static class Raw extends WebSocketListener {

        private static final JsonFactory JSON = new JsonFactory();

        private final OkHttpClient http = new OkHttpClient();
        private final Arrivals arrivals = new Arrivals();
        private @Nullable LineSource source;

        /** Opens the socket. */
        @Setup(Level.Trial)
        public void open(ConsoleBenchmark benchmark) throws InterruptedException {
            var lines = source(benchmark.lines);
            source = lines;
            var url = lines.url() + "/api/servers/" + ServerId.random() + "/ws";
            var socket = http.newWebSocket(new Request.Builder().url(url).build(), this);
            socket.send("{\"event\":\"auth\",\"args\":[\"token\"]}");
            lines.awaitClient();
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            try (var parser = JSON.createParser(text)) {
                String event = null;
                String line = null;
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("event")) {
                        event = parser.getText();
                    } else if (name.equals("args")) {
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            line = parser.getText();
                        }
                    }
                }
                if ("console output".equals(event) && line != null) {
                    arrivals.one();
                }
            } catch (IOException e) {
                arrivals.lost(e);
            }
        }

        /** Closes everything. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            requireNonNull(source).close();
            http.dispatcher().executorService().shutdown();
        }
    }

    /** Lines through the client's console. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void console(Ours ours) throws InterruptedException {
        requireNonNull(ours.source).push(LINES);
        ours.arrivals.await(LINES);
    }

    /** Lines through a bare socket. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void rawOkHttp(Raw raw) throws InterruptedException {
        requireNonNull(raw.source).push(LINES);
        raw.arrivals.await(LINES);
    }

    private static LineSource source(String lines) {
        try {
            return new LineSource(lines.equals("coloured"));
        } catch (IOException e) {
            throw new IllegalStateException("no socket for the source", e);
        }
    }

    /** Counts lines; told by one thread, awaited by another. */
    private static final class Arrivals {

        private final Semaphore done = new Semaphore(0);
        private int count;
        private volatile @Nullable Object loss;

        void one() {
            if (++count == LINES) {
                count = 0;
                done.release();
            }
        }

        void lost(Object what) {
            loss = what;
            done.release();
        }

        void await(int lines) throws InterruptedException {
            if (!done.tryAcquire(1, TimeUnit.MINUTES) || loss != null) {
                throw new IllegalStateException("of " + lines + " lines " + count + " came: " + loss);
            }
        }
    }
}
