package dev.rookery.examples.panel.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes the JSON of the UI's API. An unknown member is an error that names it: the caller misspelt something. */
final class Bodies {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule(), storableTexts())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Bodies() {}

    /** Not every database can keep U+0000, and nobody types it. */
    private static SimpleModule storableTexts() {
        return new SimpleModule().addDeserializer(String.class, new StdScalarDeserializer<>(String.class) {

            private static final long serialVersionUID = 1L;

            @Override
            public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                var text = StringDeserializer.instance.deserialize(parser, context);
                if (text != null && text.indexOf('\0') >= 0) {
                    return context.reportInputMismatch(String.class, "a text with U+0000 (expected: one without)");
                }
                return text;
            }
        });
    }

    /** Reads the request's body, or throws {@code validation} naming the place. */
    static <T> T read(Context request, Class<T> type) {
        var bytes = json(request);
        try {
            T body = MAPPER.readValue(bytes, type);
            if (body == null) {
                throw new ApiError(400, "not_json", "The body is 'null' (expected: a JSON object).");
            }
            return body;
        } catch (JsonMappingException e) {
            var field = e.getPath().isEmpty() || e.getPath().get(0).getFieldName() == null
                    ? "body"
                    : e.getPath().get(0).getFieldName();
            throw ApiError.field(field, field + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw notJson(e.getLocation());
        } catch (IOException e) {
            throw new ApiError(400, "not_json", "The body could not be read.");
        }
    }

    static ApiError notJson(@Nullable JsonLocation at) {
        return new ApiError(
                400,
                "not_json",
                "The body is not JSON"
                        + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                        + ".");
    }

    /** Returns the request's body if it is said to be JSON. */
    static byte[] json(Context request) {
        requireJson(request);
        return request.bodyAsBytes();
    }

    /** A form of another site can send many things, but not this type without asking first. */
    private static void requireJson(Context request) {
        var type = request.contentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new ApiError(415, "not_json", "Content-Type: " + type + " (expected: application/json).");
        }
    }

    /** Returns a required text, or throws {@code validation}. */
    static String required(@Nullable String value, String field, int maxLength) {
        if (value == null || value.isBlank()) {
            throw ApiError.field(field, field + " is empty (expected: 1 to " + maxLength + " characters).");
        }
        if (value.length() > maxLength) {
            throw ApiError.field(
                    field, field + ": " + value.length() + " characters (expected: at most " + maxLength + ").");
        }
        return value.strip();
    }

    /** Returns a required value, or throws {@code validation}. */
    static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw ApiError.field(field, field + " is missing.");
        }
        return value;
    }
}
