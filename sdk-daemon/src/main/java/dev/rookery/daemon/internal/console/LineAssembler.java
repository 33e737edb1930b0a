package dev.rookery.daemon.internal.console;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a terminal's bytes into lines: at LF, without the CRs before it; empty lines are left out; what is longer than the limit goes on as
 * a further line, never cut within a character or an ANSI sequence. The same bytes give the same lines, however they arrive. Not
 * thread-safe.
 */
public final class LineAssembler {

    private static final int ESCAPE = 0x1b;
    /** An ANSI sequence that is longer than this is text. */
    private static final int ANSI_MAX = 64;

    private final int maxBytes;
    private final Consumer<String> lines;
    private byte[] buffer = new byte[256];
    private int length;

    /**
     * Creates an assembler.
     *
     * @param maxBytes where longer lines are cut
     * @param lines hears each line
     */
    public LineAssembler(int maxBytes, Consumer<String> lines) {
        this.maxBytes = maxBytes;
        this.lines = lines;
    }

    /** Takes some bytes. */
    public void feed(byte[] bytes, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                append(bytes, from, i);
                emit();
                from = i + 1;
            }
        }
        append(bytes, from, count);
    }

    /** Takes the end: what stands without a line end is a line too. */
    public void end() {
        emit();
    }

    private void append(byte[] bytes, int from, int to) {
        int begin = from;
        while (begin < to) {
            int count = Math.min(to - begin, maxBytes - length);
            grow(length + count);
            System.arraycopy(bytes, begin, buffer, length, count);
            length += count;
            begin += count;
            if (length == maxBytes) {
                cut();
            }
        }
    }

    private void grow(int needed) {
        if (needed > buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, Math.min(maxBytes, Math.max(needed, buffer.length * 2)));
        }
    }

    private void emit() {
        int end = length;
        while (end > 0 && buffer[end - 1] == '\r') {
            end--;
        }
        length = 0;
        if (end > 0) {
            lines.accept(new String(buffer, 0, end, StandardCharsets.UTF_8));
        }
    }

    private void cut() {
        int end = beforeOpenAnsi(beforeOpenCharacter());
        if (end == 0) {
            end = length;
        }
        lines.accept(new String(buffer, 0, end, StandardCharsets.UTF_8));
        System.arraycopy(buffer, end, buffer, 0, length - end);
        length -= end;
    }

    private int beforeOpenCharacter() {
        int lead = length - 1;
        while (lead > 0 && length - lead < 4 && (buffer[lead] & 0xc0) == 0x80) {
            lead--;
        }
        int first = buffer[lead] & 0xff;
        int size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
        return lead + size > length ? lead : length;
    }

    private int beforeOpenAnsi(int end) {
        for (int i = end - 1; i >= Math.max(0, end - ANSI_MAX); i--) {
            if (buffer[i] == ESCAPE) {
                return complete(i, end) ? end : i;
            }
        }
        return end;
    }

    private boolean complete(int escape, int end) {
        if (escape + 1 >= end) {
            return false;
        }
        if (buffer[escape + 1] != '[') {
            return true;
        }
        for (int i = escape + 2; i < end; i++) {
            if (buffer[i] >= 0x40 && buffer[i] <= 0x7e) {
                return true;
            }
        }
        return false;
    }
}
