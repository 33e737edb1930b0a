package dev.rookery.wings;

import static dev.rookery.wings.NodeWire.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.wings.NodeWire.Canned;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes of each dialect say when something is wrong, and what callers get. Source: node API §1.1, §1.5, §2. */
class NodeErrorsTest {

    private static final String GENERIC =
            "{\"error\":\"An unexpected error was encountered while processing this request\",\"request_id\":\"9d1e\"}";

    private static NodeWire wire;

    @BeforeAll
    static void start() {
        wire = new NodeWire();
    }

    @AfterAll
    static void stop() {
        wire.close();
    }

    /** An answer that any call may get. */
    record General(Canned answer, Class<? extends RookeryException> exception, boolean retryable) {}

    private static final List<General> GO = List.of(
            new General(
                    error(401, "The required authorization heads were not present in the request."),
                    DeniedException.class,
                    false),
            new General(error(403, "You are not authorized to access this endpoint."), DeniedException.class, false),
            new General(
                    error(404, "The requested resource does not exist on this instance."),
                    NotFoundException.class,
                    false),
            new General(
                    Canned.text(
                            400,
                            "{\"error\":\"The data passed in the request was not in a parsable format. Please try again.\"}"),
                    InvalidInputException.class,
                    false),
            new General(Canned.json(500, GENERIC), UnavailableException.class, true),
            new General(Canned.empty(500), UnavailableException.class, true),
            new General(Canned.text(503, "<html>a proxy</html>"), UnavailableException.class, true),
            new General(Canned.text(504, ""), DeadlineException.class, true),
            new General(error(409, "busy"), ConflictException.class, false),
            new General(Canned.empty(418), ProtocolException.class, false));

    private static final List<General> CALAGOPUS = List.of(
            new General(error(401, "invalid authorization token"), DeniedException.class, false),
            new General(error(404, "server not found"), NotFoundException.class, false),
            new General(error(400, "invalid server uuid"), InvalidInputException.class, false),
            new General(error(500, "internal server error"), UnavailableException.class, true),
            new General(Canned.text(422, "Failed to deserialize the JSON body"), InvalidInputException.class, false));

