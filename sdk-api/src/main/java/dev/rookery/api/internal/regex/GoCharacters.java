package dev.rookery.api.internal.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Parses what stands for characters in the syntax of Go's RE2: classes and escapes. */
final class GoCharacters {

    private final RegexText text;

    GoCharacters(RegexText text) {
        this.text = text;
    }

    /** Takes a class, whose bracket has been taken. */
    IntPredicate set(boolean ignoreCase) throws UnsupportedRegexException {
        boolean negated = text.next("^");
        List<IntPredicate> members = new ArrayList<>();
        do {
            members.add(member(ignoreCase));
        } while (!text.next("]"));
        var any = CharacterSets.any(members);
        return negated ? any.negate() : any;
    }

    private IntPredicate member(boolean ignoreCase) throws UnsupportedRegexException {
        if (text.startsWith("[:")) {
            var posix = posix(ignoreCase);
            if (posix != null) {
                return posix;
            }
        }
        if (text.next("\\")) {
            var named = named(ignoreCase);
            return named != null ? named : range(escaped(), ignoreCase);
        }
        return range(text.take(), ignoreCase);
    }

    /** Takes a class such as {@code [:alpha:]}; null if there is no end of one. */
    private @Nullable IntPredicate posix(boolean ignoreCase) throws UnsupportedRegexException {
        int start = text.at();
        text.next("[:");
        boolean negated = text.next("^");
        if (!text.has(":]")) {
            text.moveTo(start);
            return null;
        }
        var set = CharacterSets.posix(text.takeUntil(":]"), false);
        if (set == null) {
            throw new UnsupportedRegexException("a POSIX class");
        }
        var meant = folded(set, ignoreCase);
        return negated ? meant.negate() : meant;
    }

    private IntPredicate range(int low, boolean ignoreCase) throws UnsupportedRegexException {
        if (!text.startsWith("-") || text.startsWith("-]")) {
            return range(low, low, ignoreCase);
        }
        text.next("-");
        int high = text.next("\\") ? escaped() : text.take();
        if (high < low) {
            throw new UnsupportedRegexException("a range that is the wrong way round");
        }
        return range(low, high, ignoreCase);
    }

    /** Returns the set of the characters from one to another. */
    IntPredicate range(int low, int high, boolean ignoreCase) {
        if (low != high) {
            return folded(c -> c >= low && c <= high, ignoreCase);
        }
        int wanted = CharacterSets.folded(low);
        return ignoreCase ? c -> CharacterSets.folded(c) == wanted : c -> c == low;
    }

    private static IntPredicate folded(IntPredicate set, boolean ignoreCase) {
        return ignoreCase ? CharacterSets.folded(set) : set;
    }

    /** Takes the class that stands behind a backslash; null if it is none. */
    @Nullable
    IntPredicate named(boolean ignoreCase) throws UnsupportedRegexException {
        if (text.ended()) {
            return null;
        }
        int start = text.at();
        int name = text.take();
        IntPredicate set = switch (name) {
            case 'd', 'D' -> CharacterSets::digit;
            case 's', 'S' -> c -> "\t\n\f\r ".indexOf(c) >= 0;
            case 'w', 'W' -> CharacterSets::word;
            case 'p', 'P' -> null;
            default -> {
                text.moveTo(start);
                yield null;
            }
        };
        boolean negated = name < 'a';
        if (name == 'p' || name == 'P') {
            return property(negated, ignoreCase);
        }
        if (set == null) {
            return null;
        }
        var meant = folded(set, ignoreCase);
        return negated ? meant.negate() : meant;
    }

    private IntPredicate property(boolean negated, boolean ignoreCase) throws UnsupportedRegexException {
        var name = text.next("{") ? text.takeUntil("}") : Character.toString(text.take());
        boolean twice = name.startsWith("^");
        var set = CharacterSets.property(twice ? name.substring(1) : name);
        if (set == null) {
            throw new UnsupportedRegexException("the property '" + name + "'");
        }
        var meant = folded(set, ignoreCase);
        return negated == twice ? meant : meant.negate();
    }

    /** Takes the character that stands behind a backslash. */
    int escaped() throws UnsupportedRegexException {
        int c = text.take();
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0b;
            case 'a' -> 0x07;
            case 'x' -> hexadecimal();
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
            default -> {
                if (c > 127 || Character.isLetterOrDigit(c)) {
                    throw new UnsupportedRegexException("an escape");
                }
                yield c;
            }
        };
    }

    /** A digit alone is a back reference, unless it is zero. */
    private int octal(int first) throws UnsupportedRegexException {
        var digits = text.takeDigits(8, 2);
        if (first != 0 && digits.isEmpty()) {
            throw new UnsupportedRegexException("a back reference");
        }
        return Integer.parseInt(first + digits, 8);
    }

    private int hexadecimal() throws UnsupportedRegexException {
        boolean braces = text.next("{");
        var digits = text.takeDigits(16, braces ? 7 : 2);
        boolean whole = braces ? !digits.isEmpty() && text.next("}") : digits.length() == 2;
        int c = whole ? Integer.parseInt(digits, 16) : -1;
        if (!Character.isValidCodePoint(c)) {
            throw new UnsupportedRegexException("an escape");
        }
        return c;
    }
}
