package dev.rookery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.AnsiText;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.EventDialect;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

class ConsoleFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void everyFrameIsAnEventThatSurvivesEveryDialect(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        var frame = frame(text);
        var event = event(text);
        if (frame != null) {
            assertThat(event).as("the short way and the parser's").isEqualTo(EventDialect.event(frame));
            assertThat(ConsoleFrames.read(ConsoleFrames.write(frame))).isEqualTo(frame);
        }
        if (event != null) {
            for (var dialect : Dialect.values()) {
                writesTheSameAgain(EventDialect.of(dialect), event);
            }
        }
    }

    @FuzzTest(maxDuration = "10m")
    void colourlessTextIsPartOfTheText(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        var plain = AnsiText.strip(text);
        assertThat(plain.length()).isLessThanOrEqualTo(text.length());
        int from = 0;
        for (int i = 0; i < plain.length(); i++) {
            from = text.indexOf(plain.charAt(i), from) + 1;
            assertThat(from).as("character %s", i).isPositive();
        }
    }

    private static void writesTheSameAgain(EventDialect dialect, ConsoleEvent event) {
        dialect.frame(event, true).ifPresent(frame -> {
            var again = EventDialect.read(ConsoleFrames.write(frame));
            assertThat(dialect.frame(again, true)).contains(frame);
        });
    }

    private static @Nullable Frame frame(String text) {
        try {
            return ConsoleFrames.read(text);
        } catch (InvalidInputException ignored) {
            // No frame.
            return null;
        }
    }

    private static @Nullable ConsoleEvent event(String text) {
        try {
            return EventDialect.read(text);
        } catch (InvalidInputException ignored) {
            // No frame.
            return null;
        }
    }
}
