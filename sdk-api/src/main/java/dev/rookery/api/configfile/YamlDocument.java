package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import dev.rookery.api.configfile.TreeNode.Kind;
import dev.rookery.api.internal.TextSplice;
import dev.rookery.api.internal.YamlSource;
import dev.rookery.api.internal.YamlSplicer;
import dev.rookery.api.internal.YamlText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The first document of a text of YAML, by the places of its nodes. */
final class YamlDocument implements TreeDocument {

    private static final int MAX_ALIASES = 50;
    private static final String ELSEWHERE = "it stands behind an alias, or where there is nothing to put it";

    private final YamlSplicer splicer;
    private final TreeNode root;
    /** What is said once more somewhere else, and would change there, too. */
    private final Set<Node> aliased;

    private YamlDocument(String text, TreeNode root, Set<Node> aliased) {
        this.splicer = new YamlSplicer(text);
        this.root = root;
        this.aliased = aliased;
    }

    static YamlDocument parse(String text, ConfigFileOptions options) {
        var source = new YamlSource(
                "the file", options.maxBytes(), MAX_ALIASES, options.maxDepth(), 2 * options.maxValues());
        Optional<Node> node;
        try {
            node = source.first(text);
        } catch (YamlSource.BrokenYamlException e) {
            throw new ConfigFileException(String.valueOf(e.getMessage()), e.line(), e.column());
        }
        var nodes = new YamlNodes();
        var root = node.map(nodes::of).orElseGet(() -> TreeNode.single(Kind.NULL, "", 0, 0, null));
        return new YamlDocument(text, root, nodes.aliased());
    }

    @Override
    public TreeNode root() {
        return root;
    }

    @Override
    public List<TextSplice> set(TreeTarget target, Json value) throws Refusal {
        if (target.nodes().stream().anyMatch(this::named) || (target.present() && holdsNamed(target.last()))) {
            throw new Refusal("it stands behind an anchor, and an alias elsewhere would change with it");
        }
        if (target.present()) {
            return List.of(replace(target, rendered(target.last(), value)));
        }
        var missing = target.missing();
        // Names that follow each other are mappings; an item of a list begins a value on one line.
        int names = 0;
        while (names < missing.size() && missing.get(names).name() != null) {
            names++;
        }
        var rendered = YamlText.of(TreeTarget.wrapped(missing.subList(names, missing.size()), value));
        var path = missing.subList(0, names).stream()
                .map(step -> YamlText.key(String.valueOf(step.name())))
                .toList();
        return List.of(insert(target, path, rendered, YamlText.of(TreeTarget.wrapped(missing, value))));
    }

    private boolean holdsNamed(TreeNode node) {
        return named(node)
                || node.items().stream().anyMatch(this::holdsNamed)
                || node.members().stream().anyMatch(member -> holdsNamed(member.value()));
    }

    private boolean named(TreeNode node) {
        return node.kind() != Kind.ALIAS && node.origin() instanceof Node origin && aliased.contains(origin);
    }

    private TextSplice insert(TreeTarget target, List<String> path, String rendered, String flow) throws Refusal {
        var last = target.last();
        if (last.origin() instanceof SequenceNode sequence) {
            return splicer.append(sequence, inner(flow)).orElseThrow(() -> new Refusal(ELSEWHERE));
        }
        if (last.origin() instanceof MappingNode mapping) {
            return splicer.into(mapping, path, rendered);
        }
        if (target.nodes().size() == 1) {
            if (path.isEmpty()) {
                throw new Refusal("a list in an empty file (expected: a name)");
            }
            return splicer.intoNothing(path, rendered);
        }
        boolean below = !path.isEmpty() && target.parentOfLast().origin() instanceof MappingNode;
        return below ? splicer.intoEmpty(place(target), path, rendered) : replace(target, flow);
    }

    /** Returns an item without the list that is around it. */
    private static String inner(String flow) {
        return flow.substring(1, flow.length() - 1);
    }

    private TextSplice replace(TreeTarget target, String rendered) throws Refusal {
        if (target.parentOfLast().origin() instanceof SequenceNode sequence) {
            return splicer.replaceItem(sequence, target.stepToLast().position(), rendered)
                    .orElseThrow(() -> new Refusal(ELSEWHERE));
        }
        return splicer.replace(place(target), rendered);
    }

    private static YamlSplicer.Place place(TreeTarget target) throws Refusal {
        var parent = target.parentOfLast();
        var member = parent.members().get(target.stepToLast().position());
        if (parent.origin() instanceof MappingNode mapping
                && member.origin() instanceof Node key
                && member.value().origin() instanceof Node value) {
            return new YamlSplicer.Place(mapping, key, value);
        }
        throw new Refusal(ELSEWHERE);
    }

    /** Returns a value in the quotes of the one that it replaces. */
    private static String rendered(TreeNode present, Json value) {
        if (value instanceof Json.Text text && present.origin() instanceof ScalarNode scalar) {
            boolean plain = text.value().chars().allMatch(c -> c >= ' ' && c < 0x7f);
            if (scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED && plain) {
                return "'" + text.value().replace("'", "''") + "'";
            }
            if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
                return YamlText.quoted(text.value());
            }
        }
        return YamlText.of(value);
    }
}
