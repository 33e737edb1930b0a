package dev.rookery.api.configfile;

import dev.rookery.api.configfile.TreeNode.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A table of TOML while it is read: what it holds, and where a line could be added to it. */
final class TomlTable {

    private final Form form;
    /** From the root, as it is written in headers; for dotted keys from the table that they stand in. */
    private final String path;

    private final boolean inList;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private boolean defined;
    private int lineEnd = -1;
    private String indent = "";

    enum Form {
        /** The whole file. */
        ROOT,
        /** Named by headers. */
        HEADER,
        /** Named by the dots of keys. */
        DOTTED
    }

    /**
     * What stands under a name.
     *
     * @param start where the name begins
     * @param value a single value, list or inline table; null for the others
     * @param table a table; null for the others
     * @param tables a list of tables; null for the others
     */
    record Slot(
            String name,
            int start,
            @Nullable TreeNode value,
            @Nullable TomlTable table,
            @Nullable List<TomlTable> tables) {}

    TomlTable(Form form, String path, boolean inList) {
        this.form = form;
        this.path = path;
        this.inList = inList;
    }

    Form form() {
        return form;
    }

    String path() {
        return path;
    }

    /** Returns whether a header that names it again would name another one. */
    boolean inList() {
        return inList;
    }

    /** Returns whether a header of its own, or keys, have named it. */
    boolean defined() {
        return defined;
    }

    void define() {
        defined = true;
    }

    /** Returns the end of its last line, -1 if it has none. */
    int lineEnd() {
        return lineEnd;
    }

    /** Returns the blanks before its last line. */
    String indent() {
        return indent;
    }

    void line(int end, String lineIndent) {
        lineEnd = end;
        indent = lineIndent;
    }

    @Nullable
    Slot find(String name) {
        return slots.get(name);
    }

    void add(Slot slot) {
        slots.put(slot.name(), slot);
    }

    TreeNode node() {
        var members = new ArrayList<Member>();
        for (var slot : slots.values()) {
            members.add(new Member(slot.name(), node(slot), slot.start(), null));
        }
        return TreeNode.object(members, 0, 0, this);
    }

    private static TreeNode node(Slot slot) {
        if (slot.value() != null) {
            return slot.value();
        }
        if (slot.tables() != null) {
            return TreeNode.list(slot.tables().stream().map(TomlTable::node).toList(), 0, 0, null);
        }
        return Objects.requireNonNull(slot.table()).node();
    }
}
