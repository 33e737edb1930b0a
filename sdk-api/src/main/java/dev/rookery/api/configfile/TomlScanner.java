package dev.rookery.api.configfile;

import dev.rookery.api.configfile.TreeNode.Kind;
import dev.rookery.api.configfile.TreeNode.Member;
import java.util.ArrayList;
import java.util.HashSet;

/** Reads the values of TOML 1.0 one behind the other. Not thread-safe. */
final class TomlScanner {

    private final String text;
    private final ConfigFileOptions options;
    private int at;
    private int values;

    TomlScanner(String text, ConfigFileOptions options) {
        this.text = text;
        this.options = options;
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean at(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    void take(char c) {
        if (!at(c)) {
            throw wrong("unexpected text (expected: '" + c + "')");
        }
        at++;
    }

    void skipBlanks() {
        while (at(' ') || at('\t')) {
            at++;
        }
    }

    /** Skips blank lines and comments. */
    void skipLines() {
        while (true) {
            skipBlanks();
            if (at('#')) {
                skipComment();
            } else if (at('\n') || text.startsWith("\r\n", at)) {
                at += at('\n') ? 1 : 2;
            } else {
                return;
            }
        }
    }

    /** Goes over the end of a line, with nothing but a comment before it. */
    void endLine() {
        skipBlanks();
        if (at('#')) {
            skipComment();
        }
        if (at('\n')) {
            at++;
        } else if (text.startsWith("\r\n", at)) {
            at += 2;
        } else if (!atEnd()) {
            throw wrong("more behind the value (expected: the end of the line)");
        }
    }

    private void skipComment() {
        while (!atEnd() && !at('\n')) {
            at++;
        }
    }

    String key() {
        if (at('"') || at('\'')) {
            return new TomlString().read(false);
        }
        int start = at;
        while (!atEnd() && TomlText.bare(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw wrong("unexpected text (expected: a key)");
        }
        return text.substring(start, at);
    }

    TreeNode value(int depth) {
        if (depth > options.maxDepth()) {
            throw wrong("nested too deep (expected: at most " + options.maxDepth() + " levels)");
        }
        count();
        int start = at;
        if (at('"') || at('\'')) {
            var string = new TomlString().read(true);
            return TreeNode.single(Kind.TEXT, string, start, at, null);
        }
        if (at('[')) {
            return list(start, depth);
        }
        return at('{') ? inline(start, depth) : bare(start);
    }

    /** Counts one more value or table. */
    void count() {
        if (++values > options.maxValues()) {
            throw wrong("too many values (expected: at most " + options.maxValues() + ")");
        }
    }

    private TreeNode list(int start, int depth) {
        at++;
        var items = new ArrayList<TreeNode>();
        skipLines();
        while (!at(']')) {
            items.add(value(depth + 1));
            skipLines();
            if (!at(']')) {
                take(',');
                skipLines();
            }
        }
        at++;
        return TreeNode.list(items, start, at, null);
    }

    private TreeNode inline(int start, int depth) {
        at++;
        var members = new ArrayList<Member>();
        var names = new HashSet<String>();
        skipBlanks();
        while (!at('}')) {
            if (!members.isEmpty()) {
                take(',');
                skipBlanks();
            }
            int keyStart = at;
            var name = key();
            skipBlanks();
            if (at('.')) {
                throw wrong("a dotted key in an inline table (expected: a plain one, to be edited)");
            }
            take('=');
            skipBlanks();
            if (!names.add(name)) {
                throw ConfigFileException.at(text, keyStart, "'" + name + "' is there already (expected: once)");
            }
            members.add(new Member(name, value(depth + 1), keyStart, null));
            skipBlanks();
        }
        at++;
        return TreeNode.object(members, start, at, null);
    }

    private TreeNode bare(int start) {
        at = bareEnd(start);
        var word = text.substring(start, at);
        if (word.equals("true") || word.equals("false")) {
            return TreeNode.single(Kind.BOOL, word, start, at, null);
        }
        if (TomlNumber.says(word)) {
            return TreeNode.single(Kind.NUMBER, word.replace("_", ""), start, at, null);
        }
        if (TomlText.time(word)) {
            return TreeNode.single(Kind.OTHER, word, start, at, null);
        }
        at = start;
        throw wrong("unexpected text (expected: a value)");
    }

    private int bareEnd(int start) {
        int end = start;
        while (end < text.length() && " \t\r\n,]}#=".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        // A date and a time may have a blank between them.
        boolean timed = end - start == "2026-01-02".length()
                && end + 3 < text.length()
                && text.charAt(end) == ' '
                && text.charAt(end + 3) == ':'
                && text.charAt(start + 4) == '-';
        return timed ? bareEnd(end + 1) : end;
    }

    private ConfigFileException wrong(String message) {
        return ConfigFileException.at(text, at, message);
    }

    /** Reads the text in quotes that the scanner stands at. */
    private final class TomlString {

        private final StringBuilder out = new StringBuilder();

        String read(boolean linesAllowed) {
            char quote = text.charAt(at);
            var triple = String.valueOf(quote).repeat(3);
            boolean lines = linesAllowed && text.startsWith(triple, at);
            at += lines ? 3 : 1;
            if (lines && (at('\n') || text.startsWith("\r\n", at))) {
                at += at('\n') ? 1 : 2;
            }
            while (true) {
                if (atEnd()) {
                    throw wrong("a text without an end");
                }
                char c = text.charAt(at);
                if (lines ? text.startsWith(triple, at) : c == quote) {
                    return close(quote, lines);
                }
                if (c == '\n' && !lines) {
                    throw wrong("a line break in a text (expected: its closing quote)");
                }
                if (c == '\\' && quote == '"') {
                    escape(lines);
                } else {
                    out.append(c);
                    at++;
                }
            }
        }

        private String close(char quote, boolean lines) {
            at += lines ? 3 : 1;
            // Up to two quotes may stand directly before the closing three.
            for (int i = 0; lines && i < 2 && at(quote); i++) {
                out.append(quote);
                at++;
            }
            return out.toString();
        }

        private void escape(boolean lines) {
            at++;
            if (atEnd()) {
                throw wrong("a text without an end");
            }
            char c = text.charAt(at);
            int simple = "btnfr\"\\".indexOf(c);
            if (simple >= 0) {
                out.append("\b\t\n\f\r\"\\".charAt(simple));
                at++;
            } else if (c == 'u' || c == 'U') {
                unicode(c == 'u' ? 4 : 8);
            } else if (lines && Character.isWhitespace(c)) {
                while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
            } else {
                throw wrong("an escape that TOML does not know");
            }
        }

        private void unicode(int digits) {
            int from = at + 1;
            if (from + digits > text.length()) {
                throw wrong("an escape that is cut off");
            }
            try {
                int code = Integer.parseUnsignedInt(text.substring(from, from + digits), 16);
                if (!Character.isValidCodePoint(code) || (code >= 0xd800 && code < 0xe000)) {
                    throw wrong("an escape that is no character");
                }
                out.appendCodePoint(code);
            } catch (NumberFormatException ignored) {
                throw wrong("an escape that is no character");
            }
            at = from + digits;
        }
    }
}
