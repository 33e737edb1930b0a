package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts of values, and values of texts, as the Go daemons take them. */
final class Values {

    private static final int NUMBER_CHARACTERS = 64;
    private static final int PLAIN_SCALE = 40;
    private static final Pattern PLAIN_NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
    private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

    private Values() {}

    /** Returns the text of a single value. */
    static String text(Json value) throws Refusal {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        if (value instanceof Json.Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (value instanceof Json.Num number) {
            return literal(number.value());
        }
        throw new Refusal("the replacement is " + (value instanceof Json.Null ? "null" : "a list or an object")
                + " (expected: a text, a number or a truth value)");
    }

    /** Returns a text on one line. */
    static String line(Json value) throws Refusal {
        var text = text(value);
        if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new Refusal("the replacement has a line break (expected: one line)");
        }
        return text;
    }

    /** Returns a number as it is written in JSON, YAML and TOML; its digits stay. */
    static String literal(BigDecimal number) {
        return Math.abs((long) number.scale()) <= PLAIN_SCALE ? number.toPlainString() : number.toString();
    }

    /** Returns the number that a text says. */
    static Optional<BigDecimal> number(String text) {
        if (text.isEmpty() || text.length() > NUMBER_CHARACTERS || !ascii(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException ignored) {
            return Optional.empty();
        }
    }

    /** Returns the number that a text is, if it is written as every reader writes numbers: without a zero or a plus before it. */
    static Optional<BigDecimal> plainNumber(String text) {
        return number(text).filter(number -> PLAIN_NUMBER.matcher(text).matches());
    }

    /** Returns the truth value that a text says. */
    static Optional<Boolean> truth(String text) {
        if (TRUE.contains(text)) {
            return Optional.of(true);
        }
        return FALSE.contains(text) ? Optional.of(false) : Optional.empty();
    }

    /** Returns the truth value of a word that older readers of YAML take for one. */
    static Optional<Boolean> yamlTruth(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Optional.of(true);
            case "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
