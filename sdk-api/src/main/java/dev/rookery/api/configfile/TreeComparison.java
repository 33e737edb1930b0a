package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import dev.rookery.api.configfile.TreeTarget.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares a tree with what it was before: the places that were to be changed say what they should, and all others what they did. */
final class TreeComparison {

    /** Returns whether the changes, and nothing else, lie between two trees. */
    boolean onlyWanted(TreeNode before, TreeNode after, List<Change> changes) {
        return onlyWanted(before, after, changes, 0);
    }

    private boolean onlyWanted(TreeNode before, TreeNode after, List<Change> changes, int depth) {
        if (changes.isEmpty()) {
            return same(before, after);
        }
        for (var change : changes) {
            if (change.target().steps().size() == depth) {
                return after.says(change.value());
            }
            // Here something is added; all that is above it has been compared on the way.
            if (before.kind() == TreeNode.Kind.NULL) {
                return after.says(added(change, depth));
            }
        }
        if (before.kind() != after.kind() || !before.container()) {
            return false;
        }
        var left = new ArrayList<Integer>();
        for (int i = 0; i < size(after); i++) {
            left.add(i);
        }
        var deeper = new HashMap<Integer, List<Change>>();
        for (var change : changes) {
            if (change.target().nodes().size() > depth + 1) {
                int position = change.target().steps().get(depth).position();
                deeper.computeIfAbsent(position, p -> new ArrayList<>()).add(change);
            } else if (!removeAdded(after, change, depth, left)) {
                return false;
            }
        }
        return left.size() == size(before) && rest(before, after, left, deeper, depth);
    }

    /** Takes what a change has added out of the positions that are left to compare. */
    private static boolean removeAdded(TreeNode after, Change change, int depth, List<Integer> left) {
        var step = change.target().steps().get(depth);
        int position = step.name() == null ? size(after) - 1 : after.position(step.name());
        return position >= 0
                && left.remove(Integer.valueOf(position))
                && after.child(position).says(added(change, depth + 1));
    }

    private boolean rest(
            TreeNode before, TreeNode after, List<Integer> left, Map<Integer, List<Change>> deeper, int depth) {
        for (int i = 0; i < size(before); i++) {
            int now = left.get(i);
            if (before.kind() == TreeNode.Kind.OBJECT
                    && !before.members()
                            .get(i)
                            .name()
                            .equals(after.members().get(now).name())) {
                return false;
            }
            if (!onlyWanted(before.child(i), after.child(now), deeper.getOrDefault(i, List.of()), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(TreeNode before, TreeNode after) {
        // An alias says what its anchor does, and nothing is changed behind an anchor that an alias names.
        boolean same = before.kind() == after.kind()
                && (before.kind() == TreeNode.Kind.ALIAS || before.text().equals(after.text()))
                && size(before) == size(after);
        for (int i = 0; same && i < size(before); i++) {
            same = (before.kind() == TreeNode.Kind.LIST
                            || before.members()
                                    .get(i)
                                    .name()
                                    .equals(after.members().get(i).name()))
                    && same(before.child(i), after.child(i));
        }
        return same;
    }

    private static Json added(Change change, int depth) {
        var steps = change.target().steps();
        return TreeTarget.wrapped(steps.subList(depth, steps.size()), change.value());
    }

    private static int size(TreeNode node) {
        return node.kind() == TreeNode.Kind.LIST
                ? node.items().size()
                : node.members().size();
    }
}
