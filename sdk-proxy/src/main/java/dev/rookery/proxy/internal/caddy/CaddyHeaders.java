package dev.rookery.proxy.internal.caddy;

import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.HeaderOps;
import java.util.List;
import java.util.Map;

/** Changes of headers. */
final class CaddyHeaders {

    private CaddyHeaders() {}

    /** Returns the changes as Caddy has them; empty if there is none. */
    static Tree ops(HeaderOps ops) {
        var tree = new Tree();
        tree.putSome("add", values(ops.add(), ops.template()));
        tree.putSome("set", values(ops.set(), ops.template()));
        if (!ops.delete().isEmpty()) {
            tree.put("delete", ops.delete());
        }
        var replacements = new Tree();
        for (var replacement : ops.replace()) {
            // All of one header stand together; putting them again changes nothing.
            replacements.put(replacement.header(), Tree.array(of(ops, replacement.header())));
        }
        return tree.putSome("replace", replacements);
    }

    private static List<Tree> of(HeaderOps ops, String header) {
        return ops.replace().stream()
                .filter(replacement -> replacement.header().equals(header))
                .map(replacement -> Tree.of("search", Literal.of(replacement.search()))
                        .put("replace", Literal.of(replacement.by(), ops.template())))
                .toList();
    }

    private static Tree values(Map<String, String> headers, boolean template) {
        var tree = new Tree();
        headers.forEach((name, value) -> tree.put(name, List.of(Literal.of(value, template))));
        return tree;
    }
}
