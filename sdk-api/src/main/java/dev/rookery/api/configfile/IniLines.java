package dev.rookery.api.configfile;

import dev.rookery.api.internal.TextSplice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sections and keys of a text with their places. What is neither, is passed over. */
final class IniLines {

    private static final String PLAIN = "=";

    private final String text;
    private final String newline;
    private final Map<String, Section> sections = new LinkedHashMap<>();

    /**
     * A key.
     *
     * @param lineStart where its name begins
     * @param valueStart where the value begins, behind the separator and its blanks
     * @param valueEnd where it is over, without the blanks at the end of the line
     */
    record Key(int lineStart, int valueStart, int valueEnd) {}

    /** The keys of a section, in one place or several, and where a line can be added to the first of them. */
    private static final class Section {

        private final Map<String, List<Key>> keys = new LinkedHashMap<>();
        private int lineEnd = -1;
        private boolean open = true;
        private String separator = "";
        private String indent = "";
    }

    private IniLines(String text) {
        this.text = text;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    }

    static IniLines of(String text, ConfigFileOptions options) {
        var lines = new IniLines(text);
        var current = new Section();
        lines.sections.put("", current);
        int at = 0;
        for (int count = 0; at < text.length(); count++) {
            if (count > options.maxValues()) {
                throw new ConfigFileException("too many lines (expected: at most " + options.maxValues() + ")");
            }
            int next = text.indexOf('\n', at);
            int end = next < 0 ? text.length() : next;
            int contentEnd = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
            current = lines.line(at, contentEnd, current);
            at = end + 1;
        }
        return lines;
    }

    /** Returns the places of a key, in order. */
    List<Key> find(String section, String key) {
        var found = sections.get(section);
        return found == null ? List.of() : found.keys.getOrDefault(key, List.of());
    }

    /** Returns all values by their sections and keys. */
    Map<String, Map<String, List<String>>> values() {
        var values = new HashMap<String, Map<String, List<String>>>();
        sections.forEach((name, section) -> {
            var keys = new HashMap<String, List<String>>();
            section.keys.forEach((key, places) -> keys.put(
                    key,
                    new ArrayList<>(places.stream()
                            .map(place -> text.substring(place.valueStart(), place.valueEnd()))
                            .toList())));
            values.put(name, keys);
        });
        return values;
    }

    /** Returns what puts a key below those of its section, and the section at the end if there is none. */
    TextSplice added(String name, String key, String value) {
        var section = sections.get(name);
        var separator = section == null || section.separator.isEmpty() ? separator() : section.separator;
        // An equals sign in the value would end the name there.
        var line = key + (separator.endsWith(":") && value.indexOf('=') >= 0 ? PLAIN : separator) + value;
        if (section == null) {
            boolean ended = text.isEmpty() || text.endsWith("\n");
            var before = (ended ? "" : newline) + (text.isBlank() ? "" : newline);
            int end = text.length();
            return new TextSplice(end, end, before + "[" + name + "]" + newline + line + newline);
        }
        if (section.lineEnd < 0) {
            // Keys without a section stand before all others.
            boolean alone = sections.size() == 1;
            return alone ? atEnd(line) : new TextSplice(0, 0, line + newline);
        }
        return new TextSplice(section.lineEnd, section.lineEnd, newline + section.indent + line);
    }

    private TextSplice atEnd(String line) {
        boolean ended = text.isEmpty() || text.endsWith("\n");
        return new TextSplice(text.length(), text.length(), (ended ? "" : newline) + line + newline);
    }

    private Section line(int start, int end, Section current) {
        int from = blanks(start, end);
        if (from == end || text.charAt(from) == ';' || text.charAt(from) == '#') {
            return current;
        }
        if (text.charAt(from) == '[') {
            int close = text.substring(from, end).lastIndexOf(']');
            return close > 0 ? section(text.substring(from + 1, from + close), end, current) : current;
        }
        int separator = separator(from, end);
        if (separator > from) {
            key(current, start, from, separator, end);
        }
        return current;
    }

    private Section section(String name, int end, Section current) {
        current.open = false;
        var section = sections.get(name);
        if (section == null) {
            section = new Section();
            section.lineEnd = end;
            sections.put(name, section);
        } else {
            // New keys go to where the section stands first.
            section.open = false;
        }
        return section;
    }

    private void key(Section section, int lineStart, int from, int separator, int end) {
        int nameEnd = trimmed(from, separator);
        int valueStart = blanks(separator + 1, end);
        int valueEnd = trimmed(valueStart, end);
        section.keys
                .computeIfAbsent(text.substring(from, nameEnd), name -> new ArrayList<>())
                .add(new Key(from, valueStart, valueEnd));
        if (section.open) {
            section.lineEnd = end;
            section.indent = text.substring(lineStart, from);
            section.separator = text.substring(nameEnd, valueStart == valueEnd ? separator + 1 : valueStart);
        }
    }

    /**
     * Returns where the name of a key is over, -1 if the line is none: at its first equals sign, or at a colon before that with a blank behind
     * it; at any colon if there is no equals sign.
     */
    private int separator(int from, int end) {
        int colon = -1;
        for (int at = from; at < end; at++) {
            char c = text.charAt(at);
            if (c == '=') {
                return at;
            }
            if (c == ':') {
                if (at + 1 < end && (text.charAt(at + 1) == ' ' || text.charAt(at + 1) == '\t')) {
                    return at;
                }
                colon = colon < 0 ? at : colon;
            }
        }
        return colon;
    }

    /** Returns the separator that the file uses. */
    private String separator() {
        return sections.values().stream()
                .map(section -> section.separator)
                .filter(separator -> !separator.isEmpty())
                .findFirst()
                .orElse(PLAIN);
    }

    private int blanks(int from, int end) {
        int at = from;
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private int trimmed(int from, int end) {
        int at = end;
        while (at > from && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
            at--;
        }
        return at;
    }
}
