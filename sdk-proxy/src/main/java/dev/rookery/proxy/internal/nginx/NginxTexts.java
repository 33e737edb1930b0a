package dev.rookery.proxy.internal.nginx;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts of strangers. A dollar sign would begin a variable, and there is no way to write another one but as the value of a variable; and nginx reads
 * no word of more than four kilobytes, so that longer texts are put together from variables, too.
 */
final class NginxTexts {

    /** Well below what nginx takes, whatever stands around it. */
    private static final int WORD_MAX = 1000;

    private static final int PART_MAX = 3000;
    private static final String DOLLAR = "${rookery_dollar}";

    private final Map<String, String> parts = new LinkedHashMap<>();
    private boolean dollars;

    /** Returns a word that stands for exactly this text. */
    Word word(String text) {
        return new Word('"' + inside(text) + '"');
    }

    /** Returns a word that stands for this text with something of this generator's own after it. */
    Word word(String text, String own) {
        return new Word('"' + inside(text) + Word.own(own).text() + '"');
    }

    /** Returns what stands for the text within quotation marks. */
    String inside(String text) {
        var escaped = Word.escaped(text);
        if (escaped.length() > WORD_MAX) {
            return divided(text);
        }
        dollars |= escaped.indexOf('$') >= 0;
        return escaped.replace("$", DOLLAR);
    }

    private String divided(String text) {
        var names = new StringBuilder();
        var part = new StringBuilder();
        int size = 0;
        for (int at = 0; at < text.length(); ) {
            int letter = text.codePointAt(at);
            // No letter is longer than four bytes, escaped or not.
            if (size > PART_MAX - 4) {
                names.append(part(part));
                part.setLength(0);
                size = 0;
            }
            part.appendCodePoint(letter);
            size += letter < 0x80 ? Word.escaped(Character.toString(letter)).length() : 4;
            at += Character.charCount(letter);
        }
        return names.append(part(part)).toString();
    }

    private String part(CharSequence text) {
        var name = parts.computeIfAbsent(text.toString(), key -> "rt" + parts.size());
        return "${" + name + "}";
    }

    /** Adds what the words need. The values of these variables are taken as they are. */
    void define(Block http) {
        if (dollars) {
            http.block("geo", Word.own("$rookery_dollar")).line("default", new Word("\"$\""));
        }
        parts.forEach(
                (text, name) -> http.block("geo", Word.own("$" + name)).line("default", new Word(Word.quoted(text))));
    }
}
