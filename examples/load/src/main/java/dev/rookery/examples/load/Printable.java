package dev.rookery.examples.load;

import java.util.regex.Pattern;

/** Makes what a stranger's node says fit for a terminal and for a table. */
final class Printable {

    private static final int LENGTH_MAX = 400;
    private static final Pattern UNFIT = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Printable() {}

    /** Returns a text on one line, without anything that moves a cursor. */
    static String line(String text) {
        var line = UNFIT.matcher(text).replaceAll(" ").strip();
        return line.length() > LENGTH_MAX ? line.substring(0, LENGTH_MAX) + "..." : line;
    }
}
