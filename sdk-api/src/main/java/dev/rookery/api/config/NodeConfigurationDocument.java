package dev.rookery.api.config;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text of a {@code config.yml}: read as a {@link NodeConfiguration}, changed in place. Comments, order and keys that nobody knows stay
 * as they are. Reads YAML of at most 1 MiB, 40 levels and 20 aliases, without tags on known keys. Immutable.
 *
 * <pre>{@code
 * var document = NodeConfigurationDocument.parse(text);
 * var changed = document.set("api.port", new Json.Num(BigDecimal.valueOf(8443))).text();
 * }</pre>
 */
public final class NodeConfigurationDocument {

    private final String name;
    private final String text;
    private final YamlTree tree;

    private NodeConfigurationDocument(String name, String text) {
        this.name = requireNonNull(name, "name");
        this.text = requireNonNull(text, "text");
        this.tree = YamlTree.parse(name, text);
    }

    /**
     * Parses a document.
     *
     * @throws ConfigurationException if it is no YAML, or a known key has a value that it does not take
     */
    public static NodeConfigurationDocument parse(String text) {
        return parse("config.yml", text);
    }

    /**
     * Parses a document.
     *
     * @param name what messages call it
     * @param text the document; may be empty
     * @throws ConfigurationException if it is no YAML, or a known key has a value that it does not take
     */
    public static NodeConfigurationDocument parse(String name, String text) {
        return new NodeConfigurationDocument(name, text);
    }

    /** Returns the document of a configuration: every key that differs from Pelican's defaults. */
    public static NodeConfigurationDocument of(NodeConfiguration configuration) {
        return parse("").with(configuration);
    }

    /**
     * Returns a value as it would stand behind a key, such as {@code [a, b]}.
     *
     * @throws ConfigurationException if it is no YAML
     */
    public static Json value(String yaml) {
        return YamlTree.value("the value", yaml);
    }

    /** Returns the text. It holds the node's secret. */
    public String text() {
        return text;
    }

    /** Returns whether the document has no keys at all. */
    public boolean isEmpty() {
        return tree.root().isEmpty();
    }

    /** Returns what the document says, with Pelican's defaults where it says nothing. */
    public NodeConfiguration configuration() {
        return configuration(Dialect.PELICAN);
    }

    /**
     * Returns what the document says.
     *
     * @param defaults whose daemon's defaults hold where it says nothing
     */
    public NodeConfiguration configuration(Dialect defaults) {
        var values = ConfigurationKeys.defaults(defaults);
        values.putAll(tree.values());
        return Binding.read(NodeConfiguration.class, "", values);
    }

    /** Returns whether a known key has a value. */
    public boolean has(String key) {
        return tree.values().containsKey(key);
    }

    /** Returns the value of a known key: a truth value, a number, a text, or a list or an object of such. */
    public Optional<Json> find(String key) {
        return Optional.ofNullable(tree.values().get(key));
    }

    /** Returns every key of the document, also those without a value, down to the ones that nobody knows. */
    public List<PlacedKey> keys() {
        return tree.entries().values().stream().map(this::placed).toList();
    }

    /** Returns the keys that nobody knows. */
    public List<PlacedKey> unknownKeys() {
        return keys().stream().filter(key -> !key.known()).toList();
    }

    /**
     * Returns the document with a value.
     *
     * @param key a known key
     * @param value what it becomes; {@code Json.Null} takes it away
     * @throws ConfigurationException if nobody knows the key, the value is not what it takes, or it stands where it cannot be changed
     */
    public NodeConfigurationDocument set(String key, Json value) {
        var known = ConfigurationKeys.require(key);
        Optional<Json> normal;
        try {
            normal = KeyValue.normal(known, value);
        } catch (KeyValue.Mismatch e) {
            throw new ConfigurationException(
                    key + ": " + e.found() + " (expected: " + known.expectation() + ")", key, null);
        }
        if (normal.isEmpty()) {
            return remove(key);
        }
        if (normal.equals(find(key))) {
            return this;
        }
        var expected = new HashMap<>(tree.values());
        expected.put(key, normal.get());
        return checked(key, new YamlSplice(text, tree).set(key, normal.get()), expected);
    }

    /**
     * Returns the document without a value.
     *
     * @throws ConfigurationException if nobody knows the key, or it stands where it cannot be changed
     */
    public NodeConfigurationDocument remove(String key) {
        ConfigurationKeys.require(key);
        if (!has(key)) {
            return this;
        }
        var expected = new HashMap<>(tree.values());
        expected.remove(key);
        return checked(key, new YamlSplice(text, tree).remove(key), expected);
    }

    /**
     * Returns the document that says what a configuration says: each key that differs is changed, no other.
     *
     * @throws ConfigurationException if a key stands where it cannot be changed
     */
    public NodeConfigurationDocument with(NodeConfiguration configuration) {
        var before = Binding.write(configuration(), "");
        var after = new LinkedHashMap<>(Binding.write(configuration, ""));
        before.keySet().forEach(key -> after.putIfAbsent(key, Json.Null.INSTANCE));
        var result = this;
        for (var key : ConfigurationKeys.all()) {
            var value = after.get(key.name());
            if (value != null && !value.equals(before.get(key.name()))) {
                result = result.set(key.name(), value);
            }
        }
        return result;
    }

    /**
     * Returns an exception about a key at its place: {@code name, line n, column m: key: found (expected: ...)}.
     *
     * @param key the key
     * @param found what it is; no secret
     * @param expected what it should be
     */
    public ConfigurationException wrong(String key, String found, String expected) {
        return tree.wrong(key, key + ": " + found + " (expected: " + expected + ")", null);
    }

    /** Returns an exception for a reason that begins with a key, such as {@code api.port: ...}, at the key's place. */
    public ConfigurationException wrong(RuntimeException reason) {
        var message = String.valueOf(reason.getMessage());
        int colon = message.indexOf(':');
        var key = colon < 0 ? "" : message.substring(0, colon);
        return tree.wrong(has(key) ? key : null, message, reason);
    }

    private NodeConfigurationDocument checked(String key, String changed, Map<String, Json> expected) {
        try {
            var result = new NodeConfigurationDocument(name, changed);
            if (result.tree.values().equals(expected) && unknown(result).equals(unknown(this))) {
                return result;
            }
        } catch (ConfigurationException ignored) {
            // What came out is no YAML any more: the same as one that says something else.
        }
        throw tree.wrong(
                key,
                key + ": stands where it cannot be changed (expected: plain keys and values, no anchors, no '?')",
                null);
    }

    private static List<String> unknown(NodeConfigurationDocument document) {
        return document.unknownKeys().stream().map(PlacedKey::name).sorted().toList();
    }

    private PlacedKey placed(YamlTree.Entry entry) {
        var mark = entry.key().getStartMark();
        return new PlacedKey(
                entry.path(),
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0),
                entry.known());
    }

    /**
     * A key in a document.
     *
     * @param name its parts joined by dots; one that holds a dot itself is quoted
     * @param line where it stands, from 1
     * @param column where in the line, from 1
     * @param known whether it is in the catalogue
     */
    public record PlacedKey(String name, int line, int column, boolean known) {

        /** Returns {@code name (line n)}. */
        @Override
        public String toString() {
            return name + " (line " + line + ")";
        }
    }
}
