package dev.rookery.daemon.config;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.config.ConfigurationChange;
import dev.rookery.api.config.ConfigurationException;
import dev.rookery.api.config.ConfigurationKeys;
import dev.rookery.api.config.NodeConfigurationDocument;
import dev.rookery.api.config.NodeConfigurationPatch;
import dev.rookery.api.config.UpdateRules;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the {@code config.yml} of a node that a panel describes or changes. Source: node API §2.2, §6.3. */
public final class ConfigWriter {

    private ConfigWriter() {}

    /**
     * Writes a file that only its owner may read, whole or not at all. A file that is there already is changed in place: keys that
     * neither the panel nor the overrides name, also those that nobody knows, and comments stay as they are. What the panel may not
     * decide, or says beyond the known keys, is left out.
     *
     * @param file where to write; its directory is created
     * @param patch what the panel answered
     * @param panelUrl becomes {@code remote}
     * @param overrides keys with values in YAML, such as {@code api.port} with {@code 8180}; they win over the panel's
     * @return the file, read back
     * @throws ConfigurationException if an override names an unknown key, or the result would not be usable; nothing is written then
     * @throws IOException if the file cannot be written
     */
    public static ConfigFile write(Path file, NodeConfigurationPatch patch, URI panelUrl, Map<String, String> overrides)
            throws IOException {
        var text = render(file, patch, panelUrl, overrides);
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
     * @return what the file will say, without the panel's part: the node's own decisions, such as where its files lie
     * @throws ConfigurationException if {@link #write} would fail whatever the panel answers
     * @throws IOException if the directory cannot be made or written
     */
    public static ConfigFile check(Path file, URI panelUrl, Map<String, String> overrides) throws IOException {
        var made = new LinkedHashMap<String, Json>();
        made.put("uuid", new Json.Text("00000000-0000-4000-8000-000000000000"));
        made.put("token_id", new Json.Text("none"));
        made.put("token", new Json.Text("0".repeat(64)));
        var own = ConfigFile.parse(
                file.toString(), render(file, NodeConfigurationPatch.of(made), panelUrl, overrides), Map.of(), true);
        var directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new ConfigurationException(file + ": is a directory (expected: a file)", null, null);
        }
        DurableFiles.createDirectories(directory);
        if (!Files.isWritable(directory)) {
            throw new ConfigurationException(directory + ": cannot be written", null, null);
        }
        return own;
    }

    /**
     * Changes a file as a panel wishes ({@code POST /api/update}), in place, whole or not at all. Most of it takes effect at the next
     * start. A secret that the file takes from elsewhere, and that the panel only repeats, stays there.
     *
     * @param file an existing configuration
     * @param patch what the panel sent
     * @return what became of it
     * @throws ConfigurationException if the file or the result would not be usable; nothing is written then
     * @throws InvalidInputException if a value is not what its key takes; nothing is written then
     * @throws IOException if the file cannot be written
     */
    public static ConfigurationChange update(Path file, NodeConfigurationPatch patch) throws IOException {
        return update(file, patch, System.getenv());
    }

    /** Changes a file with an environment other than the process's. */
    public static ConfigurationChange update(Path file, NodeConfigurationPatch patch, Map<String, String> environment)
            throws IOException {
        var text = ConfigFile.textOf(file);
        var known = ConfigFile.parse(file.toString(), text, environment, true)
                .options()
                .credentials()
                .orElseThrow();
        var document = NodeConfigurationDocument.parse(file.toString(), text);
        var wish = new LinkedHashMap<>(patch.values());
        wish.remove("token", new Json.Text(known.token()));
        wish.remove("token_id", new Json.Text(known.tokenId()));
        var change = document.configuration().apply(NodeConfigurationPatch.of(wish), UpdateRules.update());
        for (var key : change.applied()) {
            var value = wish.getOrDefault(key, Json.Null.INSTANCE);
            if (value != Json.Null.INSTANCE && !document.has(key)) {
                // Said in the file also where it is the default: it is the panel's word now.
                document = document.set(key, value);
            }
        }
        var changed = document.with(change.configuration()).text();
        var after = ConfigFile.parse(file.toString(), changed, environment, true)
                .options()
                .credentials()
                .orElseThrow();
        requireTaken("token", change, wish, after.token());
        requireTaken("token_id", change, wish, after.tokenId());
        if (!changed.equals(text)) {
            DurableFiles.write(file, changed.getBytes(StandardCharsets.UTF_8), DurableFiles.PRIVATE);
        }
        return change;
    }

    /** Otherwise the panel would use the new secret, and the node would go on with its own. */
    private static void requireTaken(String key, ConfigurationChange change, Map<String, Json> wish, String counts) {
        if (change.applied().contains(key) && !new Json.Text(counts).equals(wish.get(key))) {
            throw new InvalidInputException(
                    key + ": the node's environment sets it, which wins over the file (expected: that it is changed"
                            + " there, or left to the file)");
        }
    }

    private static String render(Path file, NodeConfigurationPatch patch, URI panelUrl, Map<String, String> overrides) {
        var text = Files.isRegularFile(file) ? ConfigFile.textOf(file) : "";
        var document = NodeConfigurationDocument.parse(file.toString(), text);
        var rules = UpdateRules.enrolment();
        for (var value : patch.values().entrySet()) {
            if (rules.refusal(value.getKey()).isEmpty() && value.getValue() != Json.Null.INSTANCE) {
                document = document.set(value.getKey(), value.getValue());
            }
        }
        document = document.set("remote", new Json.Text(panelUrl.toString()));
        for (var override : overrides.entrySet()) {
            document = document.set(known(override.getKey()), yaml(override.getKey(), override.getValue()));
        }
        return document.text();
    }

    private static String known(String key) {
        if (ConfigurationKeys.find(key).isEmpty()) {
            throw new ConfigurationException(
                    "--set " + key + ": unknown key (did you mean '" + ConfigurationKeys.nearest(key) + "'?)",
                    key,
                    null);
        }
        return key;
    }

    private static Json yaml(String key, String value) {
        try {
            return NodeConfigurationDocument.value(value);
        } catch (ConfigurationException ignored) {
            // The value is not repeated: it may be a secret.
            throw new ConfigurationException("--set " + key + ": the value is not YAML", key, null);
        }
    }
}
