package dev.rookery.api.configfile;

import dev.rookery.api.internal.TextSplice;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a text of properties with the places of their values, as {@code java.util.Properties} reads them. */
final class PropertyLines {

    private final String text;
    private final Map<String, Property> properties = new HashMap<>();
    private int at;

    /**
     * A key with its value.
     *
     * @param valueStart where the value begins, behind the separator
     * @param valueEnd where the line is over
     * @param bare whether there is no separator
     */
    record Property(String value, int valueStart, int valueEnd, boolean bare) {}

    private PropertyLines(String text) {
        this.text = text;
    }

    static PropertyLines of(String text, ConfigFileOptions options) {
        var lines = new PropertyLines(text);
        for (int count = 0; lines.at < text.length(); count++) {
            if (count > options.maxValues()) {
                throw new ConfigFileException("too many lines (expected: at most " + options.maxValues() + ")");
            }
            lines.line();
        }
        return lines;
    }

    @Nullable
    Property find(String key) {
        return properties.get(key);
    }

    /** Returns what puts a key at the end. */
    TextSplice added(String key, String value) {
        var newline = text.contains("\r\n") ? "\r\n" : "\n";
        var line = escaped(key, true) + "=" + escaped(value, false);
        int end = text.length();
        boolean lastEnded = text.isEmpty() || text.endsWith("\n") || text.endsWith("\r");
        if (!lastEnded) {
            // A backslash at the very end would take the new line for its own.
            return new TextSplice(end, end, (oddBackslashes(end) ? newline + newline : newline) + line);
        }
        int lastLine = text.endsWith("\r\n") ? end - 2 : end - 1;
        boolean continued = end > 0 && oddBackslashes(lastLine) && !commentEndsAt(lastLine);
        return new TextSplice(end, end, (continued ? newline : "") + line + newline);
    }

    /** Returns a text as a key or a value of properties; what is not ASCII is escaped, which every reader understands. */
    static String escaped(String value, boolean key) {
        var out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int simple = "\t\n\r\f\\".indexOf(c);
            if (simple >= 0) {
                out.append('\\').append("tnrf\\".charAt(simple));
            } else if (c < ' ' || c > '~') {
                out.append(String.format("\\u%04x", (int) c));
            } else if ((c == ' ' && (key || i == 0)) || (key && ":=#!".indexOf(c) >= 0)) {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private void line() {
        while (at < text.length() && " \t\f\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == text.length()) {
            return;
        }
        if (text.charAt(at) == '#' || text.charAt(at) == '!') {
            while (at < text.length() && !lineBreak(text.charAt(at))) {
                at++;
            }
            return;
        }
        var key = new StringBuilder();
        while (at < text.length() && !lineBreak(text.charAt(at)) && " \t\f:=".indexOf(text.charAt(at)) < 0) {
            part(key);
        }
        int keyEnd = at;
        boolean separated = separator();
        int start = separated || at > keyEnd ? at : keyEnd;
        var value = new StringBuilder();
        while (at < text.length() && !lineBreak(text.charAt(at))) {
            part(value);
        }
        boolean bare = start == keyEnd;
        properties.put(key.toString(), new Property(value.toString(), start, at, bare));
    }

    /** Goes over blanks and one separator; returns whether there was one. */
    private boolean separator() {
        boolean separated = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && continuation() > 0) {
                at = continuation();
            } else if (c == ' ' || c == '\t' || c == '\f') {
                at++;
            } else if (!separated && (c == ':' || c == '=')) {
                separated = true;
                at++;
            } else {
                return separated;
            }
        }
        return separated;
    }

    /** Reads one character, or goes over the end of a line that goes on. */
    private void part(StringBuilder out) {
        char c = text.charAt(at);
        if (c != '\\') {
            out.append(c);
            at++;
            return;
        }
        int next = continuation();
        if (next > 0) {
            at = next;
            return;
        }
        at++;
        if (at == text.length()) {
            return;
        }
        char escape = text.charAt(at);
        if (escape == 'u') {
            unicode(out);
            return;
        }
        int simple = "tnrf".indexOf(escape);
        out.append(simple >= 0 ? "\t\n\r\f".charAt(simple) : escape);
        at++;
    }

    /** Returns where a line goes on that ends with the backslash here; -1 if it does not end here. */
    private int continuation() {
        int next = at + 1;
        if (next >= text.length() || !lineBreak(text.charAt(next))) {
            return -1;
        }
        next += text.startsWith("\r\n", next) ? 2 : 1;
        while (next < text.length() && " \t\f".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next;
    }

    private void unicode(StringBuilder out) {
        if (at + 5 > text.length()) {
            throw ConfigFileException.at(text, at - 1, "an escape that is cut off (expected: \\u and four digits)");
        }
        try {
            out.append((char) Integer.parseUnsignedInt(text.substring(at + 1, at + 5), 16));
        } catch (NumberFormatException ignored) {
            throw ConfigFileException.at(text, at - 1, "an escape that is none (expected: \\u and four digits)");
        }
        at += 5;
    }

    private boolean oddBackslashes(int end) {
        int from = end;
        while (from > 0 && text.charAt(from - 1) == '\\') {
            from--;
        }
        return (end - from) % 2 == 1;
    }

    private boolean commentEndsAt(int end) {
        int start = Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf('\r', end - 1)) + 1;
        var line = text.substring(start, end).stripLeading();
        return line.startsWith("#") || line.startsWith("!");
    }

    private static boolean lineBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
