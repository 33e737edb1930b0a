package dev.rookery.api.egg;

/** Sees to it that texts can be written down: half of a surrogate pair has no form in UTF-8. */
final class UnicodeText {

    private static final char REPLACEMENT = '\ufffd';

    private UnicodeText() {}

    /** Returns the text with a replacement character for each lone surrogate. */
    static String whole(String text, Runnable replaced) {
        int at = lone(text, 0);
        if (at < 0) {
            return text;
        }
        var whole = new StringBuilder(text);
        for (; at >= 0; at = lone(text, at + 1)) {
            whole.setCharAt(at, REPLACEMENT);
        }
        replaced.run();
        return whole.toString();
    }

    private static int lone(String text, int from) {
        int i = from;
        while (i < text.length()) {
            int character = text.codePointAt(i);
            if (character <= Character.MAX_VALUE && Character.isSurrogate((char) character)) {
                return i;
            }
            i += Character.charCount(character);
        }
        return -1;
    }
}
