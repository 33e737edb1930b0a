package dev.rookery.api.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol: node API §4.2. */
class PlainLineTest {

    @Test
    void readsLinesWithAndWithoutANumber() {
        assertThat(PlainLine.read("{\"event\":\"console output\",\"args\":[\"a line\"]}"))
                .isEqualTo(new ConsoleEvent.Output("a line", OptionalLong.empty()));
        assertThat(PlainLine.read("{\"event\":\"console output\",\"args\":[\"\",\"42\"]}"))
                .isEqualTo(new ConsoleEvent.Output("", OptionalLong.of(42)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"console output\",\"args\":[\"",
                "{\"event\":\"console output\",\"args\":[\"a",
                "{\"event\":\"console output\",\"args\":[\"a\"",
                "{\"event\":\"console output\",\"args\":[\"a\"]",
                "{\"event\":\"console output\",\"args\":[\"a\"]} ",
                "{\"event\":\"console output\",\"args\":[\"a\\u001b\"]}",
                "{\"event\":\"console output\",\"args\":[\"a\",\"\"]}",
                "{\"event\":\"console output\",\"args\":[\"a\",\"x\"]}",
                "{\"event\":\"console output\",\"args\":[\"a\",\"1\",\"2\"]}",
                "{\"event\":\"console output\",\"args\":[\"a\",\"9999999999999999999\"]}",
                "{\"event\":\"status\",\"args\":[\"running\"]}",
                ""
            })
    void leavesTheRestToTheParser(String frame) {
        assertThat(PlainLine.read(frame)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "quote \" and \\ and \u001b[1m", "\u00e4\u20ac\ud83d\ude00", "],\"", "{}"})
    void readsWhatTheParserReads(String line) {
        for (var args : List.of(List.of(line), List.of(line, "7"), List.of(line, "NaN"), List.of(line, "-1"))) {
            var text = ConsoleFrames.write(new Frame("console output", args));

            assertThat(EventDialect.read(text)).isEqualTo(EventDialect.event(ConsoleFrames.read(text)));
        }
    }

    @Test
    void keepsArgumentsThatAreNoTexts() {
        assertThat(ConsoleFrames.read(
                        "{\"x\":{\"y\":[1]},\"args\":[{\"a\":[1,\"b\"]},7,true,null,1.5],\"event\":\"e\"}"))
                .isEqualTo(Frame.of("e", "{\"a\":[1,\"b\"]}", "7", "true", "", "1.5"));
    }
}
