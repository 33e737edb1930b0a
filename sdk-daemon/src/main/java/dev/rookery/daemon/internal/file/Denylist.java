package dev.rookery.daemon.internal.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The files of a server that nobody may touch, by the patterns of its egg in the syntax of gitignore: the last pattern that matches decides, a
 * pattern takes everything below a directory along, and nothing below a denied directory can be allowed again. Decides in time that is
 * bounded by the length of pattern and path, whatever they are: eggs are strangers' texts. Immutable.
 */
public final class Denylist {

    private static final Denylist NONE = new Denylist(List.of());

    /** The last one first. */
    private final List<Pattern> patterns;

    private Denylist(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Returns the denylist of these lines; those that are empty or comments are passed over. */
    public static Denylist of(List<String> lines) {
        var patterns = new ArrayList<Pattern>();
        for (var line : lines) {
            var text = stripped(line);
            if (!text.isEmpty() && !text.startsWith("#")) {
                patterns.add(Pattern.of(text));
            }
        }
        Collections.reverse(patterns);
        return patterns.isEmpty() ? NONE : new Denylist(List.copyOf(patterns));
    }

    /** Returns whether nothing is denied. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /**
     * Returns whether a file is denied.
     *
     * @param names of its path, from the server's root
     * @param directory whether it is one
     */
    boolean denies(List<String> names, boolean directory) {
        for (int length = 1; length <= names.size(); length++) {
            if (matches(names.subList(0, length), length < names.size() || directory)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(List<String> names, boolean directory) {
        for (var pattern : patterns) {
            if (pattern.matches(names, directory)) {
                return !pattern.negated;
            }
        }
        return false;
    }

    /** Takes spaces at the end away, but for one that is escaped. */
    private static String stripped(String line) {
        var text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ' && !(end > 1 && text.charAt(end - 2) == '\\')) {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * One line.
     *
     * @param negated whether it allows what an earlier one denies
     * @param directories whether it means directories only
     * @param anchored whether it means a path from the root, and not a name anywhere
     * @param parts globs of names; {@code **} stands for any number of directories
     */
    private record Pattern(boolean negated, boolean directories, boolean anchored, List<String> parts) {

        static Pattern of(String line) {
            boolean negated = line.startsWith("!");
            var text = negated ? line.substring(1) : line;
            boolean directories = text.endsWith("/");
            text = directories ? text.substring(0, text.length() - 1) : text;
            boolean anchored = text.indexOf('/') >= 0;
            var parts = new ArrayList<String>();
            for (var part : (text.startsWith("/") ? text.substring(1) : text).split("/", -1)) {
                // Several in a row mean the same as one.
                if (!part.equals("**")
                        || parts.isEmpty()
                        || !parts.get(parts.size() - 1).equals("**")) {
                    parts.add(part);
                }
            }
            return new Pattern(negated, directories, anchored, List.copyOf(parts));
        }

        boolean matches(List<String> names, boolean directory) {
            if (directories && !directory) {
                return false;
            }
            return anchored ? matchesPath(names) : Glob.matches(parts.get(0), names.get(names.size() - 1));
        }

        /** Goes through the parts once, with every length of path that those so far can stand for. */
        private boolean matchesPath(List<String> names) {
            var reached = new boolean[names.size() + 1];
            reached[0] = true;
            for (int i = 0; i < parts.size(); i++) {
                var part = parts.get(i);
                var next = new boolean[names.size() + 1];
                for (int length = 0; length <= names.size(); length++) {
                    if (!reached[length]) {
                        continue;
                    }
                    if (!part.equals("**")) {
                        boolean more = length < names.size() && Glob.matches(part, names.get(length));
                        next[Math.min(length + 1, names.size())] |= more;
                    } else {
                        // At the end it stands for something inside of the directory, elsewhere for nothing too.
                        int least = i == parts.size() - 1 ? length + 1 : length;
                        for (int longer = least; longer <= names.size(); longer++) {
                            next[longer] = true;
                        }
                    }
                }
                reached = next;
            }
            return reached[names.size()];
        }
    }
}
