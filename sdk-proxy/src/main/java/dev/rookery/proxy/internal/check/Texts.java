package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Shown;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks texts that end up in configurations: what may be in a header, a path, or a placeholder. */
final class Texts {

    static final int LONG_MAX = 256 << 10;

    private static final int VALUE_MAX = 8 << 10;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\\\)\\{([^{}]*)}");
    /** What only says something of the request or its answer. */
    private static final Pattern ALLOWED =
            Pattern.compile("http\\.request\\.(?!body)[a-z0-9_.*-]+|http\\.vars\\.client_ip"
                    + "|http\\.reverse_proxy\\.[a-z0-9_.-]+|http\\.error\\.[a-z_]+");

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Texts() {}

    /** Checks the name of a header that is to be changed. */
    static void headerName(Findings found, String name) {
        found.require(
                TOKEN.matcher(name).matches(),
                "HEADER_NAME",
                "header '" + Shown.of(name) + "' (expected: letters, digits and hyphens, at most 128)");
        found.require(
                !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)),
                "HEADER_FORBIDDEN",
                "header '" + Shown.of(name) + "' (expected: none that is about the connection itself)");
        found.require(
                !name.equalsIgnoreCase("host"),
                "HEADER_FORBIDDEN",
                "header 'Host' (expected: the member hostHeader of the proxy action)");
    }

    /** Checks that no header is named twice, in whatever letters. */
    static void once(Findings found, Collection<String> names) {
        var known = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        for (var name : names) {
            found.require(
                    known.add(name),
                    "HEADER_TWICE",
                    "header '" + Shown.of(name) + "' is set, added or deleted twice (expected: one of these)");
        }
    }

    /** Checks a text that stands in a header. */
    static void headerValue(Findings found, String value, boolean template) {
        line(found, "HEADER_VALUE", value, VALUE_MAX);
        if (template) {
            placeholders(found, value);
        }
    }

    /** Checks a text of one line. */
    static void line(Findings found, String code, String value, int max) {
        found.require(
                value.length() <= max,
                code,
                "a text of " + value.length() + " characters (expected: at most " + max + ")");
        found.require(
                value.chars().noneMatch(letter -> (letter < ' ' && letter != '\t') || letter == 0x7f),
                code,
                "'" + Shown.of(value) + "' (expected: no line breaks and other control characters)");
    }

    /** Checks a text of many lines. */
    static void body(Findings found, String value) {
        found.require(
                value.length() <= LONG_MAX,
                "BODY",
                "a body of " + value.length() + " characters (expected: at most " + LONG_MAX + ")");
        found.require(value.indexOf('\0') < 0, "BODY", "a body with a zero byte (expected: text)");
    }

    /** Checks that a template asks only for what a stranger may know. */
    static void placeholders(Findings found, String template) {
        var match = PLACEHOLDER.matcher(template);
        while (match.find()) {
            found.require(
                    ALLOWED.matcher(match.group(1)).matches(),
                    "TEMPLATE_PLACEHOLDER",
                    "placeholder '{" + Shown.of(match.group(1))
                            + "}' (expected: one of the request, the upstream or the error; none of files, variables or the system)");
        }
    }

    /** Checks a path, or the beginning of one. */
    static void path(Findings found, String code, String path) {
        line(found, code, path, 2048);
        found.require(
                path.startsWith("/") && path.indexOf(' ') < 0 && path.indexOf('#') < 0,
                code,
                "path '" + Shown.of(path) + "' (expected: one that begins with a slash, without blanks)");
    }

    /** Returns whether braces would be escaped. */
    static boolean braces(String literal) {
        return literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0;
    }
}
