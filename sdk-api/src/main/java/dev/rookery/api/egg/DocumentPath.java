package dev.rookery.api.egg;

import dev.rookery.api.egg.EggException.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.regex.Pattern;

/**
 * Where a parser is in a document, and how much it may still read. Both bounds hold for the whole file: texts that hold JSON, and what
 * aliases repeat, count with it.
 */
final class DocumentPath {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    /** Each value costs far more memory than the two bytes it may be written with. */
    private static final int MAX_VALUES = 100_000;

    private final Deque<Object> steps = new ArrayDeque<>();
    private final int maxDepth;
    private String base = "";
    private int values;

    DocumentPath(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** Returns the path of a member. */
    static String member(String path, String name) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            return path + "[" + Warnings.quote(name) + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Begins a text inside of the document, or the document itself. */
    void begin(String path) {
        base = path;
        steps.clear();
    }

    /** Returns where the text stands that is being read, empty for the document itself. */
    String base() {
        return base;
    }

    void enter(String member, EggPlace place) {
        push(member, place);
    }

    void enter(int index, EggPlace place) {
        push(index, place);
    }

    void leave() {
        steps.pop();
    }

    /** Counts values. */
    void count(int more, EggPlace place) {
        values += more;
        if (values > MAX_VALUES || values < 0) {
            throw new EggException(
                    Reason.TOO_LARGE,
                    toString(),
                    place,
                    "egg: more than " + MAX_VALUES + " values at " + place + " (expected: fewer)",
                    null);
        }
    }

    int values() {
        return values;
    }

    /** Checks that so many levels more are not too many. */
    void reach(int levels, EggPlace place) {
        if (steps.size() + levels > maxDepth) {
            throw new EggException(
                    Reason.TOO_LARGE,
                    "",
                    place,
                    "egg: nested too deep at " + place + " (expected: at most " + maxDepth + " levels)",
                    null);
        }
    }

    private void push(Object step, EggPlace place) {
        steps.push(step);
        reach(0, place);
    }

    @Override
    public String toString() {
        var path = base;
        for (Iterator<Object> step = steps.descendingIterator(); step.hasNext(); ) {
            var next = step.next();
            path = next instanceof String name ? member(path, name) : path + "[" + next + "]";
        }
        return path;
    }
}
