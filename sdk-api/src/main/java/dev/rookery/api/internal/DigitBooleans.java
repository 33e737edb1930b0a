package dev.rookery.api.internal;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import org.jspecify.annotations.Nullable;

/** Takes the texts {@code 1} and {@code 0} for truth values, as PHP's database drivers give them. */
public final class DigitBooleans extends DeserializationProblemHandler {

    /** Creates the handler. */
    public DigitBooleans() {}

    @Override
    public @Nullable Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String problem) {
        if (type == boolean.class || type == Boolean.class) {
            return switch (value) {
                case "1" -> true;
                case "0" -> false;
                default -> NOT_HANDLED;
            };
        }
        return NOT_HANDLED;
    }
}
