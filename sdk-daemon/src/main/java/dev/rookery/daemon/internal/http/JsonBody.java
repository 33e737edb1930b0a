package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The JSON object of a request, read as the Go daemons do: keys in any case, unknown ones ignored, anything after the first value
 * ignored, {@code null} like absent. Source: node API §1.5.
 */
final class JsonBody {

    private final Map<String, Json> members;

    private JsonBody(Map<String, Json> members) {
        this.members = members;
    }

    /**
     * Reads a body.
     *
     * @throws BadBodyException if it is empty or no JSON object
     */
    static JsonBody of(Request request) {
        byte[] bytes = request.body() instanceof Request.Held held ? held.bytes() : new byte[0];
        if (blank(bytes)) {
            throw new BadBodyException(true);
        }
        Json json;
        try {
            json = WireJson.read(bytes, Json.class);
        } catch (InvalidInputException e) {
            throw new BadBodyException(e);
        }
        if (json instanceof Json.Obj object) {
            return new JsonBody(anyCase(object));
        }
        if (json != Json.Null.INSTANCE) {
            throw new BadBodyException(false);
        }
        return new JsonBody(Map.of());
    }

    /** Returns a text, empty if absent. */
    String text(String key) {
        var value = value(key);
        if (value.isEmpty()) {
            return "";
        }
        return textOf(value.get());
    }

    /** Returns a truth value, false if absent. */
    boolean bool(String key) {
        var value = value(key);
        if (value.isEmpty()) {
            return false;
        }
        if (value.get() instanceof Json.Bool bool) {
            return bool.value();
        }
        throw new BadBodyException(false);
    }

    /** Returns an object, empty if absent or anything else. */
    Optional<JsonBody> object(String key) {
        return value(key)
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .map(object -> new JsonBody(anyCase(object)));
    }

    /** Returns the whole as a value. */
    <T> T as(Class<T> type) {
        var lower = new LinkedHashMap<String, Json>();
        members.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
        try {
            return WireJson.read((Json) new Json.Obj(lower), type);
        } catch (InvalidInputException e) {
            throw new BadBodyException(e);
        }
    }

    /** Returns a list of texts, empty if absent. */
    List<String> texts(String key) {
        var value = value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof Json.Array array) {
            return array.items().stream().map(JsonBody::textOf).toList();
        }
        throw new BadBodyException(false);
    }

    private static Map<String, Json> anyCase(Json.Obj object) {
        var members = new TreeMap<String, Json>(String.CASE_INSENSITIVE_ORDER);
        members.putAll(object.members());
        return members;
    }

    private Optional<Json> value(String key) {
        return Optional.ofNullable(members.get(key.toLowerCase(Locale.ROOT)))
                .filter(value -> value != Json.Null.INSTANCE);
    }

    private static String textOf(Json value) {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        throw new BadBodyException(false);
    }

    private static boolean blank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }

    /** Thrown at a body that cannot be used. */
    static final class BadBodyException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private static final String EMPTY =
                "The data passed in the request was not in a parsable format. Please try again.";

        private final boolean empty;

        BadBodyException(boolean empty) {
            super(
                    empty
                            ? "empty body (expected: a JSON object)"
                            : "unexpected JSON (expected: an object with the named types)");
            this.empty = empty;
        }

        BadBodyException(Throwable cause) {
            super(cause.getMessage(), cause);
            this.empty = false;
        }

        Response response(String requestId) {
            return empty
                    ? Response.error(400, EMPTY).header("Content-Type", Response.TEXT_UTF8)
                    : Failures.badBody(requestId);
        }
    }
}
