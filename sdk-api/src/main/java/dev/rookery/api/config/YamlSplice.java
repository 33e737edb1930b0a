package dev.rookery.api.config;

import dev.rookery.api.Json;
import dev.rookery.api.config.YamlTree.Entry;
import java.util.Arrays;
import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Changes one value of a document and leaves every other character as it is. What it cannot see from the places of the nodes, such as
 * keys behind {@code ?}, comes out wrong: whoever uses it parses the result and compares.
 */
final class YamlSplice {

    private static final String INDENT = "  ";

    private final String text;
    private final YamlTree tree;
    private final String newline;

    YamlSplice(String text, YamlTree tree) {
        this.text = text;
        this.tree = tree;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** Returns the document with a value. */
    String set(String key, Json value) {
        var entry = tree.entries().get(key);
        var rendered = YamlText.of(value);
        return entry != null ? replace(entry, rendered) : insert(key, rendered);
    }

    /** Returns the document without a value. */
    String remove(String key) {
        var entry = tree.entries().get(key);
        if (entry == null) {
            return text;
        }
        int start = start(entry.key());
        int lineStart = text.lastIndexOf('\n', start - 1) + 1;
        if (flow(entry.parent()) || !text.substring(lineStart, start).isBlank()) {
            return replace(entry, "null");
        }
        return text.substring(0, lineStart) + text.substring(nextLine(entry.key(), entry.value()));
    }

    private String replace(Entry entry, String rendered) {
        var value = entry.value();
        int colon = colon(entry.key());
        if (alias(entry.key(), value)) {
            int end = aliasEnd(colon);
            return text.substring(0, colon) + " " + rendered + text.substring(end);
        }
        int start = start(value);
        int end = end(value);
        if (start == end) {
            return text.substring(0, colon) + " " + rendered + text.substring(colon);
        }
        if (value instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK) {
            int header = lineEnd(colon);
            var between = text.substring(colon, Math.max(colon, Math.min(header, start)));
            // What stands behind the colon stays if it is a comment; an anchor goes with its value.
            var kept = between.isBlank() || between.strip().startsWith("#") ? between : "";
            return text.substring(0, colon) + " " + rendered + kept
                    + text.substring(lineEnd(contentEnd(entry.key(), value)));
        }
        return text.substring(0, start) + rendered + text.substring(trimmed(end, start));
    }

    private String insert(String key, String rendered) {
        var parts = Arrays.asList(key.split("\\.", -1));
        for (int i = parts.size() - 1; i > 0; i--) {
            var group = tree.entries().get(String.join(".", parts.subList(0, i)));
            if (group == null) {
                continue;
            }
            var rest = parts.subList(i, parts.size());
            if (group.value() instanceof MappingNode mapping && !alias(group.key(), mapping)) {
                return into(mapping, rest, rendered);
            }
            return intoEmpty(group, rest, rendered);
        }
        return tree.root().map(root -> into(root, parts, rendered)).orElseGet(() -> {
            var before = text.isEmpty() || text.endsWith("\n") ? text : text + newline;
            return before + block(parts, rendered, "") + newline;
        });
    }

    private String into(MappingNode mapping, List<String> path, String rendered) {
        var tuples = mapping.getValue();
        if (flow(mapping)) {
            int brace = text.indexOf('{', start(mapping)) + 1;
            int at = tuples.isEmpty()
                    ? brace
                    : contentEnd(last(mapping).getKeyNode(), last(mapping).getValueNode());
            return text.substring(0, at) + (tuples.isEmpty() ? "" : ", ") + inline(path, rendered) + text.substring(at);
        }
        var last = last(mapping);
        int column = tuples.get(0).getKeyNode().getStartMark().orElseThrow().getColumn();
        var lines = block(path, rendered, " ".repeat(column));
        int next = nextLine(last.getKeyNode(), last.getValueNode());
        return text.charAt(next - 1) == '\n'
                ? text.substring(0, next) + lines + newline + text.substring(next)
                : text.substring(0, next) + newline + lines;
    }

    private String intoEmpty(Entry group, List<String> path, String rendered) {
        boolean bare = start(group.value()) == end(group.value());
        if (!bare || flow(group.parent()) || alias(group.key(), group.value())) {
            return replace(group, "{" + inline(path, rendered) + "}");
        }
        int column = group.key().getStartMark().orElseThrow().getColumn();
        return below(lineEnd(colon(group.key())), block(path, rendered, " ".repeat(column) + INDENT));
    }

    /** Puts whole lines below the line that ends at an index. */
    private String below(int lineEnd, String lines) {
        return text.substring(0, lineEnd) + newline + lines + text.substring(lineEnd);
    }

    private String block(List<String> path, String rendered, String indent) {
        var lines = new StringBuilder();
        var deeper = indent;
        for (int i = 0; i < path.size(); i++) {
            lines.append(deeper).append(path.get(i)).append(':');
            lines.append(i == path.size() - 1 ? " " + rendered : newline);
            deeper += INDENT;
        }
        return lines.toString();
    }

    private static String inline(List<String> path, String rendered) {
        var head = String.join(": {", path);
        return head + ": " + rendered + "}".repeat(path.size() - 1);
    }

    /** Returns where the line below a value begins; the end of the text if there is none. */
    private int nextLine(Node before, Node value) {
        var leaf = alias(before, value) ? before : leaf(value);
        if (literal(leaf) && text.substring(start(leaf), lineEnd(start(leaf))).contains("+")) {
            // The blank lines below are part of the text.
            return end(leaf);
        }
        int end = text.indexOf('\n', contentEnd(before, value));
        return end < 0 ? text.length() : end + 1;
    }

    /** Returns where the last character of a value is over, without the comments and blank lines below. */
    private int contentEnd(Node before, Node value) {
        if (alias(before, value)) {
            return aliasEnd(colon(before));
        }
        if (start(value) == end(value)) {
            // Nothing stands there; the mark may be that of whatever comes next.
            return colon(before);
        }
        if (value instanceof MappingNode mapping && !flow(mapping)) {
            var last = last(mapping);
            return contentEnd(last.getKeyNode(), last.getValueNode());
        }
        if (value instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.BLOCK) {
            var last = sequence.getValue().get(sequence.getValue().size() - 1);
            boolean placed = start(last) >= start(sequence) && end(last) > start(last);
            return placed ? contentEnd(sequence, last) : trimmed(end(sequence), start(sequence));
        }
        return literal(value) ? trimmed(end(value), start(value)) : end(value);
    }

    private Node leaf(Node value) {
        if (value instanceof MappingNode mapping && !flow(mapping)) {
            var tuple = last(mapping);
            return alias(tuple.getKeyNode(), tuple.getValueNode()) ? value : leaf(tuple.getValueNode());
        }
        if (value instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.BLOCK) {
            var item = sequence.getValue().get(sequence.getValue().size() - 1);
            return alias(sequence, item) ? value : leaf(item);
        }
        return value;
    }

    private static NodeTuple last(MappingNode mapping) {
        return mapping.getValue().get(mapping.getValue().size() - 1);
    }

    private static boolean literal(Node node) {
        return node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
    }

    private static boolean flow(MappingNode mapping) {
        return mapping.getFlowStyle() == FlowStyle.FLOW;
    }

    /** An alias is the very node that it stands for, which is further up. */
    private boolean alias(Node before, Node value) {
        return start(value) < start(before);
    }

    private int aliasEnd(int from) {
        int end = text.indexOf('*', from);
        while (end < text.length() && " \t\r\n,]}".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private boolean hasColon(Node key) {
        int at = end(key);
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && text.charAt(at) == ':';
    }

    /** Returns the index behind a key's colon. */
    private int colon(Node key) {
        return hasColon(key) ? text.indexOf(':', end(key)) + 1 : end(key);
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        if (end < 0) {
            return text.length();
        }
        return end > from && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private int trimmed(int end, int start) {
        int at = end;
        while (at > start && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private int start(Node node) {
        return text.offsetByCodePoints(0, node.getStartMark().orElseThrow().getIndex());
    }

    private int end(Node node) {
        return text.offsetByCodePoints(0, node.getEndMark().orElseThrow().getIndex());
    }
}
