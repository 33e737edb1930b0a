package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.kit.Backoff;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A console on a peer that the test plays frame by frame. */
@Timeout(60)
abstract class ConsoleFixture {

    static final OkHttpClient CLIENT = new OkHttpClient();
    static final Duration PATIENCE = Duration.ofSeconds(40);
    static final UUID SERVICE = UUID.fromString("00000000-0000-4000-8000-00000000beef");
    static final Backoff AT_ONCE = Backoff.of(Duration.ofMillis(10), 1, Duration.ofMillis(10), 0);

    final ManualTimer time = new ManualTimer();
    final RecordingListener listener = new RecordingListener();
    ConsolePeer peer;
    final List<AutoCloseable> toClose = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        peer = new ConsolePeer();
        toClose.add(peer);
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    ConsolePeer.Session live(NodeConnection node) throws Exception {
        var opening = opening(node, ConsoleOptions.live());
        var session = peer.accepted();
        opened(opening);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        return session;
    }

    CompletableFuture<Console> opening(NodeConnection node, ConsoleOptions options) {
        return CompletableFuture.supplyAsync(() -> node.server(peer.id).console(options, listener));
    }

    Console opened(CompletableFuture<Console> opening) throws Exception {
        var console = opening.get(40, TimeUnit.SECONDS);
        toClose.add(console);
        return console;
    }

    NodeConnection node() {
        return node(peer.server.url("/").uri(), Clock.systemUTC(), ConsoleTimer.SYSTEM);
    }

    NodeConnection node(Dialect dialect) {
        var settings = NodeSettings.of(
                profile(peer.server.url("/").uri()).dialect(dialect).build());
        return connection(settings);
    }

    /** A node of which nothing is known. */
    NodeConnection undetectedNode() {
        return connection(NodeSettings.of(
                profile(peer.server.url("/").uri()).dialect(Optional.empty()).build()));
    }

    NodeConnection node(int queue) {
        return node(peer.server.url("/").uri(), Clock.systemUTC(), ConsoleTimer.SYSTEM, queue);
    }

    /** A node whose socket waits for a slow listener, however slow the machine is. */
    NodeConnection patientNode(int queue) {
        var settings = NodeSettings.of(
                profile(peer.server.url("/").uri()).consoleQueue(queue).build());
        return connection(settings.console(patient(settings.console()).brake(PATIENCE)));
    }

    NodeConnection node(URI url, Clock clock, ConsoleTimer timer) {
        return node(url, clock, timer, 4096);
    }

    NodeConnection node(ManualTimer timer, Backoff pauses) {
        return node(peer.server.url("/").uri(), timer, timer, pauses, 4096);
    }

    NodeConnection node(URI url, Clock clock, ConsoleTimer timer, int queue) {
        return node(url, clock, timer, AT_ONCE, queue);
    }

    private NodeConnection node(URI url, Clock clock, ConsoleTimer timer, Backoff pauses, int queue) {
        var settings =
                NodeSettings.of(profile(url).clock(clock).consoleQueue(queue).build());
        return connection(
                settings.console(patient(settings.console()).timer(timer).pauses(pauses)));
    }

    private static NodeConnection connection(NodeSettings settings) {
        return new NodeConnection(settings, Caller.panel(), CallOptions.defaults());
    }

    /** Returns the same for a machine that is busy with something else: nothing fails because it is late in real time. */
    static ConsoleSettings patient(ConsoleSettings settings) {
        var client = settings.client()
                .newBuilder()
                .pingInterval(Duration.ZERO)
                .connectTimeout(PATIENCE)
                .readTimeout(PATIENCE)
                .writeTimeout(PATIENCE)
                .build();
        return new ConsoleSettings(
                client, settings.timer(), settings.pauses(), settings.queueEvents(), settings.brake());
    }

    private NodeProfileBuilder profile(URI url) {
        return NodeProfile.builder(BaseUrl.read(url), peer.credentials)
                .client(CLIENT)
                .dialect(Dialect.PELICAN)
                .panelUrl(ConsolePeer.PANEL)
                .consoleUser(SERVICE);
    }

    static Caller.User user(Instant until, Permission... permissions) {
        return new Caller.User(UUID.randomUUID(), Permissions.of(permissions), "127.0.0.1", until);
    }

    static void await(CountDownLatch gate) {
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the gate stayed closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
