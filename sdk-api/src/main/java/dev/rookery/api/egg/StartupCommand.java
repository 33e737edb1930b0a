package dev.rookery.api.egg;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The startup command of a server, which is a shell program with placeholders. Source: eggs §9.1.
 *
 * <p>Rendering is one pass from left to right: what a value contains is never looked at again, so the outcome does not depend on
 * any order.
 *
 * @param text as the panel sends it, placeholders unresolved
 */
public record StartupCommand(String text) {

    private static final Set<String> NODE_VALUES = Set.of("SERVER_MEMORY", "SERVER_IP", "SERVER_PORT");

    /**
     * Returns the command with {@code {{NAME}}} and {@code ${NAME}} replaced by the value of that exact name.
     *
     * <p>Inside of {@code [[ ... ]]} only SERVER_MEMORY, SERVER_IP and SERVER_PORT are replaced, so that a test of the shell sees a
     * variable and not its words. A placeholder whose name is unknown is left to the shell: {@code {{NAME}}} becomes {@code ${NAME}}.
     * Everything else, such as {@code $NAME} and {@code ${NAME:-x}}, stays as it is.
     *
     * @param values by name, the three values of the node among them
     */
    public String render(Map<String, String> values) {
        var out = new StringBuilder(text.length() + 64);
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("[[", at);
            int close = open < 0 ? -1 : text.indexOf("]]", open + 2);
            if (close < 0) {
                break;
            }
            replace(text.substring(at, open), name -> Optional.ofNullable(values.get(name)), out);
            replace(text.substring(open, close + 2), name -> nodeValue(name, values), out);
            at = close + 2;
        }
        replace(text.substring(at), name -> Optional.ofNullable(values.get(name)), out);
        return out.toString();
    }

    private static Optional<String> nodeValue(String name, Map<String, String> values) {
        return NODE_VALUES.contains(name) ? Optional.ofNullable(values.get(name)) : Optional.empty();
    }

    private static void replace(String part, Function<String, Optional<String>> values, StringBuilder out) {
        int i = 0;
        while (i < part.length()) {
            boolean braces = part.startsWith("{{", i);
            int end = braces || part.startsWith("${", i) ? endOfName(part, i + 2) : -1;
            if (end < 0 || !part.startsWith(braces ? "}}" : "}", end)) {
                out.append(part.charAt(i));
                i++;
                continue;
            }
            var name = part.substring(i + 2, end);
            out.append(values.apply(name).orElse("${" + name + "}"));
            i = end + (braces ? 2 : 1);
        }
    }

    /** Returns where the name that begins at {@code from} is followed by a brace, -1 if it is not. */
    private static int endOfName(String part, int from) {
        for (int i = from; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '}') {
                return i;
            }
            if (c == '{' || c == '\n') {
                return -1;
            }
        }
        return -1;
    }
}
