package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import dev.rookery.api.panel.ServerSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves placeholders, of every vocabulary that eggs use. Source: eggs §9.1, §9.4, panel remote API §6.1, daemon behaviour §7.
 *
 * <table>
 * <caption>Who resolves what</caption>
 * <tr><th>placeholder</th><th>by</th><th>where</th></tr>
 * <tr><td>{@code {{server....}}}, {@code {{env.X}}}</td><td>the panel, {@link #of}</td><td>values of configuration files</td></tr>
 * <tr><td>{@code {{config....}}}</td><td>the node, {@link #ofNode}</td><td>the same, before they are written</td></tr>
 * <tr><td>{@code {{NAME}}}, {@code ${NAME}}</td><td>the node, {@link #renderStartup}</td><td>the startup command</td></tr>
 * <tr><td>the same</td><td>the node, {@link #resolveNames}</td><td>names of configuration files</td></tr>
 * </table>
 *
 * <p>In configuration files both vocabularies are understood, Pterodactyl's ({@code server.build.default.port},
 * {@code server.build.env.X}) and Pelican's ({@code server.allocations.default.port}, {@code server.environment.X}), and {@code env.X}.
 * Only the keys that are listed here exist, so that nothing else of the server, and no more of a node's configuration than the address of
 * its container network, can be read by whoever writes an egg (CVE-2026-52855). A key of the panel that names nothing becomes an empty
 * text, one of the node stays as it is, and so does what is no placeholder. What a value contains is never looked at again.
 *
 * <p>Immutable, thread-safe.
 */
public final class Placeholders {

    private static final Pattern KEY = Pattern.compile(" *([A-Za-z0-9_.-]+) *");
    private static final String[] ENVIRONMENT_PREFIXES = {
        "server.build.environment.", "server.build.env.", "server.environment.", "env."
    };
    private static final Set<String> NODE_VALUES = Set.of("SERVER_MEMORY", "SERVER_IP", "SERVER_PORT");

    /** Whether a key of the panel that names nothing becomes an empty text; the node knows none of them. */
    private final boolean panel;

    private final Map<String, String> values;
    private final Map<String, String> environment;

    private Placeholders(boolean panel, Map<String, String> values, Map<String, String> environment) {
        this.panel = panel;
        this.values = Map.copyOf(values);
        this.environment = Collections.unmodifiableMap(environment);
    }

    /** Returns what a panel resolves for a server. SERVER_MEMORY, SERVER_IP and SERVER_PORT are its limits and allocation. */
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
        putIdentity(values, settings);
        return new Placeholders(true, values, environment);
    }

    /**
     * Returns what a node resolves: {@code config.docker.interface} and {@code config.docker.network.interface}, and nothing else of its
     * configuration.
     *
     * @param networkAddress this host's address on the servers' network
     */
    public static Placeholders ofNode(String networkAddress) {
        requireNonNull(networkAddress, "networkAddress");
        var values = new HashMap<String, String>();
        both(values, networkAddress, "config.docker.interface", "config.docker.network.interface");
        return new Placeholders(false, values, Map.of());
    }

    /**
     * Returns a startup command with {@code {{NAME}}} and {@code ${NAME}} replaced, as {@link StartupCommand#render} describes it.
     *
     * @param values by name, the three values of the node among them
     */
    public static String renderStartup(String command, Map<String, String> values) {
        var out = new StringBuilder(command.length() + 64);
        int at = 0;
        while (true) {
            int open = command.indexOf("[[", at);
            int close = open < 0 ? -1 : command.indexOf("]]", open + 2);
            if (close < 0) {
                PlaceholderScanner.resolve(command.substring(at), startup(values, false), out);
                return out.toString();
            }
            PlaceholderScanner.resolve(command.substring(at, open), startup(values, false), out);
            PlaceholderScanner.resolve(command.substring(open, close + 2), startup(values, true), out);
            at = close + 2;
        }
    }

    private static PlaceholderScanner.Values startup(Map<String, String> values, boolean nodeValuesOnly) {
        return (name, shell) -> {
            var value = nodeValuesOnly && !NODE_VALUES.contains(name) ? null : values.get(name);
            return value != null ? value : "${" + name + "}";
        };
    }

    /**
     * Returns a text, such as the name of a configuration file, with {@code {{NAME}}} and {@code ${NAME}} replaced by the value of that
     * exact name. A name that is not there stays as it is written.
     */
    public static String resolveNames(String text, Map<String, String> values) {
        return PlaceholderScanner.resolve(text, (name, shell) -> values.get(name));
    }

    /** Returns {@code text} with its placeholders resolved. */
    public String resolve(String text) {
        return resolve(text, unknown -> {});
    }

    /**
     * Returns {@code text} with its placeholders resolved.
     *
     * @param unknown is told each key that names nothing: it became an empty text, or stayed if it is one of the node
     */
    public String resolve(String text, Consumer<String> unknown) {
        return PlaceholderScanner.resolve(text, (inside, shell) -> {
            var key = KEY.matcher(inside);
            return shell || !key.matches() ? null : value(key.group(1), unknown);
        });
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

    /** Returns what stands for a key, null if it is not one of this vocabulary. */
    private @Nullable String value(String key, Consumer<String> unknown) {
        boolean ours = panel ? key.startsWith("server.") || key.startsWith("env.") : key.startsWith("config.");
        if (!ours) {
            return null;
        }
        var value = find(key);
        if (value == null) {
            unknown.accept(key);
        }
        return value == null && panel ? "" : value;
    }

    private @Nullable String find(String key) {
        if (panel) {
            for (var prefix : ENVIRONMENT_PREFIXES) {
                if (key.startsWith(prefix)) {
                    return environment.get(key.substring(prefix.length()));
                }
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
        both(values, truth(build.oomDisabled()), "server.build.oom_disabled", "server.container.oom_disabled");
        values.put("server.build.oom_killer", truth(build.oomKiller()));
    }

    private static void putIdentity(Map<String, String> values, ServerSettings settings) {
        both(values, settings.container().image(), "server.build.image", "server.container.image");
        both(values, settings.egg().id(), "server.egg.id", "server.service.egg");
        both(values, truth(settings.skipEggScripts()), "server.skip_egg_scripts", "server.service.skip_scripts");
        both(values, truth(false), "server.rebuild", "server.container.requires_rebuild");
        values.put("server.uuid", settings.uuid().toString());
        values.put(
                "server.id",
                settings.id().isPresent() ? Integer.toString(settings.id().getAsInt()) : "");
        values.put("server.meta.name", settings.meta().name());
        values.put("server.meta.description", settings.meta().description());
        values.put("server.suspended", truth(settings.suspended()));
        values.put("server.invocation", settings.invocation());
        values.put(
                "server.allocations.force_outgoing_ip",
                truth(settings.allocations().forceOutgoingIp()));
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
