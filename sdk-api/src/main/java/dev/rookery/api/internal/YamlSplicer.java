package dev.rookery.api.internal;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds what to change in a text of YAML so that one value is another, and every other character stays as it is. What it cannot see from the
 * places of the nodes, such as keys behind {@code ?}, comes out wrong: whoever uses it parses the result and compares.
 */
public final class YamlSplicer {

    private static final String INDENT = "  ";

    private final String text;
    private final String newline;
    private final int @Nullable [] offsets;

    /**
     * A key with its value.
     *
     * @param parent the mapping it stands in
     * @param key its name
     * @param value its value
     */
    public record Place(MappingNode parent, Node key, Node value) {}

    /** Creates one for the text that the nodes come from. */
    public YamlSplicer(String text) {
        this.text = text;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
        this.offsets = offsets(text);
    }

    /** Returns what removes a key with its value. */
    public TextSplice remove(Place place) {
        int start = start(place.key());
        int lineStart = text.lastIndexOf('\n', start - 1) + 1;
        if (flow(place.parent()) || !text.substring(lineStart, start).isBlank()) {
            return replace(place, "null");
        }
        return new TextSplice(lineStart, nextLine(place.key(), place.value()), "");
    }

    /** Returns what puts another value behind a key. */
    public TextSplice replace(Place place, String rendered) {
        var value = place.value();
        int colon = colon(place.key());
        if (alias(place.key(), value)) {
            return new TextSplice(colon, aliasEnd(colon), " " + rendered);
        }
        int start = start(value);
        int end = end(value);
        if (start == end) {
            return new TextSplice(colon, colon, " " + rendered);
        }
        if (value instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK) {
            int header = lineEnd(colon);
            var between = text.substring(colon, Math.max(colon, Math.min(header, start)));
            // What stands behind the colon stays if it is a comment; an anchor goes with its value.
            var kept = between.isBlank() || between.strip().startsWith("#") ? between : "";
            return new TextSplice(colon, lineEnd(contentEnd(place.key(), value)), " " + rendered + kept);
        }
        return new TextSplice(start, trimmed(end, start), rendered);
    }

    /** Returns what puts another value in the place of an item; empty if it is an alias or nothing at all. */
    public Optional<TextSplice> replaceItem(SequenceNode sequence, int index, String rendered) {
        var item = sequence.getValue().get(index);
        int start = start(item);
        if (start < start(sequence) || start == end(item) || (index > 0 && start <= start(before(sequence, index)))) {
            return Optional.empty();
        }
        return Optional.of(new TextSplice(start, trimmed(contentEnd(sequence, item), start), rendered));
    }

    /** Returns what puts an item behind the others; empty if the last one is an alias. */
    public Optional<TextSplice> append(SequenceNode sequence, String rendered) {
        int count = sequence.getValue().size();
        if (count == 0) {
            int bracket = text.indexOf('[', start(sequence)) + 1;
            return Optional.of(new TextSplice(bracket, bracket, rendered));
        }
        var last = before(sequence, count);
        if (start(last) < start(sequence) || start(last) == end(last)) {
            return Optional.empty();
        }
        if (sequence.getFlowStyle() == FlowStyle.FLOW) {
            int end = contentEnd(sequence, last);
            return Optional.of(new TextSplice(end, end, ", " + rendered));
        }
        var dash = " ".repeat(sequence.getStartMark().orElseThrow().getColumn()) + "- ";
        int next = nextLine(sequence, last);
        return Optional.of(
                text.charAt(next - 1) == '\n'
                        ? new TextSplice(next, next, dash + rendered + newline)
                        : new TextSplice(next, next, newline + dash + rendered));
    }

    /**
     * Returns what puts a value into a mapping.
     *
     * @param path the name, or several of mappings in each other; as they are written
     */
    public TextSplice into(MappingNode mapping, List<String> path, String rendered) {
        var tuples = mapping.getValue();
        if (flow(mapping)) {
            int brace = text.indexOf('{', start(mapping)) + 1;
            int at = tuples.isEmpty()
                    ? brace
                    : contentEnd(last(mapping).getKeyNode(), last(mapping).getValueNode());
            return new TextSplice(at, at, (tuples.isEmpty() ? "" : ", ") + inline(path, rendered));
        }
        var last = last(mapping);
        int column = tuples.get(0).getKeyNode().getStartMark().orElseThrow().getColumn();
        var lines = block(path, rendered, " ".repeat(column));
        int next = nextLine(last.getKeyNode(), last.getValueNode());
        return text.charAt(next - 1) == '\n'
                ? new TextSplice(next, next, lines + newline)
                : new TextSplice(next, next, newline + lines);
    }

    /** Returns what puts a value below a key that has none, or one that is no mapping. */
    public TextSplice intoEmpty(Place group, List<String> path, String rendered) {
        boolean bare = start(group.value()) == end(group.value());
        if (!bare || flow(group.parent()) || alias(group.key(), group.value())) {
            return replace(group, "{" + inline(path, rendered) + "}");
        }
        int column = group.key().getStartMark().orElseThrow().getColumn();
        int end = lineEnd(colon(group.key()));
        return new TextSplice(end, end, newline + block(path, rendered, " ".repeat(column) + INDENT));
    }

    /** Returns what puts a value into a document that has none. */
    public TextSplice intoNothing(List<String> path, String rendered) {
        var lines = block(path, rendered, "");
        int marker = text.startsWith("---") ? 0 : text.indexOf("\n---") + 1;
        if (marker > 0 || text.startsWith("---")) {
            int end = lineEnd(marker);
            return new TextSplice(end, end, newline + lines);
        }
        var before = text.isEmpty() || text.endsWith("\n") ? "" : newline;
        return new TextSplice(text.length(), text.length(), before + lines + newline);
    }

    /** Returns where a value that is written in the document begins. */
    public int start(Node node) {
        return offset(node.getStartMark().orElseThrow().getIndex());
    }

    private int end(Node node) {
        return offset(node.getEndMark().orElseThrow().getIndex());
    }

    /** The library counts code points. */
    private int offset(int codePoints) {
        return offsets == null ? codePoints : offsets[codePoints];
    }

    private static int @Nullable [] offsets(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return null;
        }
        var offsets = new int[text.codePointCount(0, text.length()) + 1];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
        }
        return offsets;
    }

    private static Node before(SequenceNode sequence, int index) {
        return sequence.getValue().get(index - 1);
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
}
