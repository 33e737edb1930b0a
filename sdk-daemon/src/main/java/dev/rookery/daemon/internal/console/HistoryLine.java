package dev.rookery.daemon.internal.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A line as it is stored: {@code number TAB milliseconds TAB text LF}, the text in UTF-8 with {@code \\} and {@code \n} for what would end
 * it early.
 *
 * @param number its number
 * @param millis when it was heard, since 1970
 * @param text without line end
 */
record HistoryLine(long number, long millis, String text) {

    /** Writes the line with its end. */
    void writeTo(ByteArrayOutputStream out) {
        out.writeBytes((number + "\t" + millis + "\t").getBytes(StandardCharsets.US_ASCII));
        var plain = text.indexOf('\\') < 0 && text.indexOf('\n') < 0;
        out.writeBytes(
                (plain ? text : text.replace("\\", "\\\\").replace("\n", "\\n")).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    /** Reads a line given without its end; null if it is not one. */
    static @Nullable HistoryLine read(byte[] bytes, int from, int to) {
        int first = tab(bytes, from, to);
        int second = first < 0 ? -1 : tab(bytes, first + 1, to);
        if (second < 0) {
            return null;
        }
        long number = number(bytes, from, first);
        long millis = number(bytes, first + 1, second);
        return number < 1 || millis < 0
                ? null
                : new HistoryLine(
                        number, millis, plain(new String(bytes, second + 1, to - second - 1, StandardCharsets.UTF_8)));
    }

    private static String plain(String text) {
        int at = text.indexOf('\\');
        if (at < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static int tab(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\t') {
                return i;
            }
        }
        return -1;
    }

    private static long number(byte[] bytes, int from, int to) {
        // 18 digits are always less than Long.MAX_VALUE.
        if (from >= to || to - from > 18) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
