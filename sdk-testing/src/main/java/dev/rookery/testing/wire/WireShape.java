package dev.rookery.testing.wire;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.dialect.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is left of an answer when everything goes that differs from run to run. Texts of failures stay word by word, since front ends
 * depend on them; elsewhere a value is replaced by its type. Of lists the first entry stands for all, except where the names matter.
 */
final class WireShape {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*");
    private static final int TEXT_MAX = 200;
    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private WireShape() {}

    /** Returns the shape of a body: JSON if it is, however it calls itself; else the text, or only that there is one. */
    static Json ofBody(byte[] body, boolean failure, boolean names, boolean binary) {
        if (body.length == 0) {
            return new Json.Text("");
        }
        if (binary) {
            return new Json.Text("@bytes");
        }
        var text = new String(body, StandardCharsets.UTF_8);
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                var json = WireJson.read(body, Json.class);
                return names ? names(json) : failure ? words(json) : types(json);
            } catch (InvalidInputException ignored) {
                // A text that only looks like JSON.
            }
        }
        return new Json.Text(text.length() > TEXT_MAX ? "@text" : cleaned(text));
    }

    /** Returns the words of a failure; only ids in them are replaced. */
    static Json words(Json json) {
        if (json instanceof Json.Text text) {
            return new Json.Text(cleaned(text.value()));
        }
        if (json instanceof Json.Obj object) {
            var members = new TreeMap<String, Json>();
            object.members().forEach((name, value) -> members.put(name, words(value)));
            return new Json.Obj(members);
        }
        if (json instanceof Json.Array array) {
            return new Json.Array(array.items().stream().map(WireShape::words).toList());
        }
        return json;
    }

    static Json types(Json json) {
        if (json instanceof Json.Text text) {
            return new Json.Text(kind(text.value()));
        }
        if (json instanceof Json.Num) {
            return new Json.Text("@number");
        }
        if (json instanceof Json.Bool) {
            return new Json.Text("@boolean");
        }
        if (json instanceof Json.Array array) {
            return new Json.Array(
                    array.items().stream().limit(1).map(WireShape::types).toList());
        }
        if (json instanceof Json.Obj object) {
            Map<String, Json> members = new TreeMap<>();
            object.members().forEach((name, value) -> members.put(cleaned(name), types(value)));
            return new Json.Obj(members);
        }
        return json;
    }

    /** Returns the names of a list of files, in their order. */
    private static Json names(Json json) {
        var names = new ArrayList<Json>();
        if (json instanceof Json.Array array) {
            for (var item : array.items()) {
                if (item instanceof Json.Obj entry) {
                    names.add(entry.members().getOrDefault("name", Json.Null.INSTANCE));
                }
            }
        }
        return new Json.Array(names);
    }

    /** Returns a text without what changes from run to run. */
    static String cleaned(String text) {
        return UUID.matcher(text.strip()).replaceAll("@uuid");
    }

    private static String kind(String text) {
        if (UUID.matcher(text).matches()) {
            return "@uuid";
        }
        return TIME.matcher(text).matches() ? "@time" : "@text";
    }

    /** Returns a header's value with figures and ids replaced. */
    static String header(String name, String value) {
        if (name.equals("content-length")) {
            return "@number";
        }
        var cleaned = cleaned(value);
        return name.equals("user-agent")
                ? "@agent"
                : name.equals("content-disposition") || name.equals("content-type") || name.equals("location")
                        ? cleaned
                        : NUMBERS.matcher(cleaned).replaceAll("@n");
    }

    static Json object(Map<String, String> texts) {
        var members = new LinkedHashMap<String, Json>();
        texts.forEach((name, value) -> members.put(name, new Json.Text(value)));
        return new Json.Obj(members);
    }
}
