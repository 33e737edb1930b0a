package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Node API §4.2 to §4.6. */
class ConsoleFramesTest {

    private static final EventDialect PELICAN = EventDialect.of(Dialect.PELICAN);

    static Stream<ConsoleEvent> events() {
        return Stream.of(
                new ConsoleEvent.Connected(),
                new ConsoleEvent.Status(ServerState.RUNNING),
                new ConsoleEvent.Stats(ResourceUsage.builder()
                        .memoryBytes(5)
                        .cpuAbsolute(12.5)
                        .state(ServerState.RUNNING)
                        .build()),
                new ConsoleEvent.Output("line \u001b[1m \"quoted\"", OptionalLong.of(12)),
                new ConsoleEvent.Output("the daemon's own", OptionalLong.empty()),
                new ConsoleEvent.Gap(3, 9),
                new ConsoleEvent.InstallOutput("x"),
                new ConsoleEvent.InstallStarted(),
                ConsoleEvent.InstallCompleted.UNTOLD,
                new ConsoleEvent.DaemonMessage("m"),
                new ConsoleEvent.DaemonError("e"),
                new ConsoleEvent.AuthorityExpiring(),
                new ConsoleEvent.AuthorityLost("jwt: exp claim is invalid"),
                new ConsoleEvent.Deleted(),
                new ConsoleEvent.Unknown("custom event", List.of("a", "b")));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventSurvivesTheWire(ConsoleEvent event) {
        var text = ConsoleFrames.write(PELICAN.frame(event, true).orElseThrow());
        assertThat(EventDialect.event(ConsoleFrames.read(text))).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"stats\",\"args\":[\"oops\"]}",
                "{\"event\":\"stats\"}",
                "{\"event\":\"console output\",\"args\":[\"x\",\"NaN\"]}",
                "{\"event\":\"rookery gap\",\"args\":[\"1\"]}",
                "{\"event\":\"rookery gap\"}",
                "{\"event\":\"something new\",\"args\":[\"x\"]}"
            })
    void frameThatIsNotUnderstoodIsKept(String text) {
        assertThat(EventDialect.event(ConsoleFrames.read(text))).isInstanceOf(ConsoleEvent.Unknown.class);
    }

    @Test
    void unnumberedClientSeesNoNumbers() {
        var event = new ConsoleEvent.Output("x", OptionalLong.of(7));
        assertThat(PELICAN.frame(event, false).orElseThrow()).isEqualTo(Frame.of("console output", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "7", "{\"event\":", "{\"event\":null}"})
    void whatIsNoFrameIsRefused(String text) {
        assertThatThrownBy(() -> ConsoleFrames.read(text)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void argumentsAreJoinedAsTheDaemonsDoIt() {
        assertThat(ConsoleFrames.read("{\"event\":\"send command\",\"args\":[\"say \",\"hi\"],\"x\":1}")
                        .text())
                .isEqualTo("say hi");
        assertThat(ConsoleFrames.read("{\"event\":\"send logs\",\"args\":null}").args())
                .isEmpty();
    }
}
