package dev.rookery.proxy.internal.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Directives, some of which have directives of their own. Used by one thread. */
final class Block {

    private final String head;
    private final boolean leaf;
    private final List<Block> items = new ArrayList<>();

    private Block(String head, boolean leaf) {
        this.head = head;
        this.leaf = leaf;
    }

    /** Returns the outermost one. */
    static Block file() {
        return new Block("", false);
    }

    /** Returns one that stands nowhere yet. */
    static Block of(String directive, Word... words) {
        return new Block(head(directive, words), false);
    }

    /** Adds a directive. */
    Block line(String directive, Word... words) {
        items.add(new Block(head(directive, words), true));
        return this;
    }

    /** Adds a directive of words that are this generator's own. */
    Block line(String directive, String... words) {
        return line(directive, Stream.of(words).map(Word::own).toArray(Word[]::new));
    }

    /** Adds a directive with directives, and returns it. */
    Block block(String directive, Word... words) {
        var block = of(directive, words);
        items.add(block);
        return block;
    }

    /** Adds what was made elsewhere. */
    Block add(Block block) {
        items.add(block);
        return this;
    }

    /** Adds what is within another one. */
    Block addAll(Block block) {
        items.addAll(block.items);
        return this;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** Returns the text of a file. */
    String text() {
        var out = new StringBuilder();
        items.forEach(item -> item.write(out, ""));
        return out.toString();
    }

    private void write(StringBuilder out, String indent) {
        out.append(indent).append(head);
        if (leaf) {
            out.append(";\n");
            return;
        }
        out.append(" {\n");
        items.forEach(item -> item.write(out, indent + "    "));
        out.append(indent).append("}\n");
    }

    private static String head(String directive, Word... words) {
        return Stream.concat(Stream.of(directive), Stream.of(words).map(Word::text))
                .collect(Collectors.joining(" "));
    }
}
