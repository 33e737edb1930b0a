package dev.rookery.daemon.internal.console;

/** Counts what texts take in UTF-8. */
final class Utf8 {

    private Utf8() {}

    /** Returns how many bytes the text takes. */
    static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // Two surrogates make four bytes, two each.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
