package dev.rookery.api.configfile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a file, and the way back to its bytes. A file that is not UTF-8, nor UTF-16 with its mark, is read as ISO 8859-1, in which
 * every byte is a character and comes back as the same byte.
 */
final class SourceText {

    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] LITTLE_MARK = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] BIG_MARK = {(byte) 0xfe, (byte) 0xff};

    private final byte[] mark;
    private final Charset charset;
    private final String text;

    private SourceText(byte[] mark, Charset charset, String text) {
        this.mark = mark;
        this.charset = charset;
        this.text = text;
    }

    static SourceText of(byte[] content) {
        if (begins(content, LITTLE_MARK) || begins(content, BIG_MARK)) {
            var utf16 = begins(content, BIG_MARK) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
            var rest = Arrays.copyOfRange(content, LITTLE_MARK.length, content.length);
            try {
                return new SourceText(Arrays.copyOf(content, LITTLE_MARK.length), utf16, decode(utf16, rest));
            } catch (CharacterCodingException ignored) {
                // No UTF-16 after all: read byte by byte below.
            }
        }
        boolean marked = begins(content, UTF_8_MARK);
        var rest = marked ? Arrays.copyOfRange(content, UTF_8_MARK.length, content.length) : content;
        var mark = marked ? UTF_8_MARK : new byte[0];
        try {
            return new SourceText(mark, StandardCharsets.UTF_8, decode(StandardCharsets.UTF_8, rest));
        } catch (CharacterCodingException ignored) {
            // Some other code: every byte is kept.
            return new SourceText(mark, StandardCharsets.ISO_8859_1, new String(rest, StandardCharsets.ISO_8859_1));
        }
    }

    String text() {
        return text;
    }

    /**
     * Returns the bytes of another text in the file's code.
     *
     * @throws ConfigFileException if the code does not have its characters, or the bytes would be read as something else
     */
    byte[] encode(String changed) {
        var bytes = bytes(changed);
        var again = of(bytes);
        if (!again.text.equals(changed) || !Arrays.equals(again.mark, mark)) {
            throw new ConfigFileException("the changed file would be read in another encoding than " + charset
                    + " (expected: a file in UTF-8, and no byte order mark in a value)");
        }
        return bytes;
    }

    private byte[] bytes(String changed) {
        ByteBuffer encoded;
        try {
            encoded = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(changed));
        } catch (CharacterCodingException e) {
            throw new ConfigFileException("a new value holds characters that the file's encoding, " + charset
                    + ", does not have (expected: only such as it has, or a file in UTF-8)");
        }
        var bytes = Arrays.copyOf(mark, mark.length + encoded.remaining());
        encoded.get(bytes, mark.length, encoded.remaining());
        return bytes;
    }

    private static String decode(Charset charset, byte[] bytes) throws CharacterCodingException {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static boolean begins(byte[] content, byte[] mark) {
        return content.length >= mark.length && Arrays.equals(content, 0, mark.length, mark, 0, mark.length);
    }
}
