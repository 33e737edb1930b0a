package dev.rookery.api.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of the console socket token by token: a busy server sends a million lines in a second, and binding each to an object
 * by reflection costs more than everything else about it. Source: node API §4.2.
 */
final class FrameParser {

    private static final int DEPTH_MAX = 100;
    private static final String EXPECTED = "{\"event\":\"...\",\"args\":[...]}";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();

    private FrameParser() {}

    /**
     * Reads a frame: unknown members are skipped, absent arguments are none, null ones empty texts, and arguments that are no texts
     * become their JSON.
     */
    static Frame parse(String text) {
        try (var parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInputException("no JSON object (expected: " + EXPECTED + ")");
            }
            return members(parser);
        } catch (JsonProcessingException e) {
            // The parser's own message would quote the frame, which may hold a token.
            throw new InvalidInputException("not JSON (expected: " + EXPECTED + ")");
        } catch (IOException e) {
            throw new InvalidInputException("not JSON (expected: " + EXPECTED + ")", e);
        }
    }

    private static Frame members(JsonParser parser) throws IOException {
        String event = null;
        List<String> args = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            if (name.equals("event") && value.isScalarValue()) {
                event = parser.getValueAsString();
            } else if (name.equals("args")) {
                args = arguments(parser, value);
            } else {
                parser.skipChildren();
            }
        }
        if (event == null) {
            throw new InvalidInputException("frame without 'event' (expected: " + EXPECTED + ")");
        }
        return new Frame(event, args);
    }

    private static List<String> arguments(JsonParser parser, @Nullable JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            if (value == JsonToken.VALUE_NULL) {
                return List.of();
            }
            throw new InvalidInputException("frame whose 'args' is no list (expected: " + EXPECTED + ")");
        }
        var first = parser.nextToken();
        if (first == JsonToken.END_ARRAY) {
            return List.of();
        }
        var text = argument(parser, first);
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            return List.of(text);
        }
        var args = new ArrayList<String>();
        args.add(text);
        do {
            args.add(argument(parser, parser.currentToken()));
        } while (parser.nextToken() != JsonToken.END_ARRAY);
        return args;
    }

    private static String argument(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (token != null && token.isStructStart()) {
            return structure(parser);
        }
        return String.valueOf(parser.getValueAsString());
    }

    private static String structure(JsonParser parser) throws IOException {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
