package dev.rookery.daemon.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A parsed file: the values of the known keys with their places, and the keys that are not used. */
final class ConfigTree {

    private static final int MAX_CODE_POINTS = 1024 * 1024;
    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 20;

    private final String file;
    private final boolean tolerant;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final List<ConfigFile.UnusedKey> unused = new ArrayList<>();

    private ConfigTree(String file, boolean tolerant) {
        this.file = file;
        this.tolerant = tolerant;
    }

    /**
     * Parses a file and checks its keys.
     *
     * @param file its name, for messages
     * @param tolerant whether a key that nobody knows counts as one that is not used
     * @throws ConfigException if it is no YAML mapping, or has a key that nobody knows
     */
    static ConfigTree parse(String file, String text, boolean tolerant) {
        var tree = new ConfigTree(file, tolerant);
        tree.walk("", tree.root(text), 0);
        return tree;
    }

    static LoadSettings settings(String file) {
        return LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setAllowDuplicateKeys(false)
                .setCodePointLimit(MAX_CODE_POINTS)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
    }

    List<ConfigFile.UnusedKey> unused() {
        return List.copyOf(unused);
    }

    /** Returns whether a key is there with a value. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(node -> scalar(key, node, "a text"));
    }

    boolean bool(String key, boolean absent) {
        var node = values.get(key);
        if (node == null) {
            return absent;
        }
        var text = scalar(key, node, "true or false");
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(key, text, "true or false");
        }
        return text.equals("true");
    }

    long number(String key, long absent, long min, long max) {
        var node = values.get(key);
        if (node == null) {
            return absent;
        }
        var expected = "a whole number, " + min + " to " + max;
        var text = scalar(key, node, expected);
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Reported below, like a number out of range.
        }
        throw wrong(key, text, expected);
    }

    double decimal(String key, double absent, double min) {
        var node = values.get(key);
        return node == null ? absent : decimal(key, scalar(key, node, "a number"), min);
    }

    List<String> texts(String key, List<String> absent) {
        var node = values.get(key);
        if (node == null) {
            return absent;
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(key, kind(node), "a list of texts");
        }
        return sequence.getValue().stream()
                .map(item -> scalar(key, item, "a list of texts"))
                .toList();
    }

    /** Returns a mapping of texts; empty if absent. */
    Optional<Map<String, String>> map(String key) {
        var node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(key, kind(node), "names with texts");
        }
        var map = new LinkedHashMap<String, String>();
        mapping.getValue()
                .forEach(entry -> map.put(
                        scalar(key, entry.getKeyNode(), "names with texts"),
                        scalar(key, entry.getValueNode(), "names with texts")));
        return Optional.of(map);
    }

    /** Returns the problem with a key: {@code file, line n, column m: key: found (expected: ...)}. */
    ConfigException wrong(String key, String found, String expected) {
        return at(values.get(key), key, key + ": " + found + " (expected: " + expected + ")", null);
    }

    /** Returns a problem that the options found, with the key's place if its message begins with a key. */
    ConfigException refused(RuntimeException reason) {
        var message = String.valueOf(reason.getMessage());
        int colon = message.indexOf(':');
        var key = colon < 0 ? "" : message.substring(0, colon);
        return at(values.get(key), values.containsKey(key) ? key : null, message, reason);
    }

    private double decimal(String key, String text, double min) {
        try {
            double number = Double.parseDouble(text);
            if (number >= min && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // Reported below, like a number out of range.
        }
        throw wrong(key, text, "a number, at least " + min);
    }

    private Node root(String text) {
        Optional<Node> root;
        try {
            root = new Compose(settings(file)).composeString(text);
        } catch (MarkedYamlEngineException e) {
            var place = e.getProblemMark()
                    .map(mark -> place(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse("");
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            // The library's own message quotes the file, which holds a secret.
            throw new ConfigException(file + place + ": not YAML: " + e.getProblem(), null, line, null);
        } catch (YamlEngineException e) {
            throw new ConfigException(file + ": not YAML that can be used (too large or too deep)", null, 0, null);
        }
        return root.filter(node -> !Tag.NULL.equals(node.getTag()))
                .orElseThrow(() -> new ConfigException(
                        file + ": empty (expected: at least uuid, token_id, token and remote)", null, 0, null));
    }

    private void walk(String path, Node node, int depth) {
        if (!(node instanceof MappingNode mapping) || depth > MAX_DEPTH) {
            var what = path.isEmpty() ? "the file" : path;
            throw at(
                    node,
                    path.isEmpty() ? null : path,
                    what + ": " + kind(node) + " (expected: keys with values)",
                    null);
        }
        var seen = new HashSet<String>();
        for (var entry : mapping.getValue()) {
            var name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!seen.add(name)) {
                throw at(entry.getKeyNode(), name, "'" + name + "' is there twice (expected: once)", null);
            }
            key(path.isEmpty() ? name : path + "." + name, entry.getKeyNode(), entry.getValueNode(), depth);
        }
    }

    private void key(String path, Node key, Node value, int depth) {
        boolean absent = Tag.NULL.equals(value.getTag());
        if (ConfigKeys.USED.contains(path)) {
            if (!absent) {
                values.put(path, value);
            }
        } else if (ConfigKeys.UNUSED.contains(path) || (tolerant && !ConfigKeys.group(path))) {
            unused.add(new ConfigFile.UnusedKey(path, line(key)));
        } else if (ConfigKeys.group(path)) {
            if (!absent) {
                walk(path, value, depth + 1);
            }
        } else {
            throw at(key, path, "unknown key '" + path + "' (did you mean '" + ConfigKeys.nearest(path) + "'?)", null);
        }
    }

    private String scalar(String key, Node node, String expected) {
        if (node instanceof ScalarNode scalar && !Tag.NULL.equals(node.getTag())) {
            return scalar.getValue();
        }
        throw at(node, key, key + ": " + kind(node) + " (expected: " + expected + ")", null);
    }

    private ConfigException at(@Nullable Node node, @Nullable String key, String message, @Nullable Throwable cause) {
        var mark = node == null ? Optional.<Mark>empty() : node.getStartMark();
        var place = mark.map(m -> place(m.getLine() + 1, m.getColumn() + 1)).orElse("");
        return new ConfigException(
                file + place + ": " + message,
                key,
                mark.map(m -> m.getLine() + 1).orElse(0),
                cause);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static String place(int line, int column) {
        return ", line " + line + ", column " + column;
    }

    private static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "keys with values";
        }
        return node instanceof SequenceNode ? "a list" : Tag.NULL.equals(node.getTag()) ? "nothing" : "a single value";
    }
}
