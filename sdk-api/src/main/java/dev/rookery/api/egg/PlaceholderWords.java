package dev.rookery.api.egg;

import dev.rookery.api.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says the placeholders of configuration files in the words of a panel. Whole keys are compared and nothing is looked at twice, unlike in
 * Pelican's own import. Source: eggs §7.2.
 */
enum PlaceholderWords {
    PTERODACTYL {
        @Override
        String word(String key) {
            var known = OLDER.get(key);
            if (known != null) {
                return known;
            }
            return key.startsWith("server.environment.")
                    ? "server.build.env." + after(key, "server.environment.")
                    : key;
        }
    },
    PELICAN {
        @Override
        String word(String key) {
            var known = NEWER.get(key);
            if (known != null) {
                return known;
            }
            for (var prefix : new String[] {"server.build.env.", "server.build.environment."}) {
                if (key.startsWith(prefix)) {
                    return ofEnvironment(after(key, prefix));
                }
            }
            return key;
        }
    };

    private static final Pattern PLACEHOLDER = Pattern.compile("(\\{\\{ *)([A-Za-z0-9_.-]+)( *}})");
    private static final Map<String, String> NEWER = Map.of(
            "server.build.default.ip", "server.allocations.default.ip",
            "server.build.default.port", "server.allocations.default.port",
            "server.build.memory", "server.build.memory_limit",
            "server.build.io", "server.build.io_weight",
            "server.build.cpu", "server.build.cpu_limit",
            "server.build.disk", "server.build.disk_space");
    private static final Map<String, String> OLDER = reversed(NEWER);

    abstract String word(String key);

    /** Returns the value with its placeholders in these words. */
    Json translate(Json value) {
        if (value instanceof Json.Text text) {
            return new Json.Text(translate(text.value()));
        }
        if (value instanceof Json.Obj object) {
            var members = new LinkedHashMap<String, Json>();
            object.members().forEach((name, member) -> members.put(name, translate(member)));
            return new Json.Obj(members);
        }
        return value;
    }

    private String translate(String text) {
        UnaryOperator<String> words = this::word;
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) + words.apply(found.group(2)) + found.group(3)));
    }

    private static String ofEnvironment(String name) {
        return switch (name) {
            case "SERVER_IP" -> "server.allocations.default.ip";
            case "SERVER_PORT" -> "server.allocations.default.port";
            case "SERVER_MEMORY" -> "server.build.memory_limit";
            default -> "server.environment." + name;
        };
    }

    private static String after(String key, String prefix) {
        return key.substring(prefix.length());
    }

    private static Map<String, String> reversed(Map<String, String> map) {
        var reversed = new LinkedHashMap<String, String>();
        map.forEach((one, other) -> reversed.put(other, one));
        return reversed;
    }
}
