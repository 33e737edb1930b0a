package dev.rookery.daemon.internal.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names of files as text. On the disk they are bytes, UTF-8 as a rule but not by force: a byte that is none becomes half a character, from which
 * it is brought back, so that every file that is listed is also found. Nobody can ask for such a name from outside: {@link PathNames} refuses
 * half characters.
 */
public final class NameBytes {

    private static final int ESCAPED = 0xDC00;
    private static final int ASCII_END = 0x80;

    private NameBytes() {}

    /** Returns a name as text from which {@link #of} makes the same bytes. */
    public static String text(byte[] name) {
        boolean plain = true;
        for (byte b : name) {
            plain &= b >= 0;
        }
        if (plain) {
            return new String(name, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            return escaped(name);
        }
    }

    /** Returns the bytes of a name or path, and a zero byte after them. */
    public static byte[] of(String name) {
        var bytes = new ByteArrayOutputStream(name.length() + 1);
        int whole = 0;
        for (int i = 0; i < name.length(); i++) {
            if (halved(name, i)) {
                bytes.writeBytes(name.substring(whole, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(name.charAt(i) - ESCAPED);
                whole = i + 1;
            } else if (Character.isHighSurrogate(name.charAt(i))) {
                i++;
            }
        }
        bytes.writeBytes(name.substring(whole).getBytes(StandardCharsets.UTF_8));
        bytes.write(0);
        return bytes.toByteArray();
    }

    /** Returns a name as others are shown it: what is not UTF-8 is a replacement character, as in the daemons of the field. */
    public static String shown(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (halved(name, i)) {
                var whole = of(name);
                return new String(whole, 0, whole.length - 1, StandardCharsets.UTF_8);
            }
        }
        return name;
    }

    /** Returns whether a name is UTF-8 on the disk. */
    public static boolean plain(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    /** Returns whether a file can be called so: no half characters but those that stand for bytes. */
    public static boolean canBe(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c) && !halved(name, i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the character is half of one that stands for a byte. */
    private static boolean halved(String name, int at) {
        char c = name.charAt(at);
        return c >= ESCAPED + ASCII_END
                && c <= ESCAPED + 0xFF
                && (at == 0 || !Character.isHighSurrogate(name.charAt(at - 1)));
    }

    /** Takes each byte that is not ASCII for itself: simple, and the way back is the same. */
    private static String escaped(byte[] name) {
        var text = new StringBuilder(name.length);
        for (byte b : name) {
            text.append((char) (b >= 0 ? b : ESCAPED + (b & 0xFF)));
        }
        return text.toString();
    }
}
