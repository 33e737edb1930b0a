package dev.rookery.proxy.internal.caddy;

import java.util.regex.Pattern;

/**
 * Texts that Caddy would look into for placeholders: {@code {env.X}} and {@code {file./x}} would give away whatever its process can read.
 */
final class Literal {

    private static final Pattern BRACE = Pattern.compile("[{}]");

    private Literal() {}

    /** Returns the text so that it stands for itself. */
    static String of(String text) {
        return BRACE.matcher(text).replaceAll("\\\\$0");
    }

    /** Returns the text, as it is if it may have placeholders. */
    static String of(String text, boolean template) {
        return template ? text : of(text);
    }
}
