package dev.rookery.api.configfile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An element with its places in the text. Filled while the text is scanned. */
final class XmlElement {

    private final String name;
    private final int start;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<Token> tokens = new ArrayList<>();
    private int attributesEnd;
    private int openEnd;
    private int closeStart;
    private int end;

    enum Kind {
        TEXT,
        CDATA,
        /** A comment or a processing instruction. */
        OTHER,
        ELEMENT
    }

    /**
     * What stands in an element.
     *
     * @param text what it says, empty unless it is a text
     * @param element null unless it is one
     */
    record Token(
            Kind kind,
            int start,
            int end,
            String text,
            @Nullable XmlElement element) {}

    /**
     * An attribute.
     *
     * @param value what it says
     * @param valueStart where its value begins, behind the quote
     * @param valueEnd where its value is over, before the quote
     */
    record Attribute(String name, String value, int valueStart, int valueEnd) {}

    XmlElement(String name, int start, int nameEnd) {
        this.name = name;
        this.start = start;
        this.attributesEnd = nameEnd;
    }

    void attribute(Attribute attribute) {
        attributes.add(attribute);
        attributesEnd = attribute.valueEnd() + 1;
    }

    void opened(int at) {
        openEnd = at;
        closeStart = at;
        end = at;
    }

    void token(Token token) {
        tokens.add(token);
    }

    void closed(int from, int to) {
        closeStart = from;
        end = to;
    }

    String name() {
        return name;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Returns where its name or its last attribute is over. */
    int attributesEnd() {
        return attributesEnd;
    }

    int openEnd() {
        return openEnd;
    }

    int closeStart() {
        return closeStart;
    }

    /** Returns whether it ends with the tag that it begins with. */
    boolean selfClosing() {
        return closeStart == end;
    }

    List<Token> tokens() {
        return tokens;
    }

    Stream<XmlElement> children() {
        return tokens.stream().flatMap(token -> Stream.ofNullable(token.element()));
    }

    /** Returns whether a path's name means it; one without a prefix means any. */
    boolean named(String wanted) {
        return wanted.equals("*") || name.equals(wanted) || name.endsWith(":" + wanted);
    }

    @Nullable
    Attribute attribute(String wanted) {
        for (var attribute : attributes) {
            if (attribute.name().equals(wanted)) {
                return attribute;
            }
        }
        return null;
    }

    /** Returns what it says itself, without the elements in it. */
    String text() {
        var text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        return text.toString();
    }
}
