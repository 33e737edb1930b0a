package dev.rookery.kit;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Guesses the media type of a file from its first bytes. Never one that a browser would run. */
public final class FileType {

    /** How many bytes are looked at. */
    public static final int SAMPLE_BYTES = 512;

    /** The type of what is no text and has no signature that is known. */
    public static final String BINARY = "application/octet-stream";

    private static final String TEXT_UTF8 = "text/plain; charset=utf-8";
    private static final List<Signature> SIGNATURES = List.of(
            new Signature("image/png", 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'),
            new Signature("image/jpeg", 0xff, 0xd8, 0xff),
            new Signature("image/gif", 'G', 'I', 'F', '8'),
            new Signature("application/gzip", 0x1f, 0x8b),
            new Signature("application/zip", 'P', 'K', 3, 4),
            new Signature("application/zip", 'P', 'K', 5, 6),
            new Signature("application/x-bzip2", 'B', 'Z', 'h'),
            new Signature("application/x-xz", 0xfd, '7', 'z', 'X', 'Z', 0),
            new Signature("application/zstd", 0x28, 0xb5, 0x2f, 0xfd),
            new Signature("application/x-7z-compressed", '7', 'z', 0xbc, 0xaf, 0x27, 0x1c),
            new Signature("application/pdf", '%', 'P', 'D', 'F', '-'));

    private FileType() {}

    /** Returns the type of a file that begins with {@code sample}. */
    public static String of(byte[] sample) {
        for (var signature : SIGNATURES) {
            if (signature.matches(sample)) {
                return signature.type;
            }
        }
        return text(sample) ? TEXT_UTF8 : BINARY;
    }

    private static boolean text(byte[] sample) {
        for (byte b : sample) {
            boolean control = b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b;
            if (control) {
                return false;
            }
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        // The sample may end inside a character: that is no error, since it is not flushed.
        var result = decoder.decode(ByteBuffer.wrap(sample), CharBuffer.allocate(SAMPLE_BYTES), false);
        return !result.isError();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, and copied by nobody
    private record Signature(String type, int... bytes) {

        boolean matches(byte[] sample) {
            return sample.length >= bytes.length
                    && Arrays.equals(Arrays.copyOf(sample, bytes.length), 0, bytes.length, asBytes(), 0, bytes.length);
        }

        private byte[] asBytes() {
            var copy = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                copy[i] = (byte) bytes[i];
            }
            return copy;
        }
    }
}