    static Stream<Arguments> general() {
        return Stream.of(Dialect.PELICAN, Dialect.PTERODACTYL, Dialect.CALAGOPUS)
                .flatMap(dialect -> (dialect == Dialect.CALAGOPUS ? CALAGOPUS : GO)
                        .stream().map(error -> Arguments.of(dialect, error)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("general")
    void saysWhatTheCallerCanDo(Dialect dialect, General error) {
        wire.answers(dialect, error.answer());

        var e = catchThrowableOfType(
                RookeryException.class, () -> wire.node(dialect).server(ID).details());

        assertThat(e).isInstanceOf(error.exception());
        assertThat(e.retryable()).isEqualTo(error.retryable());
        var answer = e.answer().orElseThrow();
        assertThat(answer.status()).isEqualTo(error.answer().status());
        assertThat(answer.endpoint()).isEqualTo("GET /api/servers/{uuid}");
        assertThat(answer.dialect()).contains(dialect);
    }

    static Stream<Arguments> calls() {
        return Stream.of(Dialect.PELICAN, Dialect.PTERODACTYL, Dialect.CALAGOPUS)
                .flatMap(dialect -> NodeCalls.all().stream()
                        .filter(call ->
                                NodeDialect.of(dialect).route(call.what()).isPresent())
                        .map(call -> Arguments.of(dialect, call)));
    }

    /** Older daemons lack what newer ones of their dialect have. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void saysThatACallIsNotOffered(Dialect dialect, NodeCalls.Case call) {
        wire.answers(
                dialect,
                dialect == Dialect.CALAGOPUS ? error(404, "route not found") : Canned.text(404, "404 page not found"));

        var e = catchThrowableOfType(RookeryException.class, () -> call.make().apply(wire.node(dialect)));

        // Files of Calagopus' nodes are read by signed URLs, which not every node has.
        boolean signed = dialect == Dialect.CALAGOPUS && call.what() == NodeCall.READ_FILE;
        assertThat(e)
                .isInstanceOf(
                        signed || call.what().capability().isPresent()
                                ? NotOfferedException.class
                                : ProtocolException.class)
                .hasMessageContaining("does not offer");
    }

    /** Whatever a peer writes into an answer, our secret is in no message. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("calls")
    void showsNoSecret(Dialect dialect, NodeCalls.Case call) {
        wire.answers(
                dialect,
                error(500, "token " + NodeWire.CREDENTIALS.token() + " and eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln"));

        var e = catchThrowableOfType(RookeryException.class, () -> call.make().apply(wire.node(dialect)));

        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString())
                    .doesNotContain(NodeWire.CREDENTIALS.token())
                    .doesNotContain("eyJ");
        }
    }

    static Stream<Arguments> special() {
        return Stream.of(
                Arguments.of(
                        Dialect.PELICAN,
                        NodeCall.COMMANDS,
                        error(502, "Cannot send commands to a stopped server instance."),
                        ConflictException.class),
                Arguments.of(
                        Dialect.CALAGOPUS, NodeCall.COMMANDS, error(417, "server is offline"), ConflictException.class),
                Arguments.of(
                        Dialect.PELICAN,
                        NodeCall.POWER,
                        error(400, "Cannot start or restart a server that is suspended."),
                        ConflictException.class),
                Arguments.of(
                        Dialect.PELICAN,
                        NodeCall.REINSTALL,
                        error(409, "Cannot execute server reinstall event while another power action is running."),
                        ConflictException.class),
                Arguments.of(
                        Dialect.PTERODACTYL,
                        NodeCall.RENAME_FILES,
                        error(400, "Cannot move or rename file, destination already exists."),
                        ConflictException.class),
                Arguments.of(
                        Dialect.PELICAN,
                        NodeCall.LIST_DOWNLOADS,
                        error(400, "This functionality is not currently enabled on this instance."),
                        NotOfferedException.class),
                Arguments.of(
                        Dialect.CALAGOPUS,
                        NodeCall.CANCEL_DOWNLOAD,
                        error(404, "server not found"),
                        NotFoundException.class),
                Arguments.of(Dialect.PELICAN, NodeCall.CANCEL_RECEIVING, Canned.empty(500), NotOfferedException.class),
                Arguments.of(
                        Dialect.CALAGOPUS, NodeCall.CANCEL_RECEIVING, error(404, "not found"), ConflictException.class),
                Arguments.of(
                        Dialect.PELICAN,
                        NodeCall.DECOMPRESS,
                        error(400, "The archive provided is in a format Wings does not understand."),
                        InvalidInputException.class),
                Arguments.of(
                        Dialect.PELICAN,
                        NodeCall.DELETE_BACKUP,
                        error(404, "The requested backup was not found on this server."),
                        NotFoundException.class),
                Arguments.of(
                        Dialect.CALAGOPUS,
                        NodeCall.ABORT_INSTALL,
                        error(409, "server is not installing"),
                        ConflictException.class));
    }

    @ParameterizedTest(name = "{0} {1} {3}")
    @MethodSource("special")
    void readsWhatACallMeansByItsErrors(Dialect dialect, NodeCall what, Canned answer, Class<?> exception) {
        wire.answers(dialect, answer);
        var call = Arrays.stream(NodeCalls.all().toArray(NodeCalls.Case[]::new))
                .filter(one -> one.what() == what)
                .findFirst()
                .orElseThrow();

        var e = catchThrowableOfType(RookeryException.class, () -> call.make().apply(wire.node(dialect)));

        assertThat(e).isInstanceOf(exception);
    }

    @Test
    void mindsNoUnknownDownloadOfCalagopus() {
        wire.answers(Dialect.CALAGOPUS, error(404, "download not found"));

        wire.node(Dialect.CALAGOPUS).server(ID).files().downloads().cancel("abc");
    }

    @Test
    void takesAMissingInstallLogForAnEmptyOne() {
        wire.answers(Dialect.PELICAN, error(500, "failed to read the log for the installation process."));
        assertThat(wire.node(Dialect.PELICAN).server(ID).installLog()).isEmpty();

        wire.answers(Dialect.CALAGOPUS, error(404, "unable to find installation log file"));
        assertThat(wire.node(Dialect.CALAGOPUS).server(ID).installLog()).isEmpty();
    }

    private static Canned error(int status, String text) {
        return Canned.json(status, "{\"error\":\"" + text + "\"}");
    }
}
