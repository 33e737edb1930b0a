package dev.rookery.api.egg.rule;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;

/** Whether a text is JSON to PHP. */
final class JsonText {

    private static final int MAX_DEPTH = 512;
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    static boolean valid(String text) {
        try (var parser = FACTORY.createParser(text)) {
            int depth = 0;
            boolean ended = false;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (ended) {
                    return false;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    return false;
                }
                if (halfCharacter(parser.getText())) {
                    return false;
                }
                ended = depth == 0;
            }
            return ended;
        } catch (IOException ignored) {
            // Whatever is wrong with it: it is no JSON.
            return false;
        }
    }

    /** PHP refuses one half of a pair of surrogates alone. */
    private static boolean halfCharacter(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
