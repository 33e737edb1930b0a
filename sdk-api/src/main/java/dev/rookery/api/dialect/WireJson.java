package dev.rookery.api.dialect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.Patch;
import dev.rookery.api.internal.DigitBooleans;
import dev.rookery.api.internal.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads and writes the values of this module as the JSON of the protocol: tolerant when reading (unknown members are ignored, numbers
 * may be texts, absent lists are empty), exact when writing (empty optionals are left out).
 */
public final class WireJson {

    private static final int MAX_DEPTH = 100;

    private static final JsonInclude.Value LEAVE_OUT_EMPTY =
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY);

    private static final JsonSetter.Value NO_LIST_IS_EMPTY = JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addHandler(new DigitBooleans())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // What is carried without being understood has to keep its digits.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.AUTO_DETECT_GETTERS, MapperFeature.AUTO_DETECT_IS_GETTERS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            // What PHP writes as [] because it is empty may be a map, or an object of which nothing is known.
            .withCoercionConfig(
                    LogicalType.Map, c -> c.setCoercion(CoercionInputShape.EmptyArray, CoercionAction.AsEmpty))
            .withCoercionConfig(
                    LogicalType.POJO, c -> c.setCoercion(CoercionInputShape.EmptyArray, CoercionAction.AsNull))
            .withConfigOverride(Patch.class, o -> o.setInclude(LEAVE_OUT_EMPTY))
            .withConfigOverride(List.class, o -> o.setSetterInfo(NO_LIST_IS_EMPTY))
            .withConfigOverride(Set.class, o -> o.setSetterInfo(NO_LIST_IS_EMPTY))
            .withConfigOverride(Map.class, o -> o.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    private WireJson() {}

    /**
     * Reads one value.
     *
     * @throws InvalidInputException if the text is not JSON, or lacks what the type needs; the message names the place, not the text
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            // Not every value of a tree is of the kind that was asked for, whatever the type parameter says.
            Object value = MAPPER.readValue(json, type);
            if (value == null || !type.isInstance(value)) {
                var found = value == null ? "null" : value.getClass().getSimpleName();
                throw new InvalidInputException(found + " (expected: " + type.getSimpleName() + " as JSON)");
            }
            return type.cast(value);
        } catch (JsonMappingException e) {
            throw new InvalidInputException(
                    type.getSimpleName() + " at '" + place(e) + "': " + e.getOriginalMessage(), e.getCause());
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "not JSON at " + where(e) + " (expected: " + type.getSimpleName() + ")", null);
        } catch (IOException | NumberFormatException e) {
            throw new InvalidInputException("not JSON (expected: " + type.getSimpleName() + ")", e);
        }
    }

    /**
     * Reads every value of a text that may hold several, one after the other; none if it is empty.
     *
     * @throws InvalidInputException if a part of it is not JSON
     */
    public static List<Json> readAll(byte[] json) {
        try (var parser = MAPPER.createParser(json)) {
            var all = new ArrayList<Json>();
            for (JsonNode value = MAPPER.readTree(parser); value != null; value = MAPPER.readTree(parser)) {
                all.add(JsonCodec.fromTree(value));
            }
            return List.copyOf(all);
        } catch (IOException | NumberFormatException e) {
            throw new InvalidInputException("not JSON (expected: JSON values)", e);
        }
    }

    /** Reads one value from a text. */
    public static <T> T read(String json, Class<T> type) {
        return read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    /** Reads one value out of a tree. */
    public static <T> T read(Json json, Class<T> type) {
        return read(write(json), type);
    }

    /** Writes one value as UTF-8. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** Writes one value as text. */
    public static String writeText(Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    private static String place(JsonMappingException e) {
        var path = new StringBuilder();
        for (var reference : e.getPath()) {
            if (reference.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            } else {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static String where(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null ? "?" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
