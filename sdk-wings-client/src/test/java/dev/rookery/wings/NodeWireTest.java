package dev.rookery.wings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.wings.NodeCalls.Case;
import dev.rookery.wings.NodeWire.Canned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call in every dialect: what goes out is compared with {@code src/test/resources/wire/*.txt}, which {@code
 * -Drookery.snapshots=accept} rewrites, and what comes back has to become the same typed result. Source: node API §2.
 */
class NodeWireTest {

    private static final Path SNAPSHOTS = Path.of("src/test/resources/wire");
    /** Where a call is put together from others. */
    private static final Set<NodeCall> COMPOSED_FOR_NEXUS = Set.of(NodeCall.SERVER_DETAILS);

    private static NodeWire wire;

    @BeforeAll
    static void start() {
        wire = new NodeWire();
    }

    @AfterAll
    static void stop() {
        wire.close();
    }

    static Stream<Arguments> calls() {
        return Arrays.stream(Dialect.values())
                .flatMap(dialect -> NodeCalls.all().stream().map(call -> Arguments.of(dialect, call)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void makesTheSameOfEveryDialect(Dialect dialect, Case call) {
        if (dialect == Dialect.NEXUS && COMPOSED_FOR_NEXUS.contains(call.what())) {
            return;
        }
        var node = wire.node(dialect);
        wire.answers(dialect, call.answers().get(dialect));

        if (NodeDialect.of(dialect).route(call.what()).isEmpty()) {
            assertThatThrownBy(() -> call.make().apply(node)).isInstanceOf(NotOfferedException.class);
            assertThat(wire.asked()).as("nothing is asked in vain").isEmpty();
            return;
        }
        assertThat(call.make().apply(node)).hasToString(call.result().get(dialect));
    }

    /** 204, an empty 200, an empty 202 and an empty object are all the same. Source: node API §7.6. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void takesAnySuccessForSuccess(Dialect dialect, Case call) {
        if (!Set.of(Dialect.PELICAN, Dialect.CALAGOPUS).contains(dialect)
                || !"done".equals(call.result().get(dialect))
                || NodeDialect.of(dialect).route(call.what()).isEmpty()) {
            return;
        }
        var node = wire.node(dialect);
        for (var canned : List.of(
                Canned.empty(200),
                Canned.empty(202),
                Canned.empty(204),
                Canned.text(200, "{}"),
                Canned.text(200, "ok"))) {
            wire.answers(dialect, canned);

            assertThat(call.make().apply(node)).as(canned.toString()).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void sendsWhatTheDialectSays(Dialect dialect) throws IOException {
        var sent = new StringBuilder();
        for (var call : NodeCalls.all()) {
            if (NodeDialect.of(dialect).route(call.what()).isEmpty()) {
                continue;
            }
            wire.answers(dialect, call.answers().get(dialect));
            assertThat(call.make().apply(wire.node(dialect))).isNotNull();
            sent.append("# ").append(call.what()).append('\n');
            wire.asked().stream().map(NodeWireTest::show).sorted().forEach(sent::append);
            sent.append('\n');
        }

        var name = dialect.wireName() + ".txt";
        if ("accept".equals(System.getProperty("rookery.snapshots"))) {
            Files.writeString(SNAPSHOTS.resolve(name), sent);
            return;
        }
        try (var snapshot = NodeWireTest.class.getResourceAsStream("/wire/" + name)) {
            assertThat(snapshot).as(name).isNotNull();
            assertThat(sent).hasToString(new String(snapshot.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void findsAServerOfNexusInTheList() {
        wire.answers(
                Dialect.NEXUS,
                Canned.json(
                        200,
                        "[{\"state\":\"running\",\"configuration\":{\"uuid\":\"" + NodeWire.ID
                                + "\",\"meta\":{\"name\":\"Lobby\",\"description\":\"\"},"
                                + "\"build\":{\"memory_limit\":1},\"container\":{\"image\":\"x\"}}}]"));

        assertThat(wire.node(Dialect.NEXUS)
                        .server(NodeWire.ID)
                        .details()
                        .configuration()
                        .uuid())
                .isEqualTo(NodeWire.ID);
    }

    private static String show(LoggedRequest request) {
        var headers = Stream.of("Authorization", "Content-Type", "Content-Length", "X-Storage-Pool")
                .filter(request::containsHeader)
                .map(name -> name + ": " + plain(request.getHeader(name)) + "\n")
                .collect(Collectors.joining());
        var body = plain(request.getBodyAsString());
        return request.getMethod() + " " + plain(request.getUrl()) + "\n" + headers
                + (body.isEmpty() ? "" : body + "\n");
    }

    /** Leaves out what differs from run to run. */
    private static String plain(String text) {
        return text.replace("\r\n", "\n")
                .replaceAll("eyJ[A-Za-z0-9_.-]+", "<jwt>")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}(?=(\n|; ?$|--|$))(?<=boundary=.{36})", "<boundary>")
                .replaceAll("(?m)^--[0-9a-f-]{36}", "--<boundary>")
                .replace(NodeWire.CREDENTIALS.token(), "<secret>");
    }
}
