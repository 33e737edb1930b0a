package dev.rookery.testing.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.HttpPanel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a panel answers about one server, the others run on: their consoles flow, their wishes are granted and their reports go out.
 * And the one gets a problem that has a name, and can be deleted.
 */
@Tag("docker")
@Tag("faults")
@Timeout(180)
class HostilePanelFunctionalTest {

    private static final int MEGABYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LATER = Duration.ofSeconds(60);

    @TempDir
    static Path root;

    private static HostilePanel panel;
    private static RealDaemon real;
    private static Neighbour neighbour;

    private final ServerId victim = ServerId.random();

    @BeforeAll
    static void start() throws IOException {
        var credentials = NodeCredentials.random(new SecureRandom());
        panel = new HostilePanel(credentials);
        var client = HttpPanel.builder(panel.url(), credentials)
                .queryRetryBudget(Duration.ZERO)
                .build();
        real = new RealDaemon(root, credentials, client, PATIENCE);
        neighbour = new Neighbour(real.daemon.node(), panel.honest);
    }

    @AfterAll
    static void stop() {
        neighbour.close();
        real.close();
        panel.close();
    }

    @BeforeEach
    void look() {
        neighbour.look();
    }

    /** Whatever happened, the neighbour did not notice, and the victim goes when it is told to. */
    @AfterEach
    void nobodyElseNoticed() {
        try {
            real.daemon.node().server(victim).delete();
        } catch (NotFoundException ignored) {
            // It was refused.
        }
        assertThat(real.daemon.node().servers())
                .extracting(server -> server.configuration().uuid())
                .doesNotContain(victim);
        neighbour.assertUndisturbed();
    }

    // --- what is refused at the door ---------------------------------------------------------------------------------

