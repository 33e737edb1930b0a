package dev.rookery.examples.panel.http;

import dev.rookery.api.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Files that are shown as texts: bounded, and UTF-8. */
final class FileTexts {

    /** The largest text that is shown. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private FileTexts() {}

    /** Returns all bytes of a content, or throws {@code file_too_large}. */
    static byte[] bytes(Content content, String path) throws IOException {
        if (content.sizeBytes().orElse(0) > MAX_BYTES) {
            throw tooLarge(path);
        }
        return bytes(content.stream(), path);
    }

    /** Returns all bytes of a stream, or throws {@code file_too_large}. */
    static byte[] bytes(InputStream from, String path) throws IOException {
        byte[] bytes = from.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(path);
        }
        return bytes;
    }

    /** Returns bytes as text, or throws {@code file_not_text}. */
    static String text(String path, byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException ignored) {
            // Said below, as of what has a NUL in it.
        }
        throw new ApiError(415, "file_not_text", "'" + path + "' is no text (expected: UTF-8).");
    }

    private static ApiError tooLarge(String path) {
        return new ApiError(
                413, "file_too_large", "'" + path + "' is too large (expected: at most " + MAX_BYTES + " bytes).");
    }
}
