package dev.rookery.api.egg;

import org.jspecify.annotations.Nullable;

/**
 * Finds placeholders: {@code {{key}}} and {@code ${key}}. One pass from left to right, and what was put in is never looked at again.
 */
final class PlaceholderScanner {

    private PlaceholderScanner() {}

    /** What stands for a placeholder. */
    @FunctionalInterface
    interface Values {

        /**
         * Returns what stands for a placeholder, null if it stays as it is.
         *
         * @param key what is between the braces, blanks included
         * @param shell whether it is written as the shell does it
         */
        @Nullable
        String find(String key, boolean shell);
    }

    static String resolve(String text, Values values) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length() + 64);
        resolve(text, values, out);
        return out.toString();
    }

    static void resolve(String text, Values values, StringBuilder out) {
        int at = 0;
        while (at < text.length()) {
            boolean braces = text.startsWith("{{", at);
            int end = braces || text.startsWith("${", at) ? endOfKey(text, at + 2) : -1;
            if (end < 0 || !text.startsWith(braces ? "}}" : "}", end)) {
                out.append(text.charAt(at));
                at++;
                continue;
            }
            int behind = end + (braces ? 2 : 1);
            var value = values.find(text.substring(at + 2, end), !braces);
            out.append(value == null ? text.substring(at, behind) : value);
            at = behind;
        }
    }

    /** Returns where the key that begins at {@code from} is followed by a brace, -1 if it is not. */
    private static int endOfKey(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
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
