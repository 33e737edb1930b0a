package dev.rookery.api.configfile;

import dev.rookery.api.configfile.XmlElement.Attribute;
import dev.rookery.api.configfile.XmlElement.Kind;
import dev.rookery.api.configfile.XmlElement.Token;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Finds the places of elements in a text that the JDK's parser has found to be well-formed. */
final class XmlScanner {

    private final String text;
    private final ArrayDeque<XmlElement> open = new ArrayDeque<>();
    private @Nullable XmlElement root;
    private int at;

    private XmlScanner(String text) {
        this.text = text;
    }

    /** Returns the root element, null if there is none. */
    static @Nullable XmlElement scan(String text) {
        var scanner = new XmlScanner(text);
        while (scanner.at < text.length()) {
            scanner.step();
        }
        return scanner.root;
    }

    private void step() {
        if (text.charAt(at) != '<') {
            int end = indexOf("<", at);
            token(Kind.TEXT, end, XmlText.decoded(text.substring(at, end)));
        } else if (text.startsWith("<!--", at)) {
            token(Kind.OTHER, behind("-->", at + 4), "");
        } else if (text.startsWith("<![CDATA[", at)) {
            int end = behind("]]>", at + 9);
            token(Kind.CDATA, end, text.substring(at + 9, end - 3));
        } else if (text.startsWith("<?", at)) {
            token(Kind.OTHER, behind("?>", at + 2), "");
        } else if (text.startsWith("<!", at)) {
            doctype();
        } else if (text.startsWith("</", at)) {
            int end = behind(">", at);
            if (open.isEmpty()) {
                throw wrong();
            }
            open.pop().closed(at, end);
            at = end;
        } else {
            element();
        }
    }

    private void token(Kind kind, int end, String says) {
        if (!open.isEmpty()) {
            open.peek().token(new Token(kind, at, end, says, null));
        }
        at = end;
    }

    private void element() {
        int start = at;
        int nameEnd = nameEnd(start + 1);
        var element = new XmlElement(text.substring(start + 1, nameEnd), start, nameEnd);
        at = nameEnd;
        boolean selfClosing = attributes(element);
        element.opened(at);
        if (open.isEmpty()) {
            root = element;
        } else {
            open.peek().token(new Token(Kind.ELEMENT, start, at, "", element));
        }
        if (!selfClosing) {
            open.push(element);
        }
    }

    /** Reads up to the end of the tag; returns whether the element ends there. */
    private boolean attributes(XmlElement element) {
        while (true) {
            skipBlanks();
            if (at >= text.length()) {
                throw wrong();
            }
            if (text.startsWith("/>", at)) {
                at += 2;
                return true;
            }
            if (text.charAt(at) == '>') {
                at++;
                return false;
            }
            int nameEnd = nameEnd(at);
            var name = text.substring(at, nameEnd);
            at = nameEnd;
            skipBlanks();
            at++;
            skipBlanks();
            if (nameEnd == at || at >= text.length()) {
                throw wrong();
            }
            int valueStart = at + 1;
            int valueEnd = indexOf(String.valueOf(text.charAt(at)), valueStart);
            var value = XmlText.decoded(text.substring(valueStart, valueEnd));
            element.attribute(new Attribute(name, value, valueStart, valueEnd));
            at = valueEnd + 1;
        }
    }

    private void doctype() {
        int end = at;
        char quote = 0;
        while (end < text.length() && (quote != 0 || text.charAt(end) != '>')) {
            char c = text.charAt(end);
            if (quote == 0 && c == '[') {
                throw ConfigFileException.at(text, end, "a DOCTYPE with declarations (expected: none)");
            }
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            end++;
        }
        at = Math.min(end + 1, text.length());
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < text.length() && " \t\r\n/>=".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == from) {
            throw wrong();
        }
        return end;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private int indexOf(String what, int from) {
        int index = text.indexOf(what, from);
        if (index < 0) {
            if (what.equals("<") && open.isEmpty()) {
                return text.length();
            }
            throw wrong();
        }
        return index;
    }

    private int behind(String what, int from) {
        return indexOf(what, from) + what.length();
    }

    private ConfigFileException wrong() {
        return ConfigFileException.at(text, at, XmlText.BROKEN);
    }
}
