package dev.rookery.daemon.internal.http;

import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.nio.charset.StandardCharsets;

/**
 * Writes a console frame as it goes over a socket: whole, unmasked, not compressed. What a general JSON writer does with several copies is
 * done here in one pass, because a server may print a hundred thousand lines a second.
 */
final class FrameBytes {

    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int SHORT_MAX = 125;
    private static final int MEDIUM_MAX = 0xffff;
    private static final int MEDIUM = 126;
    private static final int LONG = 127;

    private static final byte[] EVENT = ascii("{\"event\":");
    private static final byte[] ARGS = ascii(",\"args\":[");
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    /** How many bytes each ASCII character takes within a JSON text, and how the short escapes go on. */
    private static final byte[] SIZES = new byte[128];

    private static final byte[] SHORT_ESCAPES = new byte[128];

    static {
        for (int c = 0; c < SIZES.length; c++) {
            SIZES[c] = (byte) (c < 0x20 ? 6 : 1);
        }
        var escapes = "\"\"\\\\\bb\tt\nn\ff\rr";
        for (int i = 0; i < escapes.length(); i += 2) {
            SIZES[escapes.charAt(i)] = 2;
            SHORT_ESCAPES[escapes.charAt(i)] = (byte) escapes.charAt(i + 1);
        }
    }

    private final byte[] bytes;
    private int at;

    private FrameBytes(int payload) {
        int head = payload <= SHORT_MAX ? 2 : payload <= MEDIUM_MAX ? 4 : 10;
        bytes = new byte[head + payload];
        bytes[at++] = FINAL_TEXT;
        if (payload <= SHORT_MAX) {
            bytes[at++] = (byte) payload;
        } else {
            bytes[at++] = (byte) (payload <= MEDIUM_MAX ? MEDIUM : LONG);
            for (int shift = (head - 3) * 8; shift >= 0; shift -= 8) {
                bytes[at++] = (byte) ((long) payload >>> shift);
            }
        }
    }

    /** Returns the frame with its header. */
    static byte[] of(Frame frame) {
        var event = utf8(frame.event());
        var args = new byte[frame.args().size()][];
        int payload = EVENT.length + quotedSize(event) + 1;
        for (int i = 0; i < args.length; i++) {
            args[i] = utf8(frame.args().get(i));
            payload += quotedSize(args[i]) + (i > 0 ? 1 : 0);
        }
        payload += args.length == 0 ? 0 : ARGS.length + 1;
        var out = new FrameBytes(payload);
        out.put(EVENT);
        out.putQuoted(event);
        if (args.length > 0) {
            out.put(ARGS);
            for (int i = 0; i < args.length; i++) {
                if (i > 0) {
                    out.bytes[out.at++] = ',';
                }
                out.putQuoted(args[i]);
            }
            out.bytes[out.at++] = ']';
        }
        out.bytes[out.at++] = '}';
        return out.bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int quotedSize(byte[] text) {
        int size = 2;
        for (byte b : text) {
            size += b < 0 ? 1 : SIZES[b];
        }
        return size;
    }

    private void put(byte[] raw) {
        System.arraycopy(raw, 0, bytes, at, raw.length);
        at += raw.length;
    }

    private void putQuoted(byte[] text) {
        bytes[at++] = '"';
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b >= 0 && SIZES[b] > 1) {
                System.arraycopy(text, from, bytes, at, i - from);
                at += i - from;
                putEscaped(b);
                from = i + 1;
            }
        }
        System.arraycopy(text, from, bytes, at, text.length - from);
        at += text.length - from;
        bytes[at++] = '"';
    }

    private void putEscaped(byte b) {
        bytes[at++] = '\\';
        if (SHORT_ESCAPES[b] != 0) {
            bytes[at++] = SHORT_ESCAPES[b];
            return;
        }
        bytes[at++] = 'u';
        bytes[at++] = '0';
        bytes[at++] = '0';
        bytes[at++] = HEX[b >> 4];
        bytes[at++] = HEX[b & 0xf];
    }
}
