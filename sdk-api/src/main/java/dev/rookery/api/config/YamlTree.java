package dev.rookery.api.config;

import dev.rookery.api.Json;
import dev.rookery.api.internal.YamlSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The keys of a document with their places, and the values of those that somebody knows. */
final class YamlTree {

    private static final int MAX_CODE_POINTS = 1024 * 1024;
    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_ITEMS = 10_000;
    /** What scalars and collections without a tag of their own are; the last one is a text such as <code>${NAME}</code>. */
    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ, Tag.ENV_TAG);

    private final String name;
    private final @Nullable MappingNode root;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Json> values = new LinkedHashMap<>();

    /**
     * A key in the document.
     *
     * @param path its parts joined by dots; one that holds a dot itself is quoted
     * @param parent the mapping it stands in
     * @param key its name
     * @param value its value
     * @param known whether it is a key or a group of the catalogue
     */
    record Entry(String path, MappingNode parent, Node key, Node value, boolean known) {}

    private YamlTree(String name, @Nullable MappingNode root) {
        this.name = name;
        this.root = root;
    }

    /**
     * Parses a document and checks the values of all known keys.
     *
     * @param name what messages call it
     */
    static YamlTree parse(String name, String text) {
        var node = compose(name, text);
        if (node.isEmpty() || Tag.NULL.equals(node.get().getTag())) {
            return new YamlTree(name, null);
        }
        if (!(node.get() instanceof MappingNode mapping)) {
            throw new YamlTree(name, null)
                    .at(node.get(), null, "the file: " + kind(node.get()) + " (expected: keys with values)");
        }
        var tree = new YamlTree(name, mapping);
        tree.walk("", mapping, 0);
        return tree;
    }

    /** Returns a single value, as it would stand behind a key. */
    static Json value(String name, String text) {
        return compose(name, text).map(YamlTree::json).orElse(Json.Null.INSTANCE);
    }

    /** Returns the document's keys; empty if it has none. */
    Optional<MappingNode> root() {
        return Optional.ofNullable(root);
    }

    /** Returns all keys down to the ones that nobody knows, in the order of the document. */
    Map<String, Entry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** Returns the values of the known keys that have one, in their normal form. */
    Map<String, Json> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Returns an exception at the place of a key: {@code name, line n, column m: message}. */
    ConfigurationException wrong(@Nullable String key, String message, @Nullable Throwable cause) {
        var entry = key == null ? null : entries.get(key);
        return at(entry == null ? null : entry.value(), key, message, cause);
    }

    private static Optional<Node> compose(String name, String text) {
        try {
            return new YamlSource(name, MAX_CODE_POINTS, MAX_ALIASES, MAX_DEPTH, MAX_CODE_POINTS).single(text);
        } catch (YamlSource.BrokenYamlException e) {
            var place = e.line() > 0 ? ", line " + e.line() + ", column " + e.column() : "";
            throw new ConfigurationException(name + place + ": " + e.getMessage(), null, e.line(), e.column(), null);
        }
    }

    private void walk(String path, MappingNode mapping, int depth) {
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            var own = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!seen.add(own)) {
                throw at(tuple.getKeyNode(), own, "'" + own + "' is there twice (expected: once)");
            }
            // A dot in a name would make it another key.
            boolean plain = own.indexOf('.') < 0;
            var part = plain ? own : "'" + own + "'";
            entry(path.isEmpty() ? part : path + "." + part, mapping, tuple.getKeyNode(), tuple.getValueNode(), depth);
        }
    }

    private void entry(String path, MappingNode parent, Node keyNode, Node value, int depth) {
        var key = ConfigurationKeys.find(path);
        boolean group = ConfigurationKeys.isGroup(path);
        entries.put(path, new Entry(path, parent, keyNode, value, key.isPresent() || group));
        if (Tag.NULL.equals(value.getTag())) {
            return;
        }
        if (group) {
            if (!(value instanceof MappingNode mapping) || depth > MAX_DEPTH) {
                throw at(value, path, path + ": " + kind(value) + " (expected: keys with values)");
            }
            walk(path, mapping, depth + 1);
        } else if (key.isPresent()) {
            normal(key.get(), value).ifPresent(json -> values.put(path, json));
        }
    }

    private Optional<Json> normal(ConfigurationKey key, Node value) {
        try {
            return KeyValue.normal(key, json(value));
        } catch (KeyValue.Mismatch e) {
            throw at(value, key.name(), key.name() + ": " + e.found() + " (expected: " + key.expectation() + ")");
        } catch (Unusable e) {
            throw at(value, key.name(), key.name() + ": " + e.found + " (expected: " + key.expectation() + ")");
        }
    }

    /** Scalars are taken as they are written: a token is a text also if it looks like a number. */
    private static Json json(Node node) {
        return json(node, 0);
    }

    private static Json json(Node node, int depth) {
        if (!TAGS.contains(node.getTag())) {
            throw new Unusable("a value with a tag");
        }
        if (Tag.NULL.equals(node.getTag())) {
            return Json.Null.INSTANCE;
        }
        if (node instanceof ScalarNode scalar) {
            return new Json.Text(scalar.getValue());
        }
        // Values are lists and maps of at most two levels; aliases could make a deep one very large.
        if (depth > 1 || items(node) > MAX_ITEMS) {
            throw new Unusable(kind(node));
        }
        if (node instanceof SequenceNode sequence) {
            var items = new ArrayList<Json>();
            sequence.getValue().forEach(item -> items.add(json(item, depth + 1)));
            return new Json.Array(items);
        }
        var members = new LinkedHashMap<String, Json>();
        for (var tuple : ((MappingNode) node).getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)
                    || members.put(scalar.getValue(), json(tuple.getValueNode(), depth + 1)) != null) {
                throw new Unusable("keys that are no names, or there twice");
            }
        }
        return new Json.Obj(members);
    }

    private static int items(Node node) {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().size()
                : ((MappingNode) node).getValue().size();
    }

    private ConfigurationException at(Node node, @Nullable String key, String message) {
        return at(node, key, message, null);
    }

    private ConfigurationException at(
            @Nullable Node node, @Nullable String key, String message, @Nullable Throwable cause) {
        var mark = node == null ? Optional.<Mark>empty() : node.getStartMark();
        return new ConfigurationException(
                name + place(mark) + ": " + message,
                key,
                mark.map(m -> m.getLine() + 1).orElse(0),
                mark.map(m -> m.getColumn() + 1).orElse(0),
                cause);
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(m -> ", line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1))
                .orElse("");
    }

    private static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "keys with values";
        }
        return node instanceof SequenceNode ? "a list" : "a single value";
    }

    /** Thrown when a value is nothing that any key takes. */
    private static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String found;

        Unusable(String found) {
            super(found);
            this.found = found;
        }
    }
}
