package dev.rookery.api.internal.regex;

/** The places between characters that an expression can ask for. */
enum Place {
    /** Before the first character. */
    START,
    /** Behind the last character. */
    END,
    /** Behind the last character, or before a line feed that is the last one. */
    END_OR_LAST_LINE_FEED,
    /** At the start, or behind a line feed that is not the last character. */
    LINE_START,
    /** At the start, or behind any line feed. */
    LINE_START_OR_END,
    /** At the end, or before a line feed. */
    LINE_END,
    /** Between a word of ASCII letters and something else. */
    WORD_EDGE,
    /** Where {@link #WORD_EDGE} is not. */
    NO_WORD_EDGE,
    /** Between a word of letters of any script and something else. */
    UNICODE_WORD_EDGE,
    /** Where {@link #UNICODE_WORD_EDGE} is not. */
    NO_UNICODE_WORD_EDGE;

    boolean holds(String text, int at) {
        return switch (this) {
            case START -> at == 0;
            case END -> at == text.length();
            case END_OR_LAST_LINE_FEED -> at == text.length() || (at == text.length() - 1 && text.charAt(at) == '\n');
            case LINE_START -> at == 0 || (at < text.length() && text.charAt(at - 1) == '\n');
            case LINE_START_OR_END -> at == 0 || text.charAt(at - 1) == '\n';
            case LINE_END -> at == text.length() || text.charAt(at) == '\n';
            case WORD_EDGE -> edge(text, at, false);
            case NO_WORD_EDGE -> !edge(text, at, false);
            case UNICODE_WORD_EDGE -> edge(text, at, true);
            case NO_UNICODE_WORD_EDGE -> !edge(text, at, true);
        };
    }

    private static boolean edge(String text, int at, boolean unicode) {
        boolean before = at > 0 && word(text.codePointBefore(at), unicode);
        boolean behind = at < text.length() && word(text.codePointAt(at), unicode);
        return before != behind;
    }

    private static boolean word(int c, boolean unicode) {
        return unicode ? CharacterSets.unicodeWord(c) : CharacterSets.word(c);
    }
}
