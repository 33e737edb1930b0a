package dev.rookery.api.egg;

import dev.rookery.api.Json;
import java.util.Locale;
import java.util.Set;

/**
 * Writes YAML that every reader understands alike, be it of 1.1, 1.2 or Symfony's kind: a text that one of them could take for something
 * else stands in quotes.
 */
final class YamlText {

    private static final String STEP = "  ";
    private static final String IN_WORDS = "_./-";
    /** What may stand in words behind the first one besides. */
    private static final String IN_FURTHER_WORDS = "_./(),-";
    /** Words that some reader takes for null or a truth value. */
    private static final Set<String> WORDS =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "nil", "nan", "inf");
    /** A longer key has to be announced. */
    private static final int SHORT_KEY = 900;

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    static String write(Json.Obj document) {
        var text = new YamlText();
        text.members(document, "");
        return text.out.toString();
    }

    private void members(Json.Obj object, String indent) {
        object.members().forEach((name, value) -> {
            var key = quoted(name);
            if (key.length() > SHORT_KEY) {
                out.append(indent)
                        .append("? ")
                        .append(key)
                        .append('\n')
                        .append(indent)
                        .append(':');
            } else {
                out.append(indent).append(key).append(':');
            }
            value(value, indent);
        });
    }

    /** Writes what follows a colon or a dash. */
    private void value(Json value, String indent) {
        if (value instanceof Json.Obj object && !object.members().isEmpty()) {
            out.append('\n');
            members(object, indent + STEP);
        } else if (value instanceof Json.Array array && !array.items().isEmpty()) {
            out.append('\n');
            for (var item : array.items()) {
                out.append(indent).append(STEP).append('-');
                value(item, indent + STEP);
            }
        } else if (value instanceof Json.Text text && fitsBlock(text.value())) {
            block(text.value(), indent + STEP);
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(Json value) {
        if (value instanceof Json.Text text) {
            return quoted(text.value());
        }
        if (value instanceof Json.Num number) {
            return number.value().toString();
        }
        if (value instanceof Json.Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (value instanceof Json.Obj) {
            return "{}";
        }
        return value instanceof Json.Array ? "[]" : "null";
    }

    /** Several lines that a block keeps letter by letter: no carriage returns, no blanks that would look like indentation. */
    private static boolean fitsBlock(String text) {
        int lineEnd = text.indexOf('\n');
        return lineEnd > 0
                && text.charAt(0) != ' '
                && text.charAt(0) != '\t'
                && text.codePoints().allMatch(c -> c == '\n' || c == '\t' || printable(c));
    }

    private void block(String text, String indent) {
        boolean ends = text.endsWith("\n");
        out.append(" |").append(!ends ? "-" : text.endsWith("\n\n") ? "+" : "").append('\n');
        var lines = ends ? text.substring(0, text.length() - 1) : text;
        for (var line : lines.split("\n", -1)) {
            out.append(line.isEmpty() ? "" : indent).append(line).append('\n');
        }
    }

    private static String quoted(String text) {
        if (words(text) && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        if (text.codePoints().allMatch(YamlText::printable)) {
            return "'" + text.replace("'", "''") + "'";
        }
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> escape(c, quoted));
        return quoted.append('"').toString();
    }

    /** Returns whether a text is nothing but plain words with single blanks between. By hand: Java's engine needs stack for each of them. */
    private static boolean words(String text) {
        if (text.isEmpty() || !(letter(text.charAt(0)) || text.charAt(0) == '_' || text.charAt(0) == '/')) {
            return false;
        }
        var allowed = IN_WORDS;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean between = c == ' ' && i < text.length() - 1 && text.charAt(i + 1) != ' ';
            if (!between && !letter(c) && !(c >= '0' && c <= '9') && allowed.indexOf(c) < 0) {
                return false;
            }
            allowed = between ? IN_FURTHER_WORDS : allowed;
        }
        return true;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static void escape(int c, StringBuilder quoted) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (printable(c)) {
                    quoted.appendCodePoint(c);
                } else if (c > Character.MAX_VALUE) {
                    quoted.append("\\U%08X".formatted(c));
                } else {
                    quoted.append("\\u%04X".formatted(c));
                }
            }
        }
    }

    /** Whether every reader takes the character as it is, and not for the end of a line. */
    private static boolean printable(int c) {
        return (c >= ' ' && c < 0x7f)
                || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c < 0xfffe && c != 0xfeff)
                || (c >= 0x10000 && (c & 0xfffe) != 0xfffe);
    }
}
