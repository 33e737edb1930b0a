package dev.rookery.daemon.internal.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.EngineUnavailableException;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ImageRequest;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.daemon.DockerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that is away has to be told from everything else that fails: only then is it worth while to wait for its return. */
@Timeout(60)
class EngineFailuresTest {

    private static final String CONTAINERD_GONE = "{\"message\":\"failed to create shim task: connection error: desc ="
            + " \\\"transport: error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused\\\"\"}";

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void anEngineThatDoesNotListenIsAway() {
        try (var environment = environment("unix://" + folder.resolve("nobody.sock"), Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> environment.start("x", never()))
                    .isExactlyInstanceOf(EngineUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "signal", "remove", "inspect", "list", "create", "log", "attach", "provide"})
    void anEngineThatClosesTheConnectionIsAway(String call) throws IOException {
        try (var engine = engine(head -> "");
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            assertThat(catchThrowable(calls(environment).get(call)))
                    .describedAs(call)
                    .isExactlyInstanceOf(EngineUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "signal", "remove", "inspect", "list", "create", "log", "attach", "provide"})
    void anEngineThatIsBeingStoppedIsAway(String call) throws IOException {
        try (var engine = engine(head -> ScriptedEngine.json(500, CONTAINERD_GONE));
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            assertThat(catchThrowable(calls(environment).get(call)))
                    .describedAs(call)
                    .isExactlyInstanceOf(EngineUnavailableException.class)
                    .hasMessageContaining("containerd");
        }
    }

    @Test
    void aMissingContainerIsNotTheEnginesAbsence() throws IOException {
        try (var engine = engine(head -> ScriptedEngine.json(404, "{\"message\":\"No such container: x\"}"));
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            for (var call : List.of("start", "log", "attach")) {
                assertThat(catchThrowable(calls(environment).get(call)))
                        .describedAs(call)
                        .isInstanceOf(NotFoundException.class)
                        .hasMessageContaining("No such container");
            }
        }
    }

    @Test
    void anAnswerThatBreaksOffMeansThatTheEngineIsAway() throws IOException {
        try (var engine = engine(head -> ScriptedEngine.json(200, "{\"Id\":\"" + "x".repeat(200) + "\"}")
                        .substring(0, 150));
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> environment.inspect("x", never()))
                    .isExactlyInstanceOf(EngineUnavailableException.class);
        }
    }

    @Test
    void aRefusalOfTheEngineIsNotItsAbsence() throws IOException {
        try (var engine = engine(head -> ScriptedEngine.json(500, "{\"message\":\"no space left on device\"}"));
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> environment.start("x", never()))
                    .isExactlyInstanceOf(UnavailableException.class)
                    .hasMessageContaining("no space left on device");
        }
    }

    @Test
    void anAnswerThatMakesNoSenseIsNotAnAbsence() throws IOException {
        try (var engine = engine(head -> ScriptedEngine.json(200, "[\"what?\"]"));
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> environment.inspect("x", never())).isExactlyInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void aPullThatBreaksOffWithTheEngineIsNotTheImagesFault() throws IOException {
        try (var engine = engine(head -> head.startsWith("POST")
                        ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n{\"status\":\"Pulling\"}\r\n"
                        : ScriptedEngine.json(404, "{\"message\":\"no such image\"}"));
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            assertThat(catchThrowable(calls(environment).get("provide")))
                    .isExactlyInstanceOf(EngineUnavailableException.class);
        }
    }

    @Test
    void aPullThatFailsInTheEnginesWordsIsTheImagesFault() throws IOException {
        try (var engine = engine(head -> head.startsWith("POST")
                        ? ScriptedEngine.json(200, "{\"status\":\"Pulling\"}{\"error\":\"manifest unknown\"}")
                        : ScriptedEngine.json(404, "{\"message\":\"no such image\"}"));
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            assertThat(catchThrowable(calls(environment).get("provide")))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("manifest unknown");
        }
    }

    @Test
    void anEngineThatDoesNotAnswerHangs() throws IOException {
        try (var engine = engine(head -> " ");
                var environment = environment(engine.address(), Duration.ofMillis(200))) {
            assertThatThrownBy(() -> environment.start("x", never())).isInstanceOf(DeadlineException.class);
        }
    }

    @Test
    void aCancelledCallSaysNothingOfTheEngine() throws IOException {
        var cancel = CancelSignal.create();
        try (var engine = engine(head -> {
                    cancel.cancel();
                    return " ";
                });
                var environment = environment(engine.address(), Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> environment.start("x", cancel)).isExactlyInstanceOf(UnavailableException.class);
        }
    }

    private static Map<String, ThrowingCallable> calls(DockerEnvironment environment) {
        return Map.of(
                "start", () -> environment.start("x", never()),
                "signal", () -> environment.signal("x", "SIGINT", never()),
                "remove", () -> environment.remove("x", never()),
                "inspect", () -> environment.inspect("x", never()),
                "list", () -> environment.list(never()),
                "create", () -> environment.create(spec(), never()),
                "log", () -> environment.readLog("x", Optional.empty(), (bytes, length) -> {}, never()),
                "attach", () -> environment.attach("x", (bytes, length) -> {}, never()),
                "provide", () -> environment.provide(new ImageRequest("some/image:1", false), line -> {}, never()));
    }

    private static ProcessSpec spec() {
        return ProcessSpec.builder()
                .name("x")
                .hostname("x")
                .image("some/image:1")
                .user(Optional.empty())
                .command(List.of())
                .environment(List.of())
                .labels(Map.of())
                .mounts(List.of())
                .ports(List.of())
                .limits(new ProcessSpec.Limits(0, 0, 0, true, 0, "", 0, 0))
                .hardening(ProcessSpec.Hardening.SERVER)
                .build();
    }

    private ScriptedEngine engine(Function<String, String> answers) throws IOException {
        return new ScriptedEngine(folder.resolve("engine.sock"), answers);
    }

    private DockerEnvironment environment(String socket, Duration callTimeout) {
        return new DockerEnvironment(
                DockerOptions.builder().socket(socket).callTimeout(callTimeout).build(),
                new EnvironmentContext(UUID.randomUUID(), folder, Clock.systemUTC(), task -> {
                    try {
                        threads.execute(task);
                    } catch (RejectedExecutionException ignored) {
                        // The test has ended.
                    }
                }));
    }

    private static CancelSignal never() {
        return CancelSignal.create();
    }
}
