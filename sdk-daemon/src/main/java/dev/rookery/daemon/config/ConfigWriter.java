package dev.rookery.daemon.config;

import dev.rookery.api.Json;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Writes the {@code config.yml} of a node that a panel has just described. Source: node API §6.3. */
public final class ConfigWriter {

    /** What a panel may not decide: where files lie on this machine, and what of it servers may see. */
    private static final Set<String> NOT_FROM_THE_PANEL = Set.of(
            "system.data",
            "system.root_directory",
            "system.log_directory",
            "system.archive_directory",
            "system.backup_directory",
            "system.tmp_directory",
            "allowed_mounts",
            "BlockBaseDirMount",
            "remote");

    private ConfigWriter() {}

    /**
     * Writes a file that only its owner may read, whole or not at all. Keys of a file that is there already are kept where neither the
     * panel nor the overrides name them, also those that nobody knows; comments are not. What the panel says beyond the known keys is
     * left out.
     *
     * @param file where to write; its directory is created
     * @param document what the panel answered
     * @param panelUrl becomes {@code remote}
     * @param overrides keys with values in YAML, such as {@code api.port} with {@code 8180}; they win over the panel's
     * @return the file, read back
     * @throws ConfigException if an override names an unknown key, or the result would not be usable; nothing is written then
     * @throws IOException if the file cannot be written
     */
    public static ConfigFile write(Path file, Json.Obj document, URI panelUrl, Map<String, String> overrides)
            throws IOException {
        var text = render(file, document, panelUrl, overrides);
        var result = ConfigFile.parse(file.toString(), text, Map.of(), true);
        var directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            DurableFiles.createDirectories(directory);
        }
        DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
        return result;
    }

    /**
     * Checks what can be checked before the panel is asked, whose key may be good for one answer only: the file that is there, the
     * overrides, and whether the directory can be written.
     *
     * @throws ConfigException if {@link #write} would fail whatever the panel answers
     * @throws IOException if the directory cannot be made or written
     */
    public static void check(Path file, URI panelUrl, Map<String, String> overrides) throws IOException {
        var made = new LinkedHashMap<String, Json>();
        made.put("uuid", new Json.Text("00000000-0000-4000-8000-000000000000"));
        made.put("token_id", new Json.Text("none"));
        made.put("token", new Json.Text("0".repeat(64)));
        ConfigFile.parse(file.toString(), render(file, new Json.Obj(made), panelUrl, overrides), Map.of(), true);
        var directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new ConfigException(file + ": is a directory (expected: a file)", null, 0, null);
        }
        DurableFiles.createDirectories(directory);
        if (!Files.isWritable(directory)) {
            throw new ConfigException(directory + ": cannot be written", null, 0, null);
        }
    }

    private static String render(Path file, Json.Obj document, URI panelUrl, Map<String, String> overrides) {
        var merged = Files.isRegularFile(file) ? existing(file) : new LinkedHashMap<String, Object>();
        merge(merged, "", document);
        put(merged, "remote", panelUrl.toString());
        overrides.forEach((key, value) -> put(merged, known(key), yaml(key, value)));
        var settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(merged);
    }

    private static Map<String, Object> existing(Path file) {
        var text = ConfigFile.textOf(file);
        if (text.isBlank()) {
            return new LinkedHashMap<>();
        }
        try {
            var loaded = new Load(ConfigTree.settings(file.toString())).loadFromString(text);
            if (loaded instanceof Map<?, ?> map) {
                return copy(map);
            }
        } catch (YamlEngineException ignored) {
            // Reported below; the library's message would quote the file, which holds a secret.
        }
        throw new ConfigException(
                file + ": exists and is no YAML with keys (expected: a configuration, or no file)", null, 0, null);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) ->
                copy.put(String.valueOf(key), value instanceof Map<?, ?> inner ? copy(inner) : value));
        return copy;
    }

    private static void merge(Map<String, Object> target, String path, Json.Obj source) {
        source.members().forEach((name, value) -> {
            var key = path.isEmpty() ? name : path + "." + name;
            if (NOT_FROM_THE_PANEL.contains(key)) {
                return;
            }
            if (value instanceof Json.Obj inner && ConfigKeys.group(key)) {
                merge(child(target, name), key, inner);
            } else if (value != Json.Null.INSTANCE && ConfigKeys.known(key)) {
                target.put(name, plain(value));
            }
        });
    }

    private static void put(Map<String, Object> target, String key, @Nullable Object value) {
        var parts = key.split("\\.", -1);
        var map = target;
        for (int i = 0; i < parts.length - 1; i++) {
            map = child(map, parts[i]);
        }
        if (value == null) {
            map.remove(parts[parts.length - 1]);
        } else {
            map.put(parts[parts.length - 1], value);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> map, String name) {
        if (!(map.get(name) instanceof Map)) {
            map.put(name, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) map.get(name);
    }

    private static String known(String key) {
        if (!ConfigKeys.known(key)) {
            throw new ConfigException(
                    "--set " + key + ": unknown key (did you mean '" + ConfigKeys.nearest(key) + "'?)", key, 0, null);
        }
        return key;
    }

    private static @Nullable Object yaml(String key, String value) {
        try {
            return new Load(ConfigTree.settings("--set " + key)).loadFromString(value);
        } catch (YamlEngineException ignored) {
            // The value is not repeated: it may be a secret.
            throw new ConfigException("--set " + key + ": the value is not YAML", key, 0, null);
        }
    }

    private static Object plain(Json value) {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        if (value instanceof Json.Bool bool) {
            return bool.value();
        }
        if (value instanceof Json.Num number) {
            var decimal = number.value().stripTrailingZeros();
            return decimal.scale() <= 0 ? (Object) decimal.toBigIntegerExact() : (Object) decimal.doubleValue();
        }
        if (value instanceof Json.Array array) {
            List<Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value instanceof Json.Obj object) {
            var map = new LinkedHashMap<String, Object>();
            object.members().forEach((name, member) -> map.put(name, plain(member)));
            return map;
        }
        return "";
    }
}
