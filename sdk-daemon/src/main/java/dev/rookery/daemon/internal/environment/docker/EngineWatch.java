package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.api.spi.Subscription;
import dev.rookery.kit.Backoff;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the engine's events on one connection, which is made anew until it is closed. After each connection, and every few seconds,
 * the engine's own list is compared with what was heard, so that a lost event is made up for and an engine that hangs is noticed.
 * Thread-safe.
 */
@SuppressWarnings("try") // Registrations are held open, not used.
final class EngineWatch implements Runnable, Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(250), 2, Duration.ofSeconds(5), 0.2);
    private static final Duration HEAD_DEADLINE = Duration.ofSeconds(10);
    private static final long COMPARE_SECONDS = 5;

    private final EngineStreams streams;
    private final Executor threads;
    private final Function<CancelSignal, List<ProcessSummary>> list;
    private final Runnable disconnected;
    private final EnvironmentListener listener;
    private final String path;
    private final CancelSignal closed = CancelSignal.create();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock telling = new ReentrantLock();
    private final SeenProcesses seen = new SeenProcesses();
    private boolean told;
    private boolean everConnected;

    /**
     * Creates it; {@link #run} is its thread.
     *
     * @param list asks for the node's containers
     * @param disconnected is run when the engine is lost, before the listener hears of it
     */
    EngineWatch(
            EngineStreams streams,
            Executor threads,
            UUID node,
            Function<CancelSignal, List<ProcessSummary>> list,
            Runnable disconnected,
            EnvironmentListener listener) {
        this.streams = streams;
        this.threads = threads;
        this.list = list;
        this.disconnected = disconnected;
        this.listener = listener;
        this.path = "/events?filters="
                + URLEncoder.encode(
                        "{\"type\":[\"container\"],\"label\":[\"" + DockerEnvironment.NODE_LABEL + "=" + node
                                + "\"],\"event\":[\"start\",\"die\",\"oom\",\"kill\",\"destroy\"]}",
                        StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
        int failures = 0;
        while (!closed.cancelled()) {
            boolean wasConnected = false;
            String reason;
            try (var connection = new Connection(streams.open("hear events", "GET", path, HEAD_DEADLINE, closed))) {
                // Asked once the stream is open, so that nothing falls in between.
                back(list.apply(closed));
                wasConnected = true;
                connection.read();
                reason = connection.reason();
            } catch (IOException | RuntimeException e) {
                reason = String.valueOf(e.getMessage());
            }
            failures = wasConnected ? 1 : failures + 1;
            lost(reason);
            pause(failures);
        }
    }

    @Override
    public void close() {
        closed.cancel();
        ended.countDown();
    }

    private void back(List<ProcessSummary> processes) {
        telling.lock();
        try {
            boolean same = seen.back(processes);
            if (everConnected) {
                LOG.info("the container engine is heard again, with {} containers", processes.size());
            }
            everConnected = true;
            told = false;
            tell(hearer -> hearer.back(processes, same));
        } finally {
            telling.unlock();
        }
    }

    /** Said once for each time that the engine goes away, however often it is tried then. */
    private void lost(String reason) {
        telling.lock();
        try {
            if (closed.cancelled() || told) {
                return;
            }
            told = true;
            seen.lost();
            disconnected.run();
            if (everConnected) {
                LOG.warn("the container engine is not heard any more: {}", reason);
            }
            tell(hearer -> hearer.lost(reason));
        } finally {
            telling.unlock();
        }
    }

    private void event(JsonNode event) {
        var actor = event.path("Actor");
        var id = actor.path("ID").asText("");
        telling.lock();
        try {
            switch (event.path("Action").asText("")) {
                case "start" -> seen.started(id);
                case "die", "destroy" -> {
                    seen.ended(id);
                    tell(hearer -> hearer.exited(id));
                }
                case "oom" -> tell(hearer -> hearer.outOfMemory(id));
                case "kill" -> {
                    var signal = actor.path("Attributes").path("signal").asText("");
                    tell(hearer -> hearer.signalled(id, signal));
                }
                default -> {
                    // The engine was not asked for others.
                }
            }
        } finally {
            telling.unlock();
        }
    }

    /** Makes up for events that were lost on the way. */
    private void compare(List<ProcessSummary> processes, long asked) {
        telling.lock();
        try {
            seen.missing(processes, asked).forEach(id -> tell(hearer -> hearer.exited(id)));
        } finally {
            telling.unlock();
        }
    }

    private void tell(Consumer<EnvironmentListener> news) {
        if (closed.cancelled()) {
            return;
        }
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("news of the container engine could not be taken", e);
        }
    }

    private void pause(int failures) {
        try {
            if (!closed.cancelled()) {
                ended.await(PAUSES.pauseAfter(failures).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** One connection, and the comparisons that go with it. */
    private final class Connection implements AutoCloseable {

        private final Response response;
        private final CancelSignal.Registration registration;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile @Nullable String reason;

        Connection(Response response) {
            this.response = response;
            this.registration = closed.onCancel(response::close);
        }

        void read() throws IOException {
            threads.execute(this::compareAgainAndAgain);
            try (var body = response.getBody();
                    var events = JSON.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
                while (events.hasNextValue()) {
                    event(events.nextValue());
                }
            } catch (IOException | RuntimeException e) {
                // The transport answers a stream that is closed with a variety of unchecked exceptions.
                if (reason == null) {
                    throw new IOException("its stream of events broke off (" + e + ")", e);
                }
            }
        }

        String reason() {
            var known = reason;
            return known == null ? "it has ended its stream of events" : known;
        }

        private void compareAgainAndAgain() {
            try {
                while (!over.await(COMPARE_SECONDS, TimeUnit.SECONDS)) {
                    long asked = seen.now();
                    compare(list.apply(closed), asked);
                }
            } catch (RookeryException e) {
                reason = String.valueOf(e.getMessage());
                response.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            over.countDown();
            registration.close();
            response.close();
        }
    }
}
