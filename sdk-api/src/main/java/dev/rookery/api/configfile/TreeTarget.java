package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place in a tree: the values on the way to it as far as they are there, and what is missing behind the last of them.
 *
 * @param nodes from the root on
 * @param steps from the root on, at least as many as lead to the last node
 */
record TreeTarget(List<TreeNode> nodes, List<Step> steps) {

    /**
     * A step down.
     *
     * @param name of a member, null for an item of a list
     * @param position among the members or items; -1 for a member that is missing
     */
    record Step(@Nullable String name, int position) {}

    /** A place and the value that it is to have. */
    record Change(TreeTarget target, Json value) {}

    TreeTarget {
        nodes = List.copyOf(nodes);
        steps = List.copyOf(steps);
    }

    /** Returns whether there is a value. */
    boolean present() {
        return nodes.size() == steps.size() + 1;
    }

    /** Returns the value, or the last one on the way. */
    TreeNode last() {
        return nodes.get(nodes.size() - 1);
    }

    /** Returns what the last value on the way is in. */
    TreeNode parentOfLast() {
        return nodes.get(nodes.size() - 2);
    }

    /** Returns the step to the last value on the way. */
    Step stepToLast() {
        return steps.get(nodes.size() - 2);
    }

    /** Returns the steps that are missing. */
    List<Step> missing() {
        return steps.subList(nodes.size() - 1, steps.size());
    }

    /** Returns a value inside of what the missing steps from one on need around it. */
    static Json wrapped(List<Step> steps, Json value) {
        var wrapped = value;
        for (int i = steps.size() - 1; i >= 0; i--) {
            var name = steps.get(i).name();
            if (name == null) {
                wrapped = new Json.Array(List.of(wrapped));
            } else {
                var members = new LinkedHashMap<String, Json>();
                members.put(name, wrapped);
                wrapped = new Json.Obj(members);
            }
        }
        return wrapped;
    }
}
