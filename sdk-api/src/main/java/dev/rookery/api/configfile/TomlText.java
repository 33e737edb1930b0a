package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import java.util.ArrayList;
import java.util.regex.Pattern;

/** Writes values of TOML. */
final class TomlText {

    private static final String CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?";
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
            + "(?:[Tt ]" + CLOCK + "(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?|" + CLOCK);

    private TomlText() {}

    static boolean bare(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** Returns whether a text is a date, a time, or both. */
    static boolean time(String text) {
        return TIME.matcher(text).matches();
    }

    static String key(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> bare((char) c)) ? name : quoted(name);
    }

    static String of(Json value) throws Refusal {
        if (value instanceof Json.Text text) {
            return quoted(text.value());
        }
        if (value instanceof Json.Array array) {
            var items = new ArrayList<String>();
            for (var item : array.items()) {
                items.add(of(item));
            }
            return "[" + String.join(", ", items) + "]";
        }
        if (value instanceof Json.Obj object) {
            var members = new ArrayList<String>();
            for (var member : object.members().entrySet()) {
                members.add(key(member.getKey()) + " = " + of(member.getValue()));
            }
            return members.isEmpty() ? "{}" : "{ " + String.join(", ", members) + " }";
        }
        return Values.text(value);
    }

    /** Returns a text in the quotes of the one that it replaces, if it can stand in them. */
    static String like(String present, String value) {
        boolean literal = present.startsWith("'") && !present.startsWith("''");
        return literal && value.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != '\'')
                ? "'" + value + "'"
                : quoted(value);
    }

    private static String quoted(String value) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int simple = "\b\t\n\f\r\"\\".indexOf(c);
            if (simple >= 0) {
                out.append('\\').append("btnfr\"\\".charAt(simple));
            } else if (c < ' ' || c == 0x7f) {
                out.append(String.format("\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
