package dev.rookery.api.egg;

import dev.rookery.api.Json;
import dev.rookery.api.panel.ServerSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves the placeholders in the values of configuration files, on the side of the panel. Source: eggs §9.4, panel remote API §6.1.
 *
 * <p>Both vocabularies are understood, Pterodactyl's ({@code server.build.default.port}, {@code server.build.env.X}) and Pelican's
 * ({@code server.allocations.default.port}, {@code server.environment.X}), and {@code env.X}. A key that begins with {@code server.} or
 * {@code env.} and names nothing becomes an empty text. {@code config.*} is left for the node, anything else is no placeholder. Only the
 * listed keys exist: nothing else of the server can be reached. What a value contains is never looked at again.
 *
 * <p>Immutable, thread-safe.
 */
public final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{ *([A-Za-z0-9_.-]+) *}}");
    private static final String[] ENVIRONMENT_PREFIXES = {
        "server.build.environment.", "server.build.env.", "server.environment.", "env."
    };

    private final Map<String, String> values;
    private final Map<String, String> environment;

    private Placeholders(Map<String, String> values, Map<String, String> environment) {
        this.values = values;
        this.environment = environment;
    }

    /** Returns the placeholders of a server. SERVER_MEMORY, SERVER_IP and SERVER_PORT are its limits and allocation. */
    public static Placeholders of(ServerSettings settings) {
        var ip = settings.allocations().primary().ip();
        var port = Integer.toString(settings.allocations().primary().port());
        var memory = Long.toString(settings.build().memoryMebibytes());
        var environment = new HashMap<>(settings.environment());
        environment.put("SERVER_IP", ip);
        environment.put("SERVER_PORT", port);
        environment.put("SERVER_MEMORY", memory);

        var values = new HashMap<String, String>();
        both(values, ip, "server.build.default.ip", "server.allocations.default.ip");
        both(values, port, "server.build.default.port", "server.allocations.default.port");
        both(values, memory, "server.build.memory", "server.build.memory_limit");
        putLimits(values, settings);
        both(values, settings.container().image(), "server.build.image", "server.container.image");
        values.put("server.uuid", settings.uuid().toString());
        values.put(
                "server.id",
                settings.id().isPresent() ? Integer.toString(settings.id().getAsInt()) : "");
        values.put("server.meta.name", settings.meta().name());
        values.put("server.meta.description", settings.meta().description());
        values.put("server.egg.id", settings.egg().id());
        values.put("server.suspended", truth(settings.suspended()));
        values.put("server.invocation", settings.invocation());
        return new Placeholders(values, environment);
    }

    /** Returns {@code text} with its placeholders resolved. */
    public String resolve(String text) {
        return resolve(text, unknown -> {});
    }

    /**
     * Returns {@code text} with its placeholders resolved.
     *
     * @param unknown is told each key that became an empty text because it names nothing
     */
    public String resolve(String text, Consumer<String> unknown) {
        var matcher = PLACEHOLDER.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(), found.group(1), unknown)));
    }

    /** Returns {@code json} with the placeholders in its texts resolved; the names of members stay as they are. */
    public Json resolve(Json json, Consumer<String> unknown) {
        if (json instanceof Json.Text text) {
            return new Json.Text(resolve(text.value(), unknown));
        }
        if (json instanceof Json.Array array) {
            var items = new ArrayList<Json>();
            array.items().forEach(item -> items.add(resolve(item, unknown)));
            return new Json.Array(items);
        }
        if (json instanceof Json.Obj object) {
            var members = new LinkedHashMap<String, Json>();
            object.members().forEach((name, value) -> members.put(name, resolve(value, unknown)));
            return new Json.Obj(members);
        }
        return json;
    }

    private String value(String whole, String key, Consumer<String> unknown) {
        if (!key.startsWith("server.") && !key.startsWith("env.")) {
            return whole;
        }
        var value = find(key);
        if (value == null) {
            unknown.accept(key);
            return "";
        }
        return value;
    }

    private @org.jspecify.annotations.Nullable String find(String key) {
        for (var prefix : ENVIRONMENT_PREFIXES) {
            if (key.startsWith(prefix)) {
                return environment.get(key.substring(prefix.length()));
            }
        }
        return values.get(key);
    }

    private static void putLimits(Map<String, String> values, ServerSettings settings) {
        var build = settings.build();
        values.put("server.build.swap", Long.toString(build.swapMebibytes()));
        both(values, Long.toString(build.diskMebibytes()), "server.build.disk", "server.build.disk_space");
        both(values, Long.toString(build.cpuPercent()), "server.build.cpu", "server.build.cpu_limit");
        both(values, Integer.toString(build.ioWeight()), "server.build.io", "server.build.io_weight");
        values.put("server.build.threads", build.threads().orElse(""));
        values.put("server.build.oom_disabled", truth(build.oomDisabled()));
        values.put("server.build.oom_killer", truth(build.oomKiller()));
    }

    private static void both(Map<String, String> values, String value, String one, String other) {
        values.put(one, value);
        values.put(other, value);
    }

    /** As PHP writes truth values into texts. */
    private static String truth(boolean value) {
        return value ? "1" : "";
    }
}
