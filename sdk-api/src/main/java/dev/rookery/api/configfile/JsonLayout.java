package dev.rookery.api.configfile;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.rookery.api.Json;
import dev.rookery.api.internal.TextSplice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes values into a text of JSON the way that the text is written. */
final class JsonLayout {

    private static final String DEFAULT_UNIT = "  ";

    private final String text;
    private final String newline;
    private final boolean lines;
    private final String unit;

    JsonLayout(String text, TreeNode root) {
        this.text = text;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
        this.lines = text.indexOf('\n') >= 0;
        this.unit = unit(root);
    }

    String newline() {
        return newline;
    }

    /** Returns whether the text has more than one line, or is still empty. */
    boolean lines() {
        return lines || text.isBlank();
    }

    /** Returns a value without a blank. */
    static String compact(Json value) {
        if (value instanceof Json.Obj object) {
            var members = new ArrayList<String>();
            object.members().forEach((name, inner) -> members.add(quoted(name) + ": " + compact(inner)));
            return "{" + String.join(", ", members) + "}";
        }
        if (value instanceof Json.Array array) {
            return "["
                    + String.join(
                            ", ",
                            array.items().stream().map(JsonLayout::compact).toList()) + "]";
        }
        return single(value);
    }

    /** Returns a value with a line for each member. */
    String pretty(Json value, String indent) {
        var parts = new ArrayList<String>();
        if (value instanceof Json.Obj object && !object.members().isEmpty()) {
            object.members().forEach((name, inner) -> parts.add(quoted(name) + ": " + pretty(inner, indent + unit)));
            return block("{", parts, "}", indent);
        }
        if (value instanceof Json.Array array && !array.items().isEmpty()) {
            array.items().forEach(inner -> parts.add(pretty(inner, indent + unit)));
            return block("[", parts, "]", indent);
        }
        return compact(value);
    }

    /** Returns the blanks that the line of a place begins with. */
    String indentAt(int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int end = start;
        while (end < offset && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    /** Returns what puts a member, or an item if it has no name, behind the others. */
    TextSplice insertion(TreeNode container, @Nullable String name, Json value) {
        int count = container.items().size() + container.members().size();
        if (count == 0) {
            return first(container, name, value);
        }
        var last = container.child(count - 1);
        int lastStart =
                name == null ? last.start() : container.members().get(count - 1).start();
        int before =
                count == 1 ? container.start() + 1 : container.child(count - 2).end();
        boolean broken = text.substring(before, lastStart).indexOf('\n') >= 0;
        if (!broken) {
            return new TextSplice(last.end(), last.end(), ", " + named(name, compact(value), last, lastStart));
        }
        var indent = indentAt(lastStart);
        return new TextSplice(
                last.end(), last.end(), "," + newline + indent + named(name, pretty(value, indent), last, lastStart));
    }

    private TextSplice first(TreeNode container, @Nullable String name, Json value) {
        int at = container.start() + 1;
        var inside = text.substring(at, container.end() - 1);
        boolean broken = inside.indexOf('\n') >= 0;
        if (!broken && !(lines && inside.isBlank())) {
            return new TextSplice(at, at, named(name, compact(value), null, 0));
        }
        var outer = indentAt(container.start());
        var member = newline + outer + unit + named(name, pretty(value, outer + unit), null, 0);
        return broken
                ? new TextSplice(at, at, member)
                : new TextSplice(at, container.end() - 1, member + newline + outer);
    }

    /** Puts the name before a value, with the blanks around the colon that its neighbour has. */
    private String named(@Nullable String name, String rendered, @Nullable TreeNode neighbour, int neighbourStart) {
        if (name == null) {
            return rendered;
        }
        var colon = ": ";
        if (neighbour != null) {
            int from = neighbour.start();
            while (from > neighbourStart && " \t:".indexOf(text.charAt(from - 1)) >= 0) {
                from--;
            }
            var present = text.substring(from, neighbour.start());
            colon = present.indexOf(':') >= 0 && present.indexOf(':') == present.lastIndexOf(':') ? present : colon;
        }
        return quoted(name) + colon + rendered;
    }

    private String block(String open, List<String> parts, String close, String indent) {
        var between = newline + indent + unit;
        return open + between + String.join("," + between, parts) + newline + indent + close;
    }

    private String unit(TreeNode root) {
        int count = root.members().size() + root.items().size();
        if (count == 0) {
            return DEFAULT_UNIT;
        }
        int start = root.items().isEmpty()
                ? root.members().get(0).start()
                : root.items().get(0).start();
        var indent = indentAt(start);
        boolean line = text.substring(root.start(), start).indexOf('\n') >= 0;
        return line && !indent.isEmpty() ? indent : DEFAULT_UNIT;
    }

    private static String quoted(String value) {
        var out = new StringBuilder("\"");
        JsonStringEncoder.getInstance().quoteAsString(value, out);
        return out.append('"').toString();
    }

    private static String single(Json value) {
        if (value instanceof Json.Text text) {
            return quoted(text.value());
        }
        if (value instanceof Json.Num number) {
            return Values.literal(number.value());
        }
        return value instanceof Json.Bool bool ? Boolean.toString(bool.value()) : "null";
    }
}
