package dev.rookery.api.console;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.egg.LinearPattern;
import java.util.function.Predicate;

/**
 * What to look for in the lines of a console. Colours and other ANSI sequences are not looked at.
 *
 * @param text what has to occur in a line, 1 to 1,000 characters
 * @param regex whether the text is a regular expression in the syntax of RE2, which has neither look-around nor back references; otherwise
 *     it is looked for as it is written, and letter case counts. For an expression that ignores it begin with {@code (?i)}
 */
@Incubating
public record ConsoleSearch(String text, boolean regex) {

    private static final int TEXT_MAX = 1000;

    /** Checks the text. */
    public ConsoleSearch {
        requireNonNull(text, "text");
        if (text.isEmpty() || text.length() > TEXT_MAX) {
            throw new InvalidInputException(
                    "search: " + text.length() + " characters (expected: 1 to " + TEXT_MAX + ")");
        }
        if (regex && LinearPattern.compile(text).isEmpty()) {
            throw new InvalidInputException("search: not a regular expression that can be used"
                    + " (expected: RE2 syntax, without look-around and back references, of moderate size)");
        }
    }

    /** Looks for a text as it is written. */
    public static ConsoleSearch text(String text) {
        return new ConsoleSearch(text, false);
    }

    /** Looks for what a regular expression describes. */
    public static ConsoleSearch regex(String expression) {
        return new ConsoleSearch(expression, true);
    }

    /** Returns the test of a line. The time it takes is bounded by the line's length and that of the text. Thread-safe. */
    public Predicate<String> matcher() {
        if (!regex) {
            return line -> AnsiText.strip(line).contains(text);
        }
        var pattern = LinearPattern.compile(text).orElseThrow();
        return line -> pattern.find(AnsiText.strip(line));
    }
}
