package dev.rookery.proxy.internal.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.rookery.proxy.internal.name.Shown;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in a person's words why a value was refused: what was given, and what is expected. */
final class JsonRefusal {

    private JsonRefusal() {}

    static String of(JsonMappingException refused) {
        if (refused instanceof UnrecognizedPropertyException unknown) {
            return "'" + Shown.of(unknown.getPropertyName()) + "' is not known here (expected: "
                    + names(unknown.getKnownPropertyIds()) + ")";
        }
        if (refused instanceof InvalidTypeIdException unknown) {
            var given = unknown.getTypeId() == null ? "no type" : "type '" + Shown.of(unknown.getTypeId()) + "'";
            return given + " (expected: " + types(unknown.getBaseType().getRawClass()) + ")";
        }
        if (refused instanceof InvalidFormatException wrong) {
            return "'" + Shown.of(String.valueOf(wrong.getValue())) + "' (expected: " + expected(wrong.getTargetType())
                    + ")";
        }
        if (refused instanceof MismatchedInputException wrong && wrong.getTargetType() != null && !trailing(wrong)) {
            return given(wrong) + " (expected: " + expected(wrong.getTargetType()) + ")";
        }
        return firstLine(refused);
    }

    /** What is behind the value is a mismatch, too, but has nothing to do with its type. */
    private static boolean trailing(MismatchedInputException wrong) {
        return firstLine(wrong).startsWith("Trailing token");
    }

    private static String firstLine(JsonMappingException refused) {
        return Shown.of(
                String.valueOf(refused.getOriginalMessage()).lines().findFirst().orElse(""));
    }

    private static String given(MismatchedInputException wrong) {
        if (!(wrong.getProcessor() instanceof JsonParser parser) || parser.currentToken() == null) {
            return "something else";
        }
        return switch (parser.currentToken()) {
            case START_OBJECT, FIELD_NAME, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            default -> "something else";
        };
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type.isEnum()) {
            return constants(type);
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .map(field -> field.getAnnotation(JsonProperty.class))
                .filter(name -> name != null)
                .map(JsonProperty::value)
                .collect(Collectors.joining(", "));
    }

    private static String types(Class<?> base) {
        var types = base.getAnnotation(JsonSubTypes.class);
        return types == null
                ? "another one"
                : Arrays.stream(types.value()).map(JsonSubTypes.Type::name).collect(Collectors.joining(", "));
    }

    private static String names(@Nullable Collection<Object> known) {
        return known == null || known.isEmpty()
                ? "nothing"
                : String.join(
                        ", ", new TreeSet<>(known.stream().map(String::valueOf).toList()));
    }
}
