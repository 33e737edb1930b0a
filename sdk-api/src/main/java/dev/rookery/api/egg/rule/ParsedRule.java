package dev.rookery.api.egg.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A rule, taken apart as Laravel does it.
 *
 * @param text as the egg writes it
 * @param name in StudlyCase. What the letter case is counts for what a rule does to others, not for whether it is found
 * @param parameters what follows the colon
 */
record ParsedRule(String text, String name, List<String> parameters) {

    private static final Set<String> PATTERNS = Set.of("regex", "not_regex", "notregex");

    static ParsedRule parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new ParsedRule(text, studly(text), List.of());
        }
        var name = text.substring(0, colon);
        var rest = text.substring(colon + 1);
        boolean pattern = PATTERNS.contains(name.toLowerCase(Locale.ROOT));
        return new ParsedRule(text, studly(name), pattern ? List.of(rest) : csv(rest));
    }

    /** PHP finds methods in any letter case. */
    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether what follows the colon is a regular expression. */
    boolean pattern() {
        return PATTERNS.contains(key());
    }

    boolean named(String wanted) {
        return name.equals(wanted);
    }

    private static String studly(String name) {
        var trimmed = PhpText.trim(name);
        var studly = new StringBuilder(trimmed.length());
        boolean first = true;
        for (int at = 0; at < trimmed.length(); ) {
            int c = trimmed.codePointAt(at);
            at += Character.charCount(c);
            if (c == '-' || c == '_' || Character.isWhitespace(c)) {
                first = true;
            } else {
                studly.appendCodePoint(first ? Character.toUpperCase(c) : c);
                first = false;
            }
        }
        return switch (studly.toString()) {
            case "Int" -> "Integer";
            case "Bool" -> "Boolean";
            default -> studly.toString();
        };
    }

    /** Cuts a line as {@code str_getcsv} does: quotes group, a backslash keeps the quote behind it, blanks stay. */
    private static List<String> csv(String line) {
        var fields = new ArrayList<String>();
        int at = 0;
        while (true) {
            int quote = at;
            while (quote < line.length() && Character.isWhitespace(line.charAt(quote))) {
                quote++;
            }
            var field = new StringBuilder();
            if (quote < line.length() && line.charAt(quote) == '"') {
                at = quoted(line, quote + 1, field);
            }
            int comma = line.indexOf(',', at);
            int end = comma < 0 ? line.length() : comma;
            fields.add(field.append(line, at, end).toString());
            if (comma < 0) {
                return fields;
            }
            at = comma + 1;
        }
    }

    private static int quoted(String line, int start, StringBuilder field) {
        int at = start;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '\\' && at + 1 < line.length()) {
                field.append(c).append(line.charAt(at + 1));
                at += 2;
            } else if (c != '"') {
                field.append(c);
                at++;
            } else if (line.startsWith("\"\"", at)) {
                field.append('"');
                at += 2;
            } else {
                return at + 1;
            }
        }
        return at;
    }
}
