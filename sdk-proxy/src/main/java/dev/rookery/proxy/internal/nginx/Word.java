package dev.rookery.proxy.internal.nginx;

import java.util.regex.Pattern;

/**
 * One word of a directive. Nothing reaches the configuration but through here and {@link NginxTexts}: a word cannot end its directive, whoever
 * wrote what is in it.
 *
 * @param text as it stands in the file
 */
record Word(String text) {

    /** Nothing that nginx gives a meaning beyond that of a value. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/=@*,\\[\\]~-]+");
    /** Also variables, for words that are made here. */
    private static final Pattern OWN = Pattern.compile("[A-Za-z0-9_.:/=@*,\\[\\]~$+!^-]+");

    /** Returns a word that is made of names, numbers, addresses and paths; anything else is a mistake of what was to check it. */
    static Word plain(String text) {
        return checked(PLAIN, text);
    }

    /** Returns a word of this generator's own, in which variables count. */
    static Word own(String text) {
        return checked(OWN, text);
    }

    /** Returns an expression: variables do not count in those. */
    static Word regex(String expression) {
        return new Word(quoted(expression));
    }

    /** Returns a path of the file system that may have blanks. */
    static Word path(String path) {
        checked(PLAIN, path.replace(' ', '_'));
        return new Word(quoted(path));
    }

    /** Returns the signs in quotation marks; dollar signs still begin variables. */
    static String quoted(String signs) {
        return '"' + escaped(signs) + '"';
    }

    /** Returns the signs so that they can stand within quotation marks. */
    static String escaped(String signs) {
        return signs.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    private static Word checked(Pattern allowed, String text) {
        if (!allowed.matcher(text).matches()) {
            throw new IllegalArgumentException("not fit for a word: " + text);
        }
        return new Word(text);
    }
}