    static Stream<Lie> refused() {
        return Stream.of(
                new Lie("negative memory", "memory_limit: -1", part("build", build("memory_limit", "-1"))),
                new Lie("negative disk", "disk_space", part("build", build("disk_space", "-9223372036854775808"))),
                new Lie("memory beyond numbers", "memory_limit", part("build", build("memory_limit", "1e30"))),
                new Lie("a weight of I/O that no kernel has", "io_weight", part("build", build("io_weight", "5"))),
                new Lie("limits that are a text", "build", part("build", "\"much\"")),
                new Lie(
                        "settings without a server",
                        "uuid",
                        id -> HostilePanel.body("{\"settings\":{},\"process_configuration\":{}}")),
                new Lie(
                        "another server's settings",
                        "expected: ",
                        id -> HostilePanel.body(HostilePanel.configuration(neighbour.id(), Map.of()))),
                new Lie("a list in place of a document", "", id -> HostilePanel.body("[1,2,3]")),
                new Lie("null", "", id -> HostilePanel.body("null")),
                new Lie("nothing", "", id -> HostilePanel.body("")),
                new Lie("a page for people", "not JSON", id -> HostilePanel.body("<html>log in first</html>")),
                new Lie("depth", "", id -> HostilePanel.body("[".repeat(MEGABYTE))),
                new Lie("depth within", "", part("labels", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
                new Lie("bytes that are no text", "", id -> HostilePanel.body(invalidUtf8(id))),
                new Lie("an end without end", "", id -> endless()),
                new Lie("a byte now and then", "", HostilePanelFunctionalTest::slow),
                new Lie("nothing, slowly", "", id -> exchange -> untilAskedNoMore()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatCannotBeAServer(Lie lie) {
        panel.configuration(victim, lie.answer().apply(victim));
        var refusal = catchThrowableOfType(
                RookeryException.class, () -> real.daemon.node().createServer(new CreateServer(victim, true)));
        assertThat(refusal).as(lie.name()).isNotNull().hasMessageContaining(lie.named());
        assertThat(refusal.getMessage()).as("short enough to show").hasSizeLessThan(2000);
    }

    // --- what a server can live with ---------------------------------------------------------------------------------

    static Stream<Lie> tolerated() {
        return Stream.of(
                new Lie(
                        "a number that says it is ready (P#2448, P#5544)",
                        "42",
                        parts(Map.of("done", "42", "invocation", "\"echo 42; read line\""))),
                new Lie(
                        "numbers among what says so",
                        "7",
                        parts(Map.of("done", "[null, 7, \"never\"]", "invocation", "\"echo 7; read line\""))),
                new Lie(
                        "no process configuration to speak of",
                        "ready",
                        parts(Map.of("stop", "null", "configs", "null"))),
                new Lie(
                        "host directories that nobody allowed",
                        "ready",
                        part(
                                "mounts",
                                "[{\"source\":\"/etc\",\"target\":\"/mnt/etc\",\"read_only\":false},"
                                        + "{\"source\":\"/\",\"target\":\"/home/container/../../host\",\"read_only\":false},"
                                        + "{\"source\":\"/etc/..\",\"target\":\"/home/container\",\"read_only\":false},"
                                        + "{\"source\":\"\\u0000\",\"target\":\"relative\",\"read_only\":true},"
                                        + "{\"source\":\"/proc/self/root\",\"target\":\"/x\",\"read_only\":true}]")),
                new Lie(
                        "zero bytes",
                        "ready",
                        parts(Map.of(
                                "environment", "{\"A\":\"x\\u0000y\",\"B\\u0000C\":\"1\",\"\":\"2\",\"D=E\":\"3\"}",
                                "stop", "{\"type\":\"command\",\"value\":\"a\\u0000b\"}"))),
                new Lie("a list of a million texts", "ready", part("done", texts(1_000_000))),
                new Lie(
                        "expressions that blow up other engines",
                        "ready",
                        parts(Map.of(
                                "done",
                                "[\"regex:(a+)+$\",\"regex:(a|a)*b\",\"regex:(.*)*(.*)*(.*)*x\",\"regex:"
                                        + "(".repeat(50_000) + "\",\"regex:a{1000}{1000}{1000}\",\"ready\"]",
                                "invocation",
                                "\"head -c 60000 /dev/zero | tr '\\\\0' a; echo; echo ready; read line\""))),
                new Lie(
                        "a line of ten megabytes",
                        "ready",
                        part(
                                "invocation",
                                "\"head -c 10000000 /dev/zero | tr '\\\\0' x; echo; echo ready; read line\"")),
                new Lie(
                        "zero bytes and no text in the console",
                        "ready",
                        part(
                                "invocation",
                                "\"head -c 100000 /dev/zero; head -c 100000 /dev/urandom; echo; echo ready; read line\"")),
                new Lie(
                        "ten megabytes that nobody asked for",
                        "ready",
                        id -> HostilePanel.body(HostilePanel.configuration(id, Map.of())
                                .replaceFirst("\\{", "{\"more\":\"" + "m".repeat(10 * MEGABYTE) + "\","))),
                new Lie(
                        "a stop that no signal is called",
                        "ready",
                        part("stop", "{\"type\":\"signal\",\"value\":\"NOPE; rm -rf /\"}")));
    }

    @ParameterizedTest
    @MethodSource("tolerated")
    void runsWhatOnlyLooksBroken(Lie lie) {
        create(lie);
        await(lie.name()).atMost(LATER).until(() -> state().equals(ServerState.RUNNING));
        neighbour.assertServedNowAndThen();
        real.daemon.node().server(victim).power(PowerAction.KILL);
        await(lie.name()).atMost(LATER).until(() -> state().equals(ServerState.OFFLINE));
    }

    // --- what is a server and cannot run -----------------------------------------------------------------------------

    static Stream<Lie> broken() {
        return Stream.of(
                new Lie(
                        "a megabyte of environment",
                        "variable BIG: 1048581 bytes",
                        part("environment", "{\"BIG\":\"" + "e".repeat(MEGABYTE) + "\"}")),
                new Lie(
                        "a command of five megabytes",
                        "variable STARTUP: 5242889 bytes",
                        part("invocation", "\"" + "echo ".repeat(MEGABYTE) + "\"")),
                new Lie("no image", "image: ''", part("image", "\"\"")),
                new Lie("an image that is an option", "image", part("image", "\"~--privileged\"")),
                new Lie("an image with a path", "image", part("image", "\"~../../etc/passwd\"")),
                new Lie("an image with a query", "image", part("image", "\"~rookery/test:1?force=1&x=y\"")),
                new Lie("an image with a zero byte", "image", part("image", "\"~rookery\\u0000/test\"")),
                new Lie("an image with a long name", "image", part("image", "\"~" + "i".repeat(100_000) + "\"")),
                new Lie("an image that is not here", "image", part("image", "\"~rookery/nowhere:9\"")),
                new Lie(
                        "an address that nobody has",
                        "address",
                        part(
                                "allocations",
                                "{\"default\":{\"ip\":\"203.0.113.7\",\"port\":7777},\"mappings\":{\"203.0.113.7\":[7777]}}")),
                new Lie(
                        "an address that is none",
                        "allocation: '; ls'",
                        part(
                                "allocations",
                                "{\"default\":{\"ip\":\"x\",\"port\":7777},\"mappings\":{\"; ls\":[7777]}}")),
                new Lie("processors that are none", "cpuset", part("build", build("threads", "\"0-,;99\""))));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysWhyItCannotBeStarted(Lie lie) {
        create(lie);
        assertThat(problem().orElseThrow()).as(lie.name()).containsIgnoringCase(lie.named());
        await(lie.name()).atMost(LATER).until(() -> state().equals(ServerState.OFFLINE));
        neighbour.assertServedNowAndThen();
    }

    // --- later -------------------------------------------------------------------------------------------------------

    @Test
    void runsOnAsItIsWhenThePanelLosesItsMind() {
        create(new Lie("honest", "", part("done", "[\"ready\"]")));
        await().atMost(LATER).until(() -> state().equals(ServerState.RUNNING));
        var server = real.daemon.node().server(victim);
        for (var lie : refused().toList()) {
            panel.configuration(victim, lie.answer().apply(victim));
            assertThat(catchThrowableOfType(RookeryException.class, server::sync))
                    .as(lie.name())
                    .isNotNull();
            assertThat(state()).as(lie.name()).isEqualTo(ServerState.RUNNING);
        }
        panel.configuration(victim, HostilePanel.body(HostilePanel.configuration(victim, Map.of())));
        server.sync();
    }

    static Stream<Lie> scripts() {
        var entry = "{\"container_image\":\"rookery/test:1\",\"entrypoint\":\"sh\",\"script\":";
        return Stream.of(
                new Lie(
                        "a script of ten megabytes that talks",
                        "",
                        id -> HostilePanel.body(
                                entry + "\"# " + "s".repeat(10 * MEGABYTE) + "\\nyes | head -c 200000; exit 3\"}")),
                new Lie("a list", "", id -> HostilePanel.body("[]")),
                new Lie("without end", "", id -> endless()),
                new Lie("depth", "", id -> HostilePanel.body("[".repeat(MEGABYTE))),
                new Lie(
                        "no entry point",
                        "",
                        id -> HostilePanel.body(
                                "{\"container_image\":\"rookery/test:1\",\"entrypoint\":\"\",\"script\":\"exit 0\"}")),
                new Lie(
                        "zero bytes",
                        "",
                        id -> HostilePanel.body(
                                "{\"container_image\":\"rookery/te\\u0000st:1\",\"entrypoint\":\"s\\u0000h\",\"script\":\"\\u0000\"}")));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void reportsAnInstallationThatCannotWork(Lie lie) {
        panel.honest.put(ContractServer.configuration(victim, false), ContractServer.install());
        panel.script(victim, lie.answer().apply(victim));
        real.daemon.node().createServer(new CreateServer(victim, false));
        // Questions that the panel answers badly are asked again for up to two minutes: longer than anybody waits here.
        neighbour.assertServed();
        if (!lie.name().equals("without end")) {
            await(lie.name())
                    .atMost(LATER)
                    .until(() -> !panel.honest.installs(victim).isEmpty());
            assertThat(panel.honest.installs(victim)).as(lie.name()).allMatch(report -> !report.successful());
        }
    }

    @Test
    void othersReportsGoOutWhileOneHasNoEnd() {
        panel.honest.put(ContractServer.configuration(victim, false), ContractServer.install());
        panel.installReport(victim, endless());
        real.daemon.node().createServer(new CreateServer(victim, false));
        await().atMost(LATER).until(() -> state().equals(ServerState.OFFLINE));
        neighbour.assertServed();
        panel.installReport(victim, exchange -> exchange.sendResponseHeaders(204, -1));
    }

    private void create(Lie lie) {
        panel.configuration(victim, lie.answer().apply(victim));
        real.daemon.node().createServer(new CreateServer(victim, true));
    }

    private ServerState state() {
        return real.daemon.node().server(victim).details().state();
    }

    /** What the server's console says that is wrong. */
    private Optional<String> problem() {
        var console = new RecordingConsoleListener();
        try (var open = real.daemon.node().server(victim).console(ConsoleOptions.after(0), console)) {
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(LATER)
                    .until(() -> said(console).isPresent());
            assertThat(open.toString()).isNotNull();
        }
        return said(console);
    }

    private static Optional<String> said(RecordingConsoleListener console) {
        return console.events(ConsoleEvent.DaemonMessage.class).stream()
                .map(ConsoleEvent.DaemonMessage::text)
                .filter(text -> text.contains("could not be started"))
                .findFirst();
    }

    private static Function<ServerId, HttpHandler> part(String name, String json) {
        return parts(Map.of(name, json));
    }

    private static Function<ServerId, HttpHandler> parts(Map<String, String> json) {
        return id -> HostilePanel.body(HostilePanel.configuration(id, json));
    }

    private static String build(String name, String value) {
        var values = new LinkedHashMap<>(Map.of("memory_limit", "64", "swap", "0", "io_weight", "0"));
        values.put(name, value);
        return values.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String texts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"ready " + i + "\"")
                .collect(Collectors.joining(",", "[\"ready\",", "]"));
    }

    private static byte[] invalidUtf8(ServerId id) {
        var text = HostilePanel.configuration(id, Map.of("invocation", "\"@@@@\""));
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '@' ? (byte) 0xff : bytes[i];
        }
        return bytes;
    }

    private static HttpHandler endless() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] more = "[1,2,3],".repeat(1000).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseBody().write('[');
            try {
                while (true) {
                    exchange.getResponseBody().write(more);
                }
            } catch (IOException ignored) {
                // Who asked has hung up.
            }
        };
    }

    private static HttpHandler slow(ServerId id) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (byte one : HostilePanel.configuration(id, Map.of()).getBytes(StandardCharsets.UTF_8)) {
                    exchange.getResponseBody().write(one);
                    exchange.getResponseBody().flush();
                    LockSupport.parkNanos(PATIENCE.toNanos() / 20);
                }
            } catch (IOException ignored) {
                // Who asked has hung up.
            }
        };
    }

    /** Says nothing for longer than anybody waits. */
    private static void untilAskedNoMore() {
        LockSupport.parkNanos(PATIENCE.multipliedBy(2).toNanos());
    }

    /**
     * What the panel answers.
     *
     * @param name for people
     * @param named what the problem has to mention
     * @param answer the answer about a server
     */
    record Lie(String name, String named, Function<ServerId, HttpHandler> answer) {

        @Override
        public String toString() {
            return name;
        }
    }
}
