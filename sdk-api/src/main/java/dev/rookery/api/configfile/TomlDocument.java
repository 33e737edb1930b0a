package dev.rookery.api.configfile;

import dev.rookery.api.Json;
import dev.rookery.api.configfile.TomlTable.Form;
import dev.rookery.api.configfile.TreeTarget.Step;
import dev.rookery.api.internal.TextSplice;
import java.util.List;

/** TOML 1.0: values are replaced where they stand, keys are put below those of their table, tables at the end. */
final class TomlDocument implements TreeDocument {

    private final String text;
    private final String newline;
    private final TreeNode root;
    private final int firstHeader;

    private TomlDocument(String text, TreeNode root, int firstHeader) {
        this.text = text;
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
        this.root = root;
        this.firstHeader = firstHeader;
    }

    static TomlDocument parse(String text, ConfigFileOptions options) {
        var reader = new TomlReader(text, options);
        var root = reader.read();
        return new TomlDocument(text, root.node(), reader.firstHeader());
    }

    @Override
    public TreeNode root() {
        return root;
    }

    @Override
    public List<TextSplice> set(TreeTarget target, Json value) throws Refusal {
        return List.of(
                target.present() ? replace(target.last(), value) : insert(target.last(), target.missing(), value));
    }

    private TextSplice replace(TreeNode node, Json value) throws Refusal {
        if (node.start() == node.end()) {
            throw new Refusal("it is a table (expected: a value)");
        }
        var rendered = TomlText.of(value);
        if (value instanceof Json.Text wanted) {
            boolean time = node.kind() == TreeNode.Kind.OTHER && TomlText.time(wanted.value());
            rendered = time ? wanted.value() : TomlText.like(text.substring(node.start(), node.end()), wanted.value());
        }
        return new TextSplice(node.start(), node.end(), rendered);
    }

    private TextSplice insert(TreeNode parent, List<Step> missing, Json value) throws Refusal {
        var name = missing.get(0).name();
        var inner = TreeTarget.wrapped(missing.subList(1, missing.size()), value);
        if (parent.origin() instanceof TomlTable table && name != null) {
            return into(table, missing, value);
        }
        if (parent.start() == parent.end()) {
            throw new Refusal("it would be one more of a list of tables (expected: one that is there)");
        }
        int count = parent.members().size() + parent.items().size();
        var rendered = (name == null ? "" : TomlText.key(name) + " = ") + TomlText.of(inner);
        if (count > 0) {
            int end = parent.child(count - 1).end();
            return new TextSplice(end, end, ", " + rendered);
        }
        return new TextSplice(parent.start() + 1, parent.start() + 1, name == null ? rendered : " " + rendered + " ");
    }

    private TextSplice into(TomlTable table, List<Step> missing, Json value) throws Refusal {
        // Names that follow each other are a table; an item of a list begins a value.
        int names = 1;
        while (names < missing.size() && missing.get(names).name() != null) {
            names++;
        }
        var keys = missing.subList(0, names).stream()
                .map(step -> TomlText.key(String.valueOf(step.name())))
                .toList();
        var rendered = TomlText.of(TreeTarget.wrapped(missing.subList(names, missing.size()), value));
        if (table.form() == Form.DOTTED) {
            return below(table, table.path() + "." + String.join(".", keys) + " = " + rendered);
        }
        boolean ownLine = names == 1 && (table.form() == Form.ROOT || table.lineEnd() >= 0);
        if (ownLine || table.inList()) {
            return below(table, String.join(".", keys) + " = " + rendered);
        }
        var path = String.join(".", keys.subList(0, names - 1));
        var header = table.path().isEmpty() ? path : path.isEmpty() ? table.path() : table.path() + "." + path;
        var line = keys.get(names - 1) + " = " + rendered;
        return atEnd("[" + header + "]" + newline + line, true);
    }

    private TextSplice below(TomlTable table, String line) throws Refusal {
        if (table.lineEnd() >= 0) {
            return new TextSplice(table.lineEnd(), table.lineEnd(), newline + table.indent() + line);
        }
        if (table.form() != Form.ROOT) {
            throw new Refusal("its table is only named by others");
        }
        if (firstHeader < 0) {
            return atEnd(line, false);
        }
        int at = firstHeaderComment();
        return new TextSplice(at, at, line + newline + newline);
    }

    /** Returns where the first header begins, with the comment that stands directly above it. */
    private int firstHeaderComment() {
        int at = lineStart(firstHeader);
        while (at > 0) {
            int above = lineStart(at - 1);
            if (!text.substring(above, at).strip().startsWith("#")) {
                return at;
            }
            at = above;
        }
        // A comment at the very beginning is the file's.
        return lineStart(firstHeader);
    }

    private TextSplice atEnd(String lines, boolean apart) {
        var before = text.isEmpty() || text.endsWith("\n") ? "" : newline;
        var blank = apart && !text.isBlank() ? newline : "";
        return new TextSplice(text.length(), text.length(), before + blank + lines + newline);
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }
}
