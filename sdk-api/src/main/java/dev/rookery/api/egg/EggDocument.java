package dev.rookery.api.egg;

import dev.rookery.api.egg.EggException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns the bytes of a file into placed values, within the bounds of the options, and the texts in it that hold JSON. */
final class EggDocument {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final EggReaderOptions options;
    private final Warnings warnings;
    private final DocumentPath path;

    EggDocument(EggReaderOptions options, Warnings warnings) {
        this.options = options;
        this.warnings = warnings;
        this.path = new DocumentPath(options.maxDepth());
    }

    /**
     * Parses a file: JSON if its first character is a brace, otherwise YAML.
     *
     * @throws EggException if it is neither, or too large
     */
    Placed parse(byte[] file) {
        if (file.length > options.maxBytes()) {
            throw new EggException(
                    Reason.TOO_LARGE,
                    "",
                    null,
                    "egg: " + file.length + " bytes (expected: at most " + options.maxBytes() + ")",
                    null);
        }
        var text = decoded(file);
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            warnings.add(
                    EggRule.BYTE_ORDER_MARK,
                    "",
                    new EggPlace(1, 1),
                    "the file begins with a byte order mark; passed over");
            text = text.substring(1);
        }
        path.begin("");
        return text.stripLeading().startsWith("{")
                ? JsonDocument.parse(text, path, warnings, null)
                : YamlDocument.parse(text, path, warnings, options.maxAliases());
    }

    /**
     * Parses a text of the document.
     *
     * @throws EggException if it is not JSON, or too large
     */
    Placed parse(String json, EggNode node) {
        path.begin(node.path());
        return JsonDocument.parse(json, path, warnings, node.place());
    }

    private static String decoded(byte[] file) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.wrap(file);
        try {
            return decoder.decode(bytes).toString();
        } catch (CharacterCodingException e) {
            var place = place(file, bytes.position());
            throw new EggException(
                    Reason.MALFORMED,
                    "",
                    place,
                    "egg: not UTF-8 at line " + place.line() + ", column " + place.column()
                            + " (expected: an egg as JSON or YAML in UTF-8)",
                    e);
        }
    }

    private static EggPlace place(byte[] file, int position) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < position; i++) {
            if (file[i] == '\n') {
                line++;
                column = 1;
            } else if ((file[i] & 0xc0) != 0x80) {
                column++;
            }
        }
        return new EggPlace(line, column);
    }
}
