package dev.rookery.api.egg;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.rookery.api.Json;
import dev.rookery.api.egg.EggException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses JSON within the bounds of the options. Of members with the same name the last one counts, as in PHP. */
final class EggDocument {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    /** Each value costs far more memory than the two bytes it may be written with. */
    private static final int MAX_VALUES = 100_000;

    private final JsonFactory factory;
    private final EggReaderOptions options;
    private final Warnings warnings;
    private int values;

    EggDocument(EggReaderOptions options, Warnings warnings) {
        this.options = options;
        this.warnings = warnings;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(options.maxDepth())
                        .maxStringLength(options.maxBytes())
                        .build())
                .build();
    }

    /**
     * Parses a text of a document.
     *
     * @param path where the text stands, empty for the document itself
     * @throws EggException if it is not JSON, or too large
     */
    Json parse(byte[] json, String path) {
        if (json.length > options.maxBytes()) {
            throw new EggException(
                    Reason.TOO_LARGE,
                    path,
                    "egg: " + json.length + " bytes (expected: at most " + options.maxBytes() + ")",
                    null);
        }
        int start = startsWithByteOrderMark(json) ? BYTE_ORDER_MARK.length : 0;
        try (var parser = factory.createParser(json, start, json.length - start)) {
            if (parser.nextToken() == null) {
                throw notJson(path, "it is empty", null);
            }
            var value = value(parser, path);
            if (parser.nextToken() != null) {
                throw notJson(path, "something follows its end" + where(parser), null);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new EggException(Reason.TOO_LARGE, path, at(path) + e.getOriginalMessage(), null);
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            var place =
                    location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
            // Jackson's own text quotes the file at length; line and column are what helps.
            throw notJson(path, "it breaks off or goes wrong" + place, null);
        } catch (NumberFormatException e) {
            throw notJson(path, "it holds a number that is too large", e);
        } catch (IOException e) {
            throw notJson(path, "it is not valid UTF-8", e);
        }
    }

    Json parse(String json, String path) {
        return parse(json.getBytes(StandardCharsets.UTF_8), path);
    }

    private Json value(JsonParser parser, String path) throws IOException {
        if (++values > MAX_VALUES) {
            throw new EggException(
                    Reason.TOO_LARGE, path, "egg: more than " + MAX_VALUES + " values (expected: fewer)", null);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path);
            case START_ARRAY -> array(parser, path);
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getDecimalValue());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            default -> Json.Null.INSTANCE;
        };
    }

    private Json object(JsonParser parser, String path) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            var memberPath = EggNode.memberPath(path, name);
            if (members.put(name, value(parser, memberPath)) != null) {
                warnings.add(memberPath, "occurs more than once; the last one counts");
            }
        }
        return new Json.Obj(members);
    }

    private Json array(JsonParser parser, String path) throws IOException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, path + "[" + items.size() + "]"));
        }
        return new Json.Array(items);
    }

    private static EggException notJson(String path, String fault, @org.jspecify.annotations.Nullable Throwable cause) {
        return new EggException(
                Reason.NOT_JSON,
                path,
                at(path) + "not JSON, " + fault + " (expected: "
                        + (path.isEmpty() ? "an egg of format " + EggFormat.versions() + " as JSON" : "JSON") + ")",
                cause);
    }

    private static String at(String path) {
        return path.isEmpty() ? "egg: " : path + ": ";
    }

    private static String where(JsonParser parser) {
        var location = parser.currentTokenLocation();
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static boolean startsWithByteOrderMark(byte[] json) {
        return json.length >= BYTE_ORDER_MARK.length
                && json[0] == BYTE_ORDER_MARK[0]
                && json[1] == BYTE_ORDER_MARK[1]
                && json[2] == BYTE_ORDER_MARK[2];
    }
}
