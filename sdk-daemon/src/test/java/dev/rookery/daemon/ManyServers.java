package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.kit.NamedThreads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Many servers at once on a real engine, each with a viewer on a socket, from their creation to their deletion; and what is left of them
 * afterwards, which is nothing. Not thread-safe.
 */
final class ManyServers implements AutoCloseable {

    private static final Duration LATER = Duration.ofMinutes(5);
    private static final Duration RETURNED = Duration.ofSeconds(60);
    private static final String PANEL = "http://panel.rookery.example";
    /** Room for connections to the engine that are kept for the next call. */
    private static final long IDLE_CONNECTIONS = 16;

    private final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());
    private final ThreadPoolExecutor threads = (ThreadPoolExecutor) NamedThreads.perTask("many-servers");
    private final HttpClient http = HttpClient.newHttpClient();
    private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();
    private final TestNode node;

    ManyServers(Path root) {
        leaks.start();
        leakLog().addAppender(leaks);
        node = new TestNode(
                root,
                options -> options.credentials(credentials)
                        .panelUrl(URI.create(PANEL))
                        .api(ApiOptions.builder().host("127.0.0.1").port(0).build()),
                builder -> builder.executor(threads));
    }

    /** Creates so many servers and starts them, each with a viewer; returns once all run. */
    List<ServerId> run(int count) throws InterruptedException {
        var servers = new ArrayList<ServerId>();
        for (int i = 0; i < count; i++) {
            // Every fourth has an installation: they make a container each, too.
            boolean script = i % 4 == 0;
            var id = node.define(
                    TestNode.GAME,
                    "true",
                    settings -> settings.skipEggScripts(!script),
                    new ProcessConfiguration.Stop("command", "stop"));
            node.node().createServer(new CreateServer(id, true));
            servers.add(id);
        }
        for (var id : servers) {
            node.awaitState(id, ServerState.RUNNING, LATER);
        }
        talk(servers);
        return servers;
    }

    /** Ends all, half of them by their stop command and half by a kill, and waits until the panel has heard of it. */
    void stop(List<ServerId> servers) {
        for (int i = 0; i < servers.size(); i++) {
            node.server(servers.get(i)).power(i % 2 == 0 ? PowerAction.STOP : PowerAction.KILL);
        }
        for (var id : servers) {
            node.awaitState(id, ServerState.OFFLINE, LATER);
            await("reports of " + id).atMost(LATER).until(() -> lastReported(id).equals(ServerState.OFFLINE));
        }
    }

    /** Each installation was reported once, and the states are a row without a gap in which nothing is told twice. */
    void assertReports(List<ServerId> servers) {
        for (var id : servers) {
            assertThat(node.panel.installs.stream().filter(told -> told.server().equals(id)))
                    .as("reports of the installation of %s", id)
                    .hasSize(1)
                    .allMatch(told -> told.report().successful());
            var states = node.panel.statesOf.get(id);
            assertThat(states.get(0).previousState()).isEqualTo(ServerState.OFFLINE);
            for (int i = 1; i < states.size(); i++) {
                var before = states.get(i - 1);
                // A report that was on its way when the next state came begins where the one after it does.
                assertThat(states.get(i).previousState()).isIn(before.newState(), before.previousState());
                assertThat(states.get(i)).as("told twice").isNotEqualTo(before);
            }
        }
    }

    void delete(List<ServerId> servers) {
        servers.forEach(id -> node.server(id).delete());
        servers.forEach(node::forget);
    }

    /** What the open descriptors of the process are, and how many of each. */
    private static Map<String, Integer> descriptors() throws IOException {
        var kinds = new TreeMap<String, Integer>();
        try (var links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var link : links) {
                try {
                    var target = Files.readSymbolicLink(link).toString();
                    kinds.merge(target.endsWith(".jar") ? "jar" : target.replaceAll("\\d+", "#"), 1, Integer::sum);
                } catch (NoSuchFileException ignored) {
                    // The one that lists them.
                }
            }
        }
        return kinds;
    }

    /** Counts what is held now. */
    Held held() {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Held(threads.getActiveCount(), system.getOpenFileDescriptorCount());
    }

    /** All is given back: servers, files, containers, threads, descriptors and buffers. */
    void assertNothingIsLeft(Held before) throws IOException {
        assertThat(node.node().servers()).isEmpty();
        assertThat(containers()).isEmpty();
        assertThat(node.options.system().dataDirectory().toFile().list((folder, name) -> !name.startsWith(".")))
                .isEmpty();
        await("tasks end").atMost(LATER).until(() -> held().tasks() <= before.tasks());
        await("descriptors are closed")
                .atMost(RETURNED)
                .untilAsserted(() -> assertThat(held().descriptors())
                        .as("what is open: %s", descriptors())
                        .isLessThanOrEqualTo(before.descriptors() + IDLE_CONNECTIONS));
        assertNoLeak();
    }

    /** Buffers that were lost are found when they are collected. */
    void assertNoLeak() {
        System.gc();
        assertThat(leaks.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    /** The containers of this node. */
    List<String> containers() throws IOException {
        return TestNode.docker("ps", "-aq", "--filter", "label=dev.rookery.node=" + node.options.nodeUuid())
                .lines()
                .toList();
    }

    /** Measures what the process needs while its servers do nothing, and how often they are looked at. */
    Idle idle(List<ServerId> servers, Duration longest) throws InterruptedException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var console = node.console(servers.get(0), ConsoleOptions.live());
        long cpu = system.getProcessCpuTime();
        long from = System.nanoTime();
        // Nothing is waited for but the time itself.
        boolean over = !new CountDownLatch(1).await(longest.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(over).isTrue();
        double seconds = (System.nanoTime() - from) / 1e9;
        double percent = (system.getProcessCpuTime() - cpu) / 1e7 / seconds * 100 / servers.size();
        long samples = console.of(ConsoleEvent.Stats.class).count();
        assertThat(samples).as("samples of one server").isPositive();
        return new Idle(percent, seconds / samples);
    }

    /** Says what {@code ./verify --soak} writes down. */
    static void tell(String result) {
        System.out.println("RESULT: " + result);
    }

    @Override
    public void close() throws IOException {
        node.close();
        threads.shutdownNow();
        leakLog().detachAppender(leaks);
    }

    /** Says something to each server over a socket of its own, and hears the answer. */
    private void talk(List<ServerId> servers) throws InterruptedException {
        var url = "ws://127.0.0.1:" + node.daemon().address().orElseThrow().getPort();
        var signer =
                TokenSigner.builder(credentials).panelUrl(PANEL).nodeUrl(url).build();
        for (var id : servers) {
            var caller = new Caller.User(
                    UUID.randomUUID(),
                    Permissions.administrator(),
                    "",
                    Instant.now().plusSeconds(600));
            var viewer = new Viewer();
            var socket = http.newWebSocketBuilder()
                    .header("Origin", PANEL)
                    .buildAsync(URI.create(url + "/api/servers/" + id + "/ws"), viewer)
                    .join();
            socket.sendText(
                            "{\"event\":\"auth\",\"args\":[\""
                                    + signer.console(id, caller).text() + "\"]}",
                            true)
                    .join();
            socket.sendText("{\"event\":\"send command\",\"args\":[\"hello\"]}", true)
                    .join();
            assertThat(viewer.answered.await(LATER.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            socket.abort();
        }
    }

    private ServerState lastReported(ServerId id) {
        var states = node.panel.statesOf.getOrDefault(id, List.<StateChange>of());
        return states.isEmpty()
                ? ServerState.RUNNING
                : states.get(states.size() - 1).newState();
    }

    private static Logger leakLog() {
        return (Logger) LoggerFactory.getLogger("io.netty.util.ResourceLeakDetector");
    }

    /**
     * What is held.
     *
     * @param tasks of the daemon that run
     * @param descriptors open files and sockets of the process
     */
    record Held(int tasks, long descriptors) {}

    /**
     * What servers cost that do nothing.
     *
     * @param percent of a core for each hundred of them
     * @param secondsPerSample how long a figure of one of them stands
     */
    record Idle(double percent, double secondsPerSample) {}

    /** Waits for the answer to a command. */
    private static final class Viewer implements WebSocket.Listener {

        private final CountDownLatch answered = new CountDownLatch(1);

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            if (text.toString().contains("got: hello")) {
                answered.countDown();
            }
            return WebSocket.Listener.super.onText(socket, text, last);
        }
    }
}
