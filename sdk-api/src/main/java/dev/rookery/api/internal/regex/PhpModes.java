package dev.rookery.api.internal.regex;

import java.util.function.IntPredicate;

/** The modes of a PCRE expression that can be changed inside of it, and what never changes. */
record PhpModes(
        boolean unicode,
        boolean ignoreCase,
        boolean multiline,
        boolean dotAll,
        boolean extended,
        boolean dollarEnd,
        boolean ungreedy) {

    /**
     * Returns the modes that letters switch on or off.
     *
     * @throws UnsupportedRegexException if one of them is not known
     */
    PhpModes with(String letters, boolean on) throws UnsupportedRegexException {
        var modes = this;
        for (int i = 0; i < letters.length(); i++) {
            modes = modes.with(letters.charAt(i), on);
        }
        return modes;
    }

    private PhpModes with(char letter, boolean on) throws UnsupportedRegexException {
        return switch (letter) {
            case 'i' -> new PhpModes(unicode, on, multiline, dotAll, extended, dollarEnd, ungreedy);
            case 'm' -> new PhpModes(unicode, ignoreCase, on, dotAll, extended, dollarEnd, ungreedy);
            case 's' -> new PhpModes(unicode, ignoreCase, multiline, on, extended, dollarEnd, ungreedy);
            case 'x' -> new PhpModes(unicode, ignoreCase, multiline, dotAll, on, dollarEnd, ungreedy);
            case 'U' -> new PhpModes(unicode, ignoreCase, multiline, dotAll, extended, dollarEnd, on);
            default -> throw new UnsupportedRegexException("the mode '" + letter + "'");
        };
    }

    /** Returns the set that also holds the other letter case of what it holds. */
    IntPredicate folded(IntPredicate set) {
        if (!ignoreCase) {
            return set;
        }
        if (unicode) {
            return c -> set.test(c)
                    || set.test(Character.toLowerCase(c))
                    || set.test(Character.toUpperCase(c))
                    || set.test(Character.toLowerCase(Character.toUpperCase(c)));
        }
        return c -> set.test(c) || (CharacterSets.word(c) && c > '@' && c != '_' && set.test(c ^ 0x20));
    }
}
