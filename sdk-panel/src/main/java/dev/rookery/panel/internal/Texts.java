package dev.rookery.panel.internal;

/** What texts of others become before they are stored. */
public final class Texts {

    private Texts() {}

    /** Returns a text without U+0000, which not every database can keep. */
    public static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
}
