package dev.rookery.examples.egglab;

import java.util.regex.Pattern;

/** Makes what a stranger's egg holds fit for a terminal. */
final class Printable {

    private static final Pattern UNFIT = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Printable() {}

    /** Returns a text on one line, without anything that moves a cursor. */
    static String line(String text) {
        return UNFIT.matcher(text).replaceAll(" ").strip();
    }
}
