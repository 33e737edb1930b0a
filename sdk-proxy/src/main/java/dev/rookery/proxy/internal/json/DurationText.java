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
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Times as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 24h}. */
final class DurationText {

    private static final Pattern TIME = Pattern.compile("(\\d{1,15})(ns|ms|s|m|h)");

    private DurationText() {}

    static Duration parse(String text) {
        var match = TIME.matcher(text);
        if (!match.matches()) {
            throw new InvalidInputException("time '" + Shown.of(text) + "' (expected: such as 250ms, 30s, 5m or 24h)");
        }
        var unit = switch (match.group(2)) {
            case "ns" -> ChronoUnit.NANOS;
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            default -> ChronoUnit.HOURS;
        };
        try {
            return Duration.of(Long.parseLong(match.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new InvalidInputException("time '" + Shown.of(text) + "' (expected: a shorter one)", e);
        }
    }

    /** Reads times. */
    static final class Reader extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parse(parser.getText());
        }
    }

    /** Writes times. */
    static final class Writer extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider serializers) throws IOException {
            out.writeString(Tree.time(value));
        }
    }
}
