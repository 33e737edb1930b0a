package dev.rookery.api.config;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.Patch;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the JSON of a patch into values by key, and back. */
final class PatchValues {

    /** The keys that have a field of their own in the records. */
    private static final Set<String> NAMED = Set.of(
            "debug",
            "app_name",
            "uuid",
            "token_id",
            "token",
            "api.host",
            "api.port",
            "api.ssl.enabled",
            "api.ssl.cert",
            "api.ssl.key",
            "api.upload_limit",
            "system.data",
            "system.sftp.bind_address",
            "system.sftp.bind_port",
            "system.sftp.read_only",
            "system.sftp.key_only",
            "allowed_mounts",
            "remote");

    private static final int MAX_DEPTH = 20;

    private PatchValues() {}

    /** Fills the records; values are brought into the form of their keys. */
    static NodeConfigurationPatch patch(Map<String, Json> given) {
        var values = new LinkedHashMap<String, Json>();
        given.forEach((name, value) -> values.put(name, normal(name, value)));
        var others = new LinkedHashMap<>(values);
        others.keySet().removeAll(NAMED);
        return NodeConfigurationPatch.builder()
                .debug(field("debug", Boolean.class, values))
                .appName(field("app_name", String.class, values))
                .uuid(field("uuid", String.class, values))
                .tokenId(field("token_id", String.class, values))
                .token(field("token", String.class, values))
                .api(Binding.read(ApiPatch.class, "api", values))
                .system(Binding.read(SystemPatch.class, "system", values))
                .allowedMounts(list(values))
                .remote(field("remote", URI.class, values))
                .others(others)
                .build();
    }

    /** Checks the values of keys without a field of their own. */
    static Map<String, Json> others(Map<String, Json> given) {
        var others = new LinkedHashMap<String, Json>();
        given.forEach((name, value) -> {
            if (NAMED.contains(name)) {
                throw new InvalidInputException("others: " + name + " (expected: keys without a field of their own)");
            }
            others.put(name, normal(name, value));
        });
        return Collections.unmodifiableMap(others);
    }

    /** Returns values by key. Names that nobody knows keep their own spelling. */
    static Map<String, Json> fromJson(Json.Obj document) {
        var values = new LinkedHashMap<String, Json>();
        walk("", document, values, 0);
        return values;
    }

    /** Returns the document with Wings' names in JSON. */
    static Json.Obj toJson(Map<String, Json> values) {
        Map<String, Object> root = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            var path = parts(
                    ConfigurationKeys.find(name).map(ConfigurationKey::jsonPath).orElse(name));
            var object = root;
            for (var part : path.subList(0, path.size() - 1)) {
                object = child(object, part);
            }
            object.put(path.get(path.size() - 1), value);
        });
        return object(root);
    }

    private static Json normal(String name, Json value) {
        var key = ConfigurationKeys.find(name);
        if (key.isEmpty()) {
            return value;
        }
        try {
            return KeyValue.normal(key.get(), value).orElse(Json.Null.INSTANCE);
        } catch (KeyValue.Mismatch e) {
            throw new InvalidInputException(
                    name + ": " + e.found() + " (expected: " + key.get().expectation() + ")");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Patch<T> field(String name, Class<T> type, Map<String, Json> values) {
        var value = values.get(name);
        if (value == null) {
            return Patch.absent();
        }
        return value == Json.Null.INSTANCE ? Patch.ofNull() : Patch.of((T) Binding.component(type, name, value));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Patch<List<String>> list(Map<String, Json> values) {
        return (Patch) field("allowed_mounts", List.class, values);
    }

    private static void walk(String path, Json.Obj object, Map<String, Json> values, int depth) {
        object.members().forEach((member, value) -> {
            // A dot in a name would make it another key.
            boolean plain = member.indexOf('.') < 0 && member.indexOf('\'') < 0;
            var own = plain ? member : "'" + member.replace("'", "''") + "'";
            var given = path.isEmpty() ? own : path + "." + own;
            var name = ConfigurationKeys.ofJsonPath(given).orElse(given);
            boolean group = ConfigurationKeys.isGroup(name);
            if (group && value instanceof Json.Obj inner && depth < MAX_DEPTH) {
                walk(name, inner, values, depth + 1);
            } else if (!group || value != Json.Null.INSTANCE) {
                values.put(name, value);
            }
        });
    }

    /** Splits at the dots, but for those in a quoted part, which loses its quotes; two of them in it stand for one. */
    private static List<String> parts(String name) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (quoted && name.startsWith("''", i)) {
                part.append(c);
                i++;
            } else if (c == '\'') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        if (!(parent.get(name) instanceof Map)) {
            parent.put(name, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) parent.get(name);
    }

    private static Json.Obj object(Map<?, ?> plain) {
        var members = new LinkedHashMap<String, Json>();
        plain.forEach((name, value) ->
                members.put((String) name, value instanceof Map<?, ?> inner ? object(inner) : (Json) value));
        return new Json.Obj(members);
    }
}
