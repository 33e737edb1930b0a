package dev.rookery.api.configfile;

import dev.rookery.api.configfile.TreeTarget.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A path into a tree: names between dots, {@code [n]} and {@code .n} for items of a list, {@code *} for everything, any number of times.
 * {@code \} takes the meaning of the character behind it. A number is an item where a list is, and a name everywhere else.
 */
final class TreePath {

    private static final int MAX_SEGMENTS = 64;
    private static final int MAX_DIGITS = 6;

    private final List<Segment> segments;

    private enum Kind {
        NAME,
        INDEX,
        ANY
    }

    private record Segment(Kind kind, String text) {

        /** Returns the item it means in a list, or -1. */
        int index() {
            boolean number = !text.isEmpty()
                    && text.length() <= MAX_DIGITS
                    && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return number ? Integer.parseInt(text) : -1;
        }
    }

    private TreePath(List<Segment> segments) {
        this.segments = segments;
    }

    static TreePath parse(String match) throws Refusal {
        if (match.isEmpty()) {
            throw new Refusal("match: '' (expected: a path)");
        }
        var segments = new ArrayList<Segment>();
        var name = new StringBuilder();
        boolean escaped = false;
        boolean open = true;
        int at = 0;
        while (at < match.length()) {
            char c = match.charAt(at);
            int close = c == '[' ? indexEnd(match, at) : -1;
            if (c == '\\' && at + 1 < match.length()) {
                name.append(match.charAt(++at));
                escaped = true;
                open = true;
            } else if (close > 0) {
                if (name.length() > 0) {
                    segments.add(segment(name, escaped));
                }
                var index = match.substring(at + 1, close);
                segments.add(new Segment(index.equals("*") ? Kind.ANY : Kind.INDEX, index));
                name.setLength(0);
                escaped = false;
                open = false;
                at = close;
            } else if (c == '.') {
                if (open) {
                    segments.add(segment(name, escaped));
                }
                name.setLength(0);
                escaped = false;
                open = true;
            } else {
                name.append(c);
                open = true;
            }
            at++;
        }
        if (open) {
            segments.add(segment(name, escaped));
        }
        if (segments.size() > MAX_SEGMENTS) {
            throw new Refusal("a path of " + segments.size() + " parts (expected: at most " + MAX_SEGMENTS + ")");
        }
        return new TreePath(segments);
    }

    private static Segment segment(StringBuilder name, boolean escaped) {
        var text = name.toString();
        return new Segment(text.equals("*") && !escaped ? Kind.ANY : Kind.NAME, text);
    }

    /** Returns where an index in brackets ends, or -1 if it is something else. */
    private static int indexEnd(String match, int open) {
        int close = match.indexOf(']', open);
        if (close < 0 || (close + 1 < match.length() && ".[".indexOf(match.charAt(close + 1)) < 0)) {
            return -1;
        }
        var inside = match.substring(open + 1, close);
        return inside.equals("*") || new Segment(Kind.INDEX, inside).index() >= 0 ? close : -1;
    }

    /** Returns the places that the path means, also such as are not there yet. */
    List<TreeTarget> targets(TreeNode root) throws Refusal {
        var targets = new ArrayList<TreeTarget>();
        follow(0, List.of(root), List.of(), false, targets);
        return targets;
    }

    private void follow(int at, List<TreeNode> nodes, List<Step> steps, boolean any, List<TreeTarget> targets)
            throws Refusal {
        if (at == segments.size()) {
            targets.add(new TreeTarget(nodes, steps));
            return;
        }
        var node = nodes.get(nodes.size() - 1);
        var segment = segments.get(at);
        if (segment.kind() == Kind.ANY) {
            int count = node.kind() == TreeNode.Kind.LIST
                    ? node.items().size()
                    : node.members().size();
            for (int i = 0; i < count; i++) {
                follow(at + 1, plus(nodes, node.child(i)), plus(steps, step(node, i)), true, targets);
            }
            return;
        }
        try {
            int position = position(node, segment);
            if (position >= 0) {
                follow(at + 1, plus(nodes, node.child(position)), plus(steps, step(node, position)), any, targets);
            } else if (segments.subList(at, segments.size()).stream().noneMatch(s -> s.kind() == Kind.ANY)) {
                targets.add(new TreeTarget(nodes, missing(node, at, steps)));
            }
        } catch (Refusal refusal) {
            // One of many that is of another shape is none of those that are meant.
            if (!any) {
                throw refusal;
            }
        }
    }

    /** Returns the position of what a segment means, -1 if that can be added. */
    private static int position(TreeNode node, Segment segment) throws Refusal {
        int index = segment.index();
        switch (node.kind()) {
            case OBJECT -> {
                int position = node.position(segment.text());
                if (position < 0 && segment.kind() == Kind.INDEX) {
                    throw new Refusal("[" + index + "] stands behind an object (expected: a list)");
                }
                return position;
            }
            case LIST -> {
                if (index < 0 || index > node.items().size()) {
                    throw new Refusal("'" + segment.text() + "' stands behind a list of "
                            + node.items().size() + " (expected: the number of an item, from 0)");
                }
                return index < node.items().size() ? index : -1;
            }
            case NULL -> {
                return -1;
            }
            default ->
                throw new Refusal(
                        "'" + segment.text() + "' stands behind " + node.kind() + " (expected: an object or a list)");
        }
    }

    private List<Step> missing(TreeNode node, int from, List<Step> steps) throws Refusal {
        var all = new ArrayList<>(steps);
        for (int i = from; i < segments.size(); i++) {
            var segment = segments.get(i);
            boolean item = i == from && node.kind() == TreeNode.Kind.LIST;
            if (!item && segment.kind() == Kind.NAME) {
                all.add(new Step(segment.text(), -1));
            } else if (item || segment.index() == 0) {
                all.add(new Step(null, segment.index()));
            } else {
                throw new Refusal("[" + segment.text() + "] of a list that is not there (expected: [0])");
            }
        }
        return all;
    }

    private static Step step(TreeNode node, int position) {
        return node.kind() == TreeNode.Kind.LIST
                ? new Step(null, position)
                : new Step(node.members().get(position).name(), position);
    }

    private static <T> List<T> plus(List<T> list, T more) {
        var longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
