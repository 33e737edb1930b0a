package dev.rookery.api.configfile;

import java.util.regex.Pattern;

/**
 * What is written into a text of XML for names and values.
 *
 * @param ascii whether nothing else can be written bare: the file says that its bytes are of another encoding than the one in which they are
 *     read and written here
 */
record XmlWords(boolean ascii) {

    private static final Pattern DECLARED =
            Pattern.compile("<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"'][^>]*>");
    private static final Pattern UNICODE = Pattern.compile("(?i)UTF-?(?:8|16(?:LE|BE)?)");

    /** Returns the words of a file. */
    static XmlWords of(String text) {
        var declared = DECLARED.matcher(text);
        return new XmlWords(
                declared.lookingAt() && !UNICODE.matcher(declared.group(1)).matches());
    }

    /** Returns whether a name can be written. */
    boolean name(String name) {
        return XmlText.name(name) && (!ascii || name.chars().allMatch(c -> c < 0x80));
    }

    /** Returns a value as text of an element. */
    String escaped(String value) throws Refusal {
        return escaped(value, '\0');
    }

    /**
     * Returns a value as text of an attribute.
     *
     * @param quote what it stands in; 0 for an element's text
     */
    String escaped(String value, char quote) throws Refusal {
        var out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            escape(value.codePointAt(i), quote, out);
        }
        return out.toString();
    }

    private void escape(int c, char quote, StringBuilder out) throws Refusal {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            default -> {
                boolean blank = c == '\n' || c == '\t';
                if (c == quote && c != 0) {
                    out.append(c == '"' ? "&quot;" : "&apos;");
                } else if (c < ' ' && c != '\r' && !blank) {
                    throw new Refusal("the replacement has a control character, which XML does not know");
                } else if (c == '\r' || (quote != 0 && blank) || (ascii && c > 0x7e)) {
                    out.append("&#").append(c).append(';');
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
