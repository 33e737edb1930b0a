package dev.rookery.proxy.internal.nginx;

import dev.rookery.api.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A piece of nginx's own language that an administrator wrote, read by the rules of nginx's own reader. It is written anew from what was read, so that it
 * stays within the block that it is put into.
 */
public final class NginxPiece {

    private static final int LENGTH_MAX = 65_536;
    private static final int DEPTH_MAX = 16;
    /** What is within these are keys, and values for them. */
    private static final Set<String> KEYED = Set.of("geo", "map", "split_clients", "types");

    private final List<Directive> directives;

    private NginxPiece(List<Directive> directives) {
        this.directives = directives;
    }

    /**
     * Reads a piece.
     *
     * @throws InvalidInputException if it is none; the message names line, what was given and what is expected
     */
    public static NginxPiece parse(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new InvalidInputException(text.length() + " letters (expected: at most " + LENGTH_MAX + ")");
        }
        return new NginxPiece(new Reader(text).block(0));
    }

    /** Returns the names of all directives as nginx understands them, also of those within others. */
    public Stream<String> names() {
        return directives.stream().flatMap(Directive::names);
    }

    void addTo(Block block) {
        directives.forEach(directive -> directive.addTo(block));
    }

    /**
     * One directive.
     *
     * @param name which
     * @param words as they were written, quotation marks and all
     * @param block what is within it; empty if it ends with a semicolon
     */
    private record Directive(String name, List<String> words, Optional<List<Directive>> block) {

        Stream<String> names() {
            var within = block.stream().flatMap(List::stream).flatMap(Directive::names);
            return Stream.concat(
                    Stream.of(plain()), KEYED.contains(plain()) ? within.filter("include"::equals) : within);
        }

        /** Quotation marks make no difference to nginx. */
        private String plain() {
            return name.replaceAll("[\"'\\\\]", "");
        }

        void addTo(Block outer) {
            var written = words.stream().map(Word::new).toArray(Word[]::new);
            if (block.isEmpty()) {
                outer.line(name, written);
            } else {
                var inner = outer.block(name, written);
                block.get().forEach(directive -> directive.addTo(inner));
            }
        }
    }

    /** Goes through the text once, as nginx does. */
    private static final class Reader {

        private static final String ENDS = ";{}";

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Directive> block(int depth) {
            if (depth > DEPTH_MAX) {
                throw refused("at most " + DEPTH_MAX + " blocks within each other");
            }
            var read = new ArrayList<Directive>();
            var words = new ArrayList<String>();
            while (true) {
                skip();
                if (at == text.length() || text.charAt(at) == '}') {
                    end(words, depth);
                    return read;
                }
                if (ENDS.indexOf(text.charAt(at)) < 0) {
                    words.add(word());
                } else {
                    read.add(directive(words, depth));
                    words.clear();
                }
            }
        }

        private void end(List<String> words, int depth) {
            boolean closed = at < text.length();
            if (!words.isEmpty()) {
                throw refused("';' or '{' after '" + words.get(0) + "'");
            }
            if (closed && depth == 0) {
                throw refused("no '}' without its '{'");
            }
            if (!closed && depth > 0) {
                throw refused("'}'");
            }
            at += closed ? 1 : 0;
        }

        private Directive directive(List<String> words, int depth) {
            if (words.isEmpty()) {
                throw refused("a directive");
            }
            boolean leaf = text.charAt(at++) == ';';
            var rest = List.copyOf(words.subList(1, words.size()));
            return new Directive(words.get(0), rest, leaf ? Optional.empty() : Optional.of(block(depth + 1)));
        }

        private void skip() {
            while (at < text.length() && (blank(text.charAt(at)) || text.charAt(at) == '#')) {
                if (text.charAt(at) == '#') {
                    int line = text.indexOf('\n', at);
                    at = line < 0 ? text.length() : line;
                } else {
                    at++;
                }
            }
        }

        private String word() {
            char sign = text.charAt(at);
            return sign == '"' || sign == '\'' ? quoted(sign) : plain();
        }

        private String quoted(char mark) {
            int begin = at;
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) == '\\') {
                    at++;
                } else if (text.charAt(at) == mark) {
                    at++;
                    boolean over = at == text.length() || blank(text.charAt(at)) || ENDS.indexOf(text.charAt(at)) >= 0;
                    // That of a condition is a word of its own there.
                    if (!over && text.charAt(at) != ')') {
                        throw refused("a blank or ';' after a quotation mark");
                    }
                    return letters(begin);
                }
            }
            at = begin;
            throw refused("the other quotation mark");
        }

        private String plain() {
            int begin = at;
            // A brace right behind a dollar sign is that of a variable.
            boolean variable = false;
            while (at < text.length() && !blank(text.charAt(at))) {
                char sign = text.charAt(at);
                if (sign == ';' || (sign == '{' && !variable)) {
                    break;
                }
                variable = sign == '$';
                at += sign == '\\' && at + 1 < text.length() ? 2 : 1;
            }
            return letters(begin);
        }

        private String letters(int begin) {
            var word = text.substring(begin, at);
            boolean visible = word.chars().noneMatch(letter -> letter < ' ' && letter != '\t' && letter != '\n');
            if (!visible) {
                throw refused("no control characters");
            }
            return word;
        }

        private static boolean blank(char sign) {
            return sign == ' ' || sign == '\t' || sign == '\r' || sign == '\n';
        }

        private InvalidInputException refused(String expected) {
            long line = text.substring(0, Math.min(at, text.length()))
                            .chars()
                            .filter(letter -> letter == '\n')
                            .count()
                    + 1;
            return new InvalidInputException("line " + line + " of the piece (expected: " + expected + ")");
        }
    }
}
