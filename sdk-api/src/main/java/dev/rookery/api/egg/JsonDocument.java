package dev.rookery.api.egg;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.rookery.api.Json;
import dev.rookery.api.egg.EggException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses JSON as strictly as PHP does. Of members with the same name the last one counts, as there. */
final class JsonDocument {

    private static final int MAX_FAULT = 120;
    /** Strangers' names are not worth keeping; texts are as long as the file at most, whose size is bounded. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final DocumentPath path;
    private final Warnings warnings;
    /** Where everything stands, if this is a text inside of another document. */
    private final @Nullable EggPlace outer;

    private JsonDocument(JsonParser parser, DocumentPath path, Warnings warnings, @Nullable EggPlace outer) {
        this.parser = parser;
        this.path = path;
        this.warnings = warnings;
        this.outer = outer;
    }

    /**
     * Parses a text.
     *
     * @param outer where the text stands, if it is one inside of a document
     * @throws EggException if it is not JSON, or too large
     */
    static Placed parse(String json, DocumentPath path, Warnings warnings, @Nullable EggPlace outer) {
        try (var parser = FACTORY.createParser(json)) {
            return new JsonDocument(parser, path, warnings, outer).document();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory", e);
        }
    }

    private Placed document() throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw malformed("it is empty", parser.currentLocation(), null);
            }
            var value = value();
            if (parser.nextToken() != null) {
                throw malformed("something follows its end", parser.currentTokenLocation(), null);
            }
            return value;
        } catch (StreamConstraintsException e) {
            var place = place(parser.currentLocation());
            throw new EggException(
                    Reason.TOO_LARGE, path.toString(), place, "egg: " + e.getOriginalMessage() + " at " + place, null);
        } catch (JsonProcessingException e) {
            throw malformed(fault(e.getOriginalMessage()), e.getLocation(), null);
        } catch (NumberFormatException e) {
            throw malformed("a number is too large", parser.currentTokenLocation(), e);
        }
    }

    private Placed value() throws IOException {
        var place = place(parser.currentTokenLocation());
        path.count(1, place);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(place);
            case START_ARRAY -> array(place);
            case VALUE_STRING -> Placed.scalar(new Json.Text(text(parser.getText(), place)), place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Placed.scalar(new Json.Num(parser.getDecimalValue()), place);
            case VALUE_TRUE -> Placed.scalar(new Json.Bool(true), place);
            case VALUE_FALSE -> Placed.scalar(new Json.Bool(false), place);
            default -> Placed.nothing(place);
        };
    }

    private Placed object(EggPlace place) throws IOException {
        Map<String, Placed> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var at = place(parser.currentTokenLocation());
            var name = text(parser.currentName(), at);
            path.enter(name, at);
            parser.nextToken();
            if (members.put(name, value()) != null) {
                warnings.add(
                        EggRule.DUPLICATE_MEMBER, path.toString(), at, "occurs more than once; the last one counts");
            }
            path.leave();
        }
        return Placed.object(members, place);
    }

    private Placed array(EggPlace place) throws IOException {
        List<Placed> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            path.enter(items.size(), place(parser.currentTokenLocation()));
            items.add(value());
            path.leave();
        }
        return Placed.array(items, place);
    }

    private String text(String text, EggPlace place) {
        return UnicodeText.whole(
                text,
                () -> warnings.add(EggRule.LONE_SURROGATE, path.toString(), place, "holds half a character; replaced"));
    }

    private EggException malformed(String fault, @Nullable JsonLocation location, @Nullable Throwable cause) {
        // Jackson looks ahead: its own position is where the fault is.
        var at = path(parser.getParsingContext());
        var where = location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        var inText = outer == null ? "" : " of the text at " + outer;
        return new EggException(
                Reason.MALFORMED,
                at,
                place(location),
                "egg: not JSON" + where + inText + (at.isEmpty() ? "" : ", in " + at) + ": " + fault
                        + " (expected: an egg as JSON or YAML)",
                cause);
    }

    private String path(@Nullable JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return path.base();
        }
        var parent = path(context.getParent());
        if (context.inArray()) {
            return parent + "[" + Math.max(0, context.getCurrentIndex()) + "]";
        }
        return context.hasCurrentName() ? DocumentPath.member(parent, context.getCurrentName()) : parent;
    }

    private EggPlace place(@Nullable JsonLocation location) {
        if (outer != null) {
            return outer;
        }
        return location == null
                ? new EggPlace(1, 1)
                : new EggPlace(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** Jackson's words, without what they quote of the file at length. */
    private static String fault(String words) {
        var line = words.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_FAULT ? line : line.substring(0, MAX_FAULT) + "...";
    }
}
