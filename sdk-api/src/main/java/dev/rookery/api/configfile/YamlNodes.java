package dev.rookery.api.configfile;

import dev.rookery.api.configfile.TreeNode.Kind;
import dev.rookery.api.configfile.TreeNode.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Makes trees of the library's nodes. What an alias names stands in the tree where the text has it; the alias is one. */
final class YamlNodes {

    /** Numbers that only readers of YAML 1.1 know. */
    private static final Pattern OLD_NUMBER = Pattern.compile("[-+]?(?:[0-9][0-9_]*(?:\\.[0-9_]*)?|0b[01_]+)");
    /** No path leads through a key that is no name. */
    private static final String NO_NAME = "\0";

    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> aliased = Collections.newSetFromMap(new IdentityHashMap<>());

    TreeNode of(Node node) {
        if (!seen.add(node)) {
            aliased.add(node);
            var says = node instanceof ScalarNode scalar ? scalar.getValue() : "";
            return TreeNode.single(Kind.ALIAS, says, 0, 0, node);
        }
        if (node instanceof MappingNode mapping) {
            var members = new ArrayList<Member>();
            for (var tuple : mapping.getValue()) {
                var name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : NO_NAME;
                members.add(new Member(name, of(tuple.getValueNode()), 0, tuple.getKeyNode()));
            }
            return TreeNode.object(members, 0, 0, node);
        }
        if (node instanceof SequenceNode sequence) {
            return TreeNode.list(sequence.getValue().stream().map(this::of).toList(), 0, 0, node);
        }
        var scalar = (ScalarNode) node;
        return TreeNode.single(kind(scalar), scalar.getValue(), 0, 0, node);
    }

    /** Returns the values that an alias stands for, of all that have been asked for. */
    Set<Node> aliased() {
        return aliased;
    }

    private static Kind kind(ScalarNode scalar) {
        var tag = scalar.getTag();
        if (Tag.NULL.equals(tag)) {
            return Kind.NULL;
        }
        if (Tag.BOOL.equals(tag)) {
            return Kind.BOOL;
        }
        if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
            return Kind.NUMBER;
        }
        if (!Tag.STR.equals(tag) && !Tag.ENV_TAG.equals(tag)) {
            return Kind.OTHER;
        }
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return Kind.TEXT;
        }
        // Most games read YAML 1.1, in which these are no texts.
        if (Values.yamlTruth(scalar.getValue()).isPresent()) {
            return Kind.BOOL;
        }
        return OLD_NUMBER.matcher(scalar.getValue()).matches() ? Kind.NUMBER : Kind.TEXT;
    }
}
