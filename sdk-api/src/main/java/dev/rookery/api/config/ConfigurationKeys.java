package dev.rookery.api.config;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every key of {@code config.yml}, of Pelican's, Pterodactyl's and Calagopus' Wings and of Rookery. Source: node API §6.1, daemon behaviour
 * §15.
 */
public final class ConfigurationKeys {

    private static final Map<String, ConfigurationKey> KEYS = KeyTable.load();
    private static final Set<String> GROUPS = groups();
    private static final Map<String, String> JSON_PATHS = jsonPaths();

    private ConfigurationKeys() {}

    /** Returns all keys, in the order in which they are documented. */
    public static List<ConfigurationKey> all() {
        return List.copyOf(KEYS.values());
    }

    /** Returns the key of a name. */
    public static Optional<ConfigurationKey> find(String name) {
        return Optional.ofNullable(KEYS.get(name));
    }

    /**
     * Returns the key of a name.
     *
     * @throws ConfigurationException if nobody knows it; the message says which key looks most like it
     */
    public static ConfigurationKey require(String name) {
        return find(name)
                .orElseThrow(() -> new ConfigurationException(
                        "unknown key '" + name + "' (did you mean '" + nearest(name) + "'?)", name, null));
    }

    /** Returns whether a name is only a way to keys. */
    public static boolean isGroup(String name) {
        return GROUPS.contains(name);
    }

    /** Returns the name of the key that looks most like {@code name}. */
    public static String nearest(String name) {
        return KEYS.keySet().stream()
                .min(Comparator.<String>comparingInt(known -> distance(name, known))
                        .thenComparing(known -> known))
                .orElseThrow();
    }

    /**
     * Returns the values of a node whose file says nothing, by name.
     *
     * @param dialect whose daemon the node runs
     */
    static Map<String, Json> defaults(Dialect dialect) {
        var defaults = new LinkedHashMap<String, Json>();
        KEYS.forEach((name, key) -> key.defaultValue(dialect).ifPresent(value -> defaults.put(name, value)));
        return defaults;
    }

    /**
     * Returns the name of a key or a group that JSON calls {@code path}, in capitals or not, with underscores or without: fields of
     * Wings that have no name of their own in JSON go by those in its source.
     */
    static Optional<String> ofJsonPath(String path) {
        return Optional.ofNullable(JSON_PATHS.get(plain(path)));
    }

    private static Set<String> groups() {
        var groups = new HashSet<String>();
        KEYS.keySet().forEach(name -> {
            for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                groups.add(name.substring(0, dot));
            }
        });
        return Collections.unmodifiableSet(groups);
    }

    private static Map<String, String> jsonPaths() {
        var paths = new HashMap<String, String>();
        GROUPS.forEach(group -> paths.put(plain(group), group));
        KEYS.keySet().forEach(name -> paths.put(plain(name), name));
        KEYS.forEach((name, key) -> {
            if (!key.jsonPath().equals(name)) {
                paths.put(plain(key.jsonPath()), name);
                jsonGroups(name, key.jsonPath(), paths);
            }
        });
        return Map.copyOf(paths);
    }

    /** Both spellings have as many parts, so that groups can be told from the keys below them, with one exception at the end. */
    private static void jsonGroups(String name, String jsonPath, Map<String, String> paths) {
        int inName = name.indexOf('.');
        int inJson = jsonPath.indexOf('.');
        while (inName > 0 && inJson > 0) {
            paths.put(plain(jsonPath.substring(0, inJson)), name.substring(0, inName));
            inName = name.indexOf('.', inName + 1);
            inJson = jsonPath.indexOf('.', inJson + 1);
        }
    }

    private static String plain(String path) {
        return path.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The least number of letters to insert, drop or replace. */
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
