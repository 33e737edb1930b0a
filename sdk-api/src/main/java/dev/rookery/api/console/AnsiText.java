package dev.rookery.api.console;

/** Removes ANSI control sequences, such as colours, from console text. */
public final class AnsiText {

    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';
    private static final char CSI = '\u009b';
    private static final char STRING_TERMINATOR = '\u009c';
    /** The one-character forms of {@code ESC P}, {@code ESC X}, {@code ESC ]}, {@code ESC ^} and {@code ESC _}. */
    private static final String STRING_BEGINNERS = "\u0090\u0098\u009d\u009e\u009f";

    private AnsiText() {}

    /**
     * Returns {@code text} without control sequences, in linear time. A sequence that the end of the text cuts off goes as a whole;
     * other control characters stay.
     */
    public static String strip(String text) {
        int next = nextSequence(text, 0);
        if (next == text.length()) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        int from = 0;
        while (next < text.length()) {
            plain.append(text, from, next);
            from = endOfSequence(text, next);
            next = nextSequence(text, from);
        }
        return plain.append(text, from, text.length()).toString();
    }

    private static int nextSequence(String text, int from) {
        int i = from;
        while (i < text.length() && !beginsSequence(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean beginsSequence(char c) {
        return c == ESCAPE || c == CSI || STRING_BEGINNERS.indexOf(c) >= 0;
    }

    private static int endOfSequence(String text, int start) {
        char first = text.charAt(start);
        if (first == CSI) {
            return endOfParameters(text, start + 1);
        }
        if (first != ESCAPE) {
            return endOfString(text, start + 1);
        }
        if (start + 1 == text.length()) {
            return text.length();
        }
        char second = text.charAt(start + 1);
        if (second == '[') {
            return endOfParameters(text, start + 2);
        }
        if ("]PX^_".indexOf(second) >= 0) {
            return endOfString(text, start + 2);
        }
        return endOfEscape(text, start + 1);
    }

    /** Parameters and intermediates are {@code 0x20-0x3f}, the final byte is {@code 0x40-0x7e} (ECMA-48 §5.4). */
    private static int endOfParameters(String text, int from) {
        int i = skip(text, from, ' ', '?');
        return i < text.length() && text.charAt(i) >= '@' && text.charAt(i) <= '~' ? i + 1 : i;
    }

    /** Intermediates are {@code 0x20-0x2f}, the final byte is {@code 0x30-0x7e}. */
    private static int endOfEscape(String text, int from) {
        int i = skip(text, from, ' ', '/');
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '~' ? i + 1 : i;
    }

    private static int skip(String text, int from, char low, char high) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= low && text.charAt(i) <= high) {
            i++;
        }
        return i;
    }

    /** A control string, such as a window title, ends with BEL or ST; xterm accepts both. */
    private static int endOfString(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == BELL || c == STRING_TERMINATOR) {
                return i + 1;
            }
            if (c == ESCAPE) {
                return i + 1 < text.length() && text.charAt(i + 1) == '\\' ? i + 2 : i;
            }
        }
        return text.length();
    }
}
