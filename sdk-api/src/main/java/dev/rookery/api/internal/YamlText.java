package dev.rookery.api.internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.rookery.api.Json;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values on one line, so that readers of YAML 1.1, as in Wings, and of YAML 1.2 take them alike. */
public final class YamlText {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2}|:\\d{1,5})?");
    private static final String IN_WORDS = "_./@+-";
    /** Numbers with more digits than this are written with an exponent. */
    private static final int PLAIN_SCALE = 40;

    /** Texts that are something else where they stand bare. */
    private static final Set<String> RESERVED =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf");

    private YamlText() {}

    /** Returns a value on one line. */
    public static String of(Json value) {
        if (value instanceof Json.Text text) {
            return text(text.value());
        }
        if (value instanceof Json.Num number) {
            boolean plain = Math.abs((long) number.value().scale()) <= PLAIN_SCALE;
            return plain ? number.value().toPlainString() : number.value().toString();
        }
        if (value instanceof Json.Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (value instanceof Json.Array array) {
            return array.items().stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Json.Obj object) {
            return object.members().entrySet().stream()
                    .map(member -> text(member.getKey()) + ": " + of(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return "null";
    }

    /** Returns a name as it stands before a colon. */
    public static String key(String name) {
        return text(name);
    }

    private static String text(String value) {
        boolean plain = plain(value) && !RESERVED.contains(value.toLowerCase(Locale.ROOT));
        return plain ? value : quoted(value);
    }

    /** Returns whether a text is a word, a path, a URL, or an address of IPv4, also with a port. */
    private static boolean plain(String value) {
        if (value.isEmpty() || !(letter(value.charAt(0)) || value.charAt(0) == '/')) {
            return ADDRESS.matcher(value).matches();
        }
        // By hand: Java's engine needs stack for each colon.
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean last = i == value.length() - 1;
            boolean between = c == ':' && !last && value.charAt(i + 1) != ':';
            if (!between && !letter(c) && !(c >= '0' && c <= '9') && IN_WORDS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Returns a text in double quotes. */
    public static String quoted(String value) {
        // JSON's texts are YAML's; what YAML takes for a line break or refuses is escaped besides.
        var escaped = new StringBuilder("\"");
        JsonStringEncoder.getInstance().quoteAsString(value, escaped);
        escaped.append('"');
        var safe = new StringBuilder();
        escaped.chars().forEach(c -> {
            boolean special = (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe;
            safe.append(special ? String.format("\\u%04x", c) : String.valueOf((char) c));
        });
        return safe.toString();
    }
}
