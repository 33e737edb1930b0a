package dev.rookery.proxy.internal.caddy;

import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.HeaderOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Changes of headers. */
final class CaddyHeaders {

    /** Names of more hyphens than this leaves room for do not occur. */
    private static final int SPELLINGS_MAX = 128;

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

    /** Returns the handler that changes what was asked. */
    static Tree request(Tree ops) {
        return Tree.of("handler", "headers").put("request", ops);
    }

    /** Returns the name and those that programs behind take for it: many do not tell underscores from hyphens. */
    static List<String> spellings(String header) {
        var names = new ArrayList<>(List.of(header));
        for (int at = header.indexOf('-'); at >= 0 && names.size() < SPELLINGS_MAX; at = header.indexOf('-', at + 1)) {
            int place = at;
            names.addAll(names.stream()
                    .map(name -> name.substring(0, place) + "_" + name.substring(place + 1))
                    .toList());
        }
        return names;
    }
}
