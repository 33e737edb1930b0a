package dev.rookery.proxy.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.internal.name.Shown;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Moments, such as {@code 2026-03-01T12:00:00Z}. */
final class InstantText {

    private InstantText() {}

    /** Reads moments. */
    static final class Reader extends JsonDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeException e) {
                throw new InvalidInputException(
                        "moment '" + Shown.of(parser.getText()) + "' (expected: such as 2026-03-01T12:00:00Z)", e);
            }
        }
    }

    /** Writes moments. */
    static final class Writer extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider serializers) throws IOException {
            out.writeString(value.toString());
        }
    }
}
