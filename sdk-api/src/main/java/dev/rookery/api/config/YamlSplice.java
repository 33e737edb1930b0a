package dev.rookery.api.config;

import dev.rookery.api.Json;
import dev.rookery.api.config.YamlTree.Entry;
import dev.rookery.api.internal.TextSplice;
import dev.rookery.api.internal.YamlSplicer;
import dev.rookery.api.internal.YamlText;
import java.util.Arrays;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Changes one value of a document and leaves every other character as it is. Whoever uses it parses the result and compares. */
final class YamlSplice {

    private final String text;
    private final YamlTree tree;
    private final YamlSplicer splicer;

    YamlSplice(String text, YamlTree tree) {
        this.text = text;
        this.tree = tree;
        this.splicer = new YamlSplicer(text);
    }

    /** Returns the document with a value. */
    String set(String key, Json value) {
        var entry = tree.entries().get(key);
        var rendered = YamlText.of(value);
        return apply(entry != null ? splicer.replace(place(entry), rendered) : insert(key, rendered));
    }

    /** Returns the document without a value. */
    String remove(String key) {
        var entry = tree.entries().get(key);
        return entry == null ? text : apply(splicer.remove(place(entry)));
    }

    private TextSplice insert(String key, String rendered) {
        var parts = Arrays.asList(key.split("\\.", -1));
        for (int i = parts.size() - 1; i > 0; i--) {
            var group = tree.entries().get(String.join(".", parts.subList(0, i)));
            if (group == null) {
                continue;
            }
            var rest = parts.subList(i, parts.size());
            boolean alias = splicer.start(group.value()) < splicer.start(group.key());
            return group.value() instanceof MappingNode mapping && !alias
                    ? splicer.into(mapping, rest, rendered)
                    : splicer.intoEmpty(place(group), rest, rendered);
        }
        return tree.root()
                .map(root -> splicer.into(root, parts, rendered))
                .orElseGet(() -> splicer.intoNothing(parts, rendered));
    }

    private String apply(TextSplice splice) {
        return TextSplice.apply(text, List.of(splice)).orElseThrow();
    }

    private static YamlSplicer.Place place(Entry entry) {
        return new YamlSplicer.Place(entry.parent(), entry.key(), entry.value());
    }
}
