package dev.rookery.proxy.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.proxy.internal.name.Shown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes JSON. A document of ours says only what we know: what a member that nobody here knows would have meant is asked for by an
 * error, not guessed. What is written is the same for the same value, byte by byte.
 */
public final class ProxyJson {

    private static final int DEPTH_MAX = 100;

    private static final JsonInclude.Value ABSENT_IS_LEFT_OUT =
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS);

    private static final JsonInclude.Value EMPTY_IS_LEFT_OUT =
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, new DurationText.Writer())
                    .addDeserializer(Duration.class, new DurationText.Reader())
                    .addSerializer(Instant.class, new InstantText.Writer())
                    .addDeserializer(Instant.class, new InstantText.Reader()))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.AUTO_DETECT_GETTERS, MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            // An empty text is a value, and may be what is meant.
            .defaultPropertyInclusion(ABSENT_IS_LEFT_OUT)
            .withConfigOverride(List.class, override -> override.setInclude(EMPTY_IS_LEFT_OUT))
            .withConfigOverride(Map.class, override -> override.setInclude(EMPTY_IS_LEFT_OUT))
            .build();

    private ProxyJson() {}

    /**
     * Reads one value.
     *
     * @throws InvalidInputException if the text is not JSON, or says something that the type does not have; the message names the place
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            return value(parser, type);
        } catch (JsonProcessingException e) {
            var where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new InvalidInputException("not JSON" + where + " (expected: " + type.getSimpleName() + ")", null);
        } catch (IOException e) {
            throw new InvalidInputException("not JSON (expected: " + type.getSimpleName() + ")", e);
        }
    }

    /** What was given instead can be said as long as the parser is there. */
    private static <T> T value(JsonParser parser, Class<T> type) throws IOException {
        try {
            Object value = MAPPER.readValue(parser, type);
            if (value == null || !type.isInstance(value)) {
                throw new InvalidInputException("null (expected: " + type.getSimpleName() + " as JSON)");
            }
            return type.cast(value);
        } catch (JsonMappingException e) {
            throw new InvalidInputException("at '" + place(e) + "': " + said(e), e.getCause());
        }
    }

    /** Reads any value. */
    public static Json read(byte[] json) {
        return read(json, Json.class);
    }

    /** Writes a value. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that cannot be written as JSON", e);
        }
    }

    /** Writes a value of JSON without blanks, its members in order of their names. */
    public static byte[] canonical(Json value) {
        var bytes = new ByteArrayOutputStream();
        try (var out =
                MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).createGenerator(bytes)) {
            SortedWriter.write(value, out);
        } catch (IOException e) {
            throw new IllegalStateException("a value that cannot be written as JSON", e);
        }
        return bytes.toByteArray();
    }

    /** Returns what {@link #write} says of a value, without the text between. */
    public static Json tree(Object value) {
        return MAPPER.convertValue(value, Json.class);
    }

    /** What our own values say is for people; what the library says comes as it is, one line of it. */
    private static String said(JsonMappingException e) {
        if (e.getCause() instanceof InvalidInputException ours) {
            return String.valueOf(ours.getMessage());
        }
        if (e.getCause() instanceof NullPointerException missing) {
            return "no " + missing.getMessage() + " (expected: one)";
        }
        return JsonRefusal.of(e);
    }

    private static String place(JsonMappingException e) {
        var place = new StringBuilder();
        e.getPath()
                .forEach(step -> place.append('/')
                        .append(step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName()));
        return Shown.of(place.toString());
    }
}
