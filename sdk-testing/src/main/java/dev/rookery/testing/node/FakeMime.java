package dev.rookery.testing.node;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Guesses the media type of a file by its first bytes. */
final class FakeMime {

    private static final int SAMPLE = 512;

    private FakeMime() {}

    static String of(byte[] bytes) {
        if (begins(bytes, 0x1f, 0x8b)) {
            return "application/gzip";
        }
        if (begins(bytes, 'P', 'K', 3, 4) || begins(bytes, 'P', 'K', 5, 6)) {
            return "application/zip";
        }
        if (begins(bytes, 'B', 'Z', 'h')) {
            return "application/x-bzip2";
        }
        if (begins(bytes, 0xfd, '7', 'z', 'X', 'Z')) {
            return "application/x-xz";
        }
        if (begins(bytes, 0x89, 'P', 'N', 'G')) {
            return "image/png";
        }
        return text(bytes) ? "text/plain; charset=utf-8" : "application/octet-stream";
    }

    private static boolean begins(byte[] bytes, int... signature) {
        for (int i = 0; i < signature.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean text(byte[] bytes) {
        var sample = Arrays.copyOf(bytes, Math.min(bytes.length, SAMPLE));
        for (byte b : sample) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sample));
            return true;
        } catch (CharacterCodingException ignored) {
            // A sample that ends within a character counts as text too.
            return bytes.length > SAMPLE;
        }
    }
}
