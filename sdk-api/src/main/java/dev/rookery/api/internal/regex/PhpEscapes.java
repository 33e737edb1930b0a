package dev.rookery.api.internal.regex;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Escapes and classes of PCRE. */
final class PhpEscapes {

    private static final int NONE = -1;

    private final RegexText regex;

    PhpEscapes(RegexText regex) {
        this.regex = regex;
    }

    /** Takes a class such as {@code d} or {@code p{Lu}} behind a backslash, and returns its set; null if there is none. */
    @Nullable
    IntPredicate namedClass(boolean unicode) throws UnsupportedRegexException {
        int start = regex.at();
        int c = regex.take();
        IntPredicate set = switch (Character.toLowerCase(c)) {
            case 'd' -> unicode ? CharacterSets.property("Nd") : CharacterSets::digit;
            case 'w' -> unicode ? CharacterSets::unicodeWord : CharacterSets::word;
            case 's' -> unicode ? CharacterSets::unicodeSpace : CharacterSets::space;
            case 'h' -> CharacterSets::horizontalSpace;
            case 'v' -> CharacterSets::verticalSpace;
            case 'p' -> property();
            default -> null;
        };
        if (set == null || c > 'z') {
            regex.moveTo(start);
            return null;
        }
        return Character.isUpperCase(c) ? set.negate() : set;
    }

    private IntPredicate property() throws UnsupportedRegexException {
        var name = regex.next("{") ? regex.takeUntil("}") : Character.toString(regex.take());
        boolean negated = name.startsWith("^");
        var set = CharacterSets.property(negated ? name.substring(1) : name);
        if (set == null) {
            throw new UnsupportedRegexException("the property '" + name + "'");
        }
        return negated ? set.negate() : set;
    }

    /** Takes an escape that stands for one character; digits are octal here. */
    int character() throws UnsupportedRegexException {
        int c = regex.take();
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'a' -> 0x07;
            case 'e' -> 0x1b;
            case 'c' -> control();
            case 'x' -> regex.next("{") ? number(regex.takeUntil("}"), 16) : number("0" + regex.takeDigits(16, 2), 16);
            case 'o' -> {
                if (!regex.next("{")) {
                    throw new UnsupportedRegexException("the escape '\\o' without a brace");
                }
                yield number(regex.takeUntil("}"), 8);
            }
            case '0' -> number("0" + regex.takeDigits(8, 2), 8);
            case '1', '2', '3', '4', '5', '6', '7' -> number(Character.toString(c) + regex.takeDigits(8, 2), 8);
            default -> {
                if (CharacterSets.word(c) && c != '_') {
                    throw new UnsupportedRegexException("the escape '\\" + Character.toString(c) + "'");
                }
                yield c;
            }
        };
    }

    private int control() throws UnsupportedRegexException {
        int c = regex.take();
        if (c < ' ' || c > 126) {
            throw new UnsupportedRegexException("the escape '\\c'");
        }
        return Character.toUpperCase(c) ^ 0x40;
    }

    private static int number(String digits, int base) throws UnsupportedRegexException {
        try {
            int value = Integer.parseInt(digits.strip(), base);
            if (Character.isValidCodePoint(value)) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // Said below, together with numbers that no character has.
        }
        throw new UnsupportedRegexException("the number of a character, '" + digits + "'");
    }

    /** Takes a class behind its opening bracket. */
    IntPredicate bracketed(PhpModes modes) throws UnsupportedRegexException {
        boolean negated = regex.next("^");
        IntPredicate set = c -> false;
        boolean first = true;
        while (true) {
            if (regex.next("\\E")) {
                continue;
            }
            if (!first && regex.next("]")) {
                break;
            }
            first = false;
            set = set.or(member(modes));
        }
        var folded = modes.folded(set);
        return negated ? folded.negate() : folded;
    }

    private IntPredicate member(PhpModes modes) throws UnsupportedRegexException {
        if (regex.next("\\Q")) {
            var quoted = regex.takeUntil("\\E");
            return c -> quoted.indexOf(c) >= 0;
        }
        var named = classInClass(modes);
        if (named != null) {
            if (regex.startsWith("-") && !regex.startsWith("-]")) {
                throw new UnsupportedRegexException("a range that begins with a class");
            }
            return named;
        }
        int low = single();
        if (!regex.startsWith("-") || regex.startsWith("-]")) {
            return c -> c == low;
        }
        regex.next("-");
        if (classInClass(modes) != null) {
            throw new UnsupportedRegexException("a range that ends with a class");
        }
        int high = single();
        if (high < low) {
            throw new UnsupportedRegexException("a range that is the wrong way round");
        }
        return c -> c >= low && c <= high;
    }

    private @Nullable IntPredicate classInClass(PhpModes modes) throws UnsupportedRegexException {
        int start = regex.at();
        if (regex.next("[:")) {
            return posix(start, modes);
        }
        if (regex.startsWith("[.") || regex.startsWith("[=")) {
            throw new UnsupportedRegexException("a class of a collation");
        }
        if (!regex.next("\\")) {
            return null;
        }
        var named = namedClass(modes.unicode());
        if (named == null) {
            regex.moveTo(start);
        }
        return named;
    }

    private @Nullable IntPredicate posix(int start, PhpModes modes) throws UnsupportedRegexException {
        int inside = regex.at();
        boolean negated = regex.next("^");
        int c = NONE;
        var name = new StringBuilder();
        while (!regex.ended() && (c = regex.take()) >= 'a' && c <= 'z') {
            name.appendCodePoint(c);
        }
        if (c != ':' || !regex.next("]")) {
            regex.moveTo(start);
            return null;
        }
        var set = CharacterSets.posix(name.toString(), modes.unicode());
        if (set == null) {
            regex.moveTo(inside);
            throw new UnsupportedRegexException("the class '[:" + name + ":]'");
        }
        return negated ? set.negate() : set;
    }

    private int single() throws UnsupportedRegexException {
        if (!regex.next("\\")) {
            return regex.take();
        }
        if (regex.next("b")) {
            return '\b';
        }
        return character();
    }
}
