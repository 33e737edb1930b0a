package dev.rookery.api.configfile;

import dev.rookery.api.configfile.TomlTable.Form;
import dev.rookery.api.configfile.TomlTable.Slot;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of TOML: headers, and keys with values. */
final class TomlReader {

    private final String text;
    private final ConfigFileOptions options;
    private final TomlScanner scanner;
    private final TomlTable root = new TomlTable(Form.ROOT, "", false);
    private int firstHeader = -1;

    TomlReader(String text, ConfigFileOptions options) {
        this.text = text;
        this.options = options;
        this.scanner = new TomlScanner(text, options);
        root.define();
    }

    /** Returns the whole file. */
    TomlTable read() {
        var current = root;
        for (scanner.skipLines(); !scanner.atEnd(); scanner.skipLines()) {
            int start = scanner.position();
            if (scanner.at('[')) {
                firstHeader = firstHeader < 0 ? start : firstHeader;
                current = header();
                current.line(lineEnd(), indent(start));
            } else {
                entry(current, start);
            }
        }
        return root;
    }

    /** Returns where the first header begins, -1 if there is none. */
    int firstHeader() {
        return firstHeader;
    }

    private TomlTable header() {
        int start = scanner.position();
        scanner.count();
        scanner.take('[');
        boolean list = scanner.at('[');
        if (list) {
            scanner.take('[');
        }
        var names = keys();
        scanner.take(']');
        if (list) {
            scanner.take(']');
        }
        scanner.endLine();
        var parent = root;
        for (var name : names.subList(0, names.size() - 1)) {
            parent = group(parent, name, start);
        }
        var last = names.get(names.size() - 1);
        return list ? item(parent, last, start) : table(parent, last, start);
    }

    private TomlTable table(TomlTable parent, String name, int start) {
        var slot = parent.find(name);
        if (slot == null) {
            var table = new TomlTable(Form.HEADER, below(parent, name), parent.inList());
            table.define();
            parent.add(new Slot(name, start, null, table, null));
            return table;
        }
        var table = slot.table();
        if (table == null || table.form() != Form.HEADER || table.defined()) {
            throw twice(name, start);
        }
        table.define();
        return table;
    }

    private TomlTable item(TomlTable parent, String name, int start) {
        var slot = parent.find(name);
        if (slot == null) {
            slot = new Slot(name, start, null, null, new ArrayList<>());
            parent.add(slot);
        }
        if (slot.tables() == null) {
            throw twice(name, start);
        }
        var table = new TomlTable(Form.HEADER, below(parent, name), true);
        table.define();
        slot.tables().add(table);
        return table;
    }

    /** Returns the table that a header stands below. */
    private TomlTable group(TomlTable parent, String name, int start) {
        var slot = parent.find(name);
        if (slot == null) {
            var table = new TomlTable(Form.HEADER, below(parent, name), parent.inList());
            parent.add(new Slot(name, start, null, table, null));
            return table;
        }
        if (slot.tables() != null) {
            return slot.tables().get(slot.tables().size() - 1);
        }
        if (slot.table() == null || slot.table().form() == Form.DOTTED) {
            throw twice(name, start);
        }
        return slot.table();
    }

    private void entry(TomlTable current, int start) {
        var names = keys();
        scanner.take('=');
        scanner.skipBlanks();
        var value = scanner.value(1);
        scanner.endLine();
        current.line(lineEnd(), indent(start));
        var table = current;
        for (var name : names.subList(0, names.size() - 1)) {
            table = dotted(table, name, start);
            table.line(lineEnd(), indent(start));
        }
        var name = names.get(names.size() - 1);
        if (table.find(name) != null) {
            throw twice(name, start);
        }
        table.add(new Slot(name, start, value, null, null));
    }

    private TomlTable dotted(TomlTable parent, String name, int start) {
        var slot = parent.find(name);
        if (slot == null) {
            var path = parent.form() == Form.DOTTED ? below(parent, name) : TomlText.key(name);
            var table = new TomlTable(Form.DOTTED, path, parent.inList());
            table.define();
            parent.add(new Slot(name, start, null, table, null));
            return table;
        }
        if (slot.table() == null || slot.table().form() != Form.DOTTED) {
            throw twice(name, start);
        }
        return slot.table();
    }

    private List<String> keys() {
        int start = scanner.position();
        var names = new ArrayList<String>();
        do {
            if (!names.isEmpty()) {
                scanner.take('.');
            }
            scanner.skipBlanks();
            names.add(scanner.key());
            scanner.skipBlanks();
        } while (scanner.at('.'));
        if (names.size() > options.maxDepth()) {
            throw ConfigFileException.at(text, start, "a key of too many parts");
        }
        return names;
    }

    private static String below(TomlTable parent, String name) {
        return parent.path().isEmpty() ? TomlText.key(name) : parent.path() + "." + TomlText.key(name);
    }

    private ConfigFileException twice(String name, int start) {
        return ConfigFileException.at(text, start, "'" + name + "' is there already (expected: once)");
    }

    /** Returns the end of the line that has just been read, without its line break. */
    private int lineEnd() {
        int end = scanner.position();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
            return end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
        }
        return end;
    }

    private String indent(int start) {
        return text.substring(text.lastIndexOf('\n', start - 1) + 1, start);
    }
}
