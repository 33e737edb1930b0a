package dev.rookery.api.internal.regex;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Sets of characters that expressions name. */
final class CharacterSets {

    private static final Map<String, Integer> CATEGORIES = Map.ofEntries(
            Map.entry("Lu", (int) Character.UPPERCASE_LETTER),
            Map.entry("Ll", (int) Character.LOWERCASE_LETTER),
            Map.entry("Lt", (int) Character.TITLECASE_LETTER),
            Map.entry("Lm", (int) Character.MODIFIER_LETTER),
            Map.entry("Lo", (int) Character.OTHER_LETTER),
            Map.entry("Mn", (int) Character.NON_SPACING_MARK),
            Map.entry("Me", (int) Character.ENCLOSING_MARK),
            Map.entry("Mc", (int) Character.COMBINING_SPACING_MARK),
            Map.entry("Nd", (int) Character.DECIMAL_DIGIT_NUMBER),
            Map.entry("Nl", (int) Character.LETTER_NUMBER),
            Map.entry("No", (int) Character.OTHER_NUMBER),
            Map.entry("Zs", (int) Character.SPACE_SEPARATOR),
            Map.entry("Zl", (int) Character.LINE_SEPARATOR),
            Map.entry("Zp", (int) Character.PARAGRAPH_SEPARATOR),
            Map.entry("Cc", (int) Character.CONTROL),
            Map.entry("Cf", (int) Character.FORMAT),
            Map.entry("Co", (int) Character.PRIVATE_USE),
            Map.entry("Cs", (int) Character.SURROGATE),
            Map.entry("Cn", (int) Character.UNASSIGNED),
            Map.entry("Pd", (int) Character.DASH_PUNCTUATION),
            Map.entry("Ps", (int) Character.START_PUNCTUATION),
            Map.entry("Pe", (int) Character.END_PUNCTUATION),
            Map.entry("Pc", (int) Character.CONNECTOR_PUNCTUATION),
            Map.entry("Po", (int) Character.OTHER_PUNCTUATION),
            Map.entry("Pi", (int) Character.INITIAL_QUOTE_PUNCTUATION),
            Map.entry("Pf", (int) Character.FINAL_QUOTE_PUNCTUATION),
            Map.entry("Sm", (int) Character.MATH_SYMBOL),
            Map.entry("Sc", (int) Character.CURRENCY_SYMBOL),
            Map.entry("Sk", (int) Character.MODIFIER_SYMBOL),
            Map.entry("So", (int) Character.OTHER_SYMBOL));

    private CharacterSets() {}

    /** Returns the set of what is in any of many sets, however many they are: a chain of them would exhaust the stack. */
    static IntPredicate any(List<IntPredicate> sets) {
        var all = sets.toArray(new IntPredicate[0]);
        return c -> {
            for (var set : all) {
                if (set.test(c)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Returns what is the same for all characters that differ in nothing but their case. */
    static int folded(int c) {
        return turkish(c) ? c : Character.toLowerCase(Character.toUpperCase(c));
    }

    /** Returns the set of what is in another one in any case. */
    static IntPredicate folded(IntPredicate set) {
        return c -> {
            if (set.test(c) || turkish(c)) {
                return set.test(c);
            }
            int lower = Character.toLowerCase(c);
            int upper = Character.toUpperCase(c);
            return set.test(lower)
                    || set.test(upper)
                    || set.test(Character.toLowerCase(upper))
                    || set.test(Character.toUpperCase(lower));
        };
    }

    /** The dotted and the dotless i, which only Turkish takes for another case of i. */
    private static boolean turkish(int c) {
        return c == 0x130 || c == 0x131;
    }

    static boolean word(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || c == '_';
    }

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean unicodeWord(int c) {
        return c == '_' || letterOrNumber(c);
    }

    static boolean horizontalSpace(int c) {
        return c == '\t' || c == 0x180e || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    static boolean verticalSpace(int c) {
        return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Space as PCRE means it: vertical tab counts. */
    static boolean space(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean unicodeSpace(int c) {
        int type = Character.getType(c);
        return horizontalSpace(c) || verticalSpace(c) || type == Character.SPACE_SEPARATOR;
    }

    /** Returns the set of a class such as {@code alpha}, null if there is no such one. */
    static @Nullable IntPredicate posix(String name, boolean unicode) {
        if (unicode) {
            var wide = unicodePosix(name);
            if (wide != null) {
                return wide;
            }
        }
        return switch (name) {
            case "alpha" -> c -> word(c) && !digit(c) && c != '_';
            case "digit" -> CharacterSets::digit;
            case "alnum" -> c -> word(c) && c != '_';
            case "upper" -> c -> c >= 'A' && c <= 'Z';
            case "lower" -> c -> c >= 'a' && c <= 'z';
            case "space" -> CharacterSets::space;
            case "blank" -> c -> c == ' ' || c == '\t';
            case "punct" -> c -> c > ' ' && c < 127 && (!word(c) || c == '_');
            case "xdigit" -> c -> digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            case "word" -> CharacterSets::word;
            case "cntrl" -> c -> c < ' ' || c == 127;
            case "print" -> c -> c >= ' ' && c < 127;
            case "graph" -> c -> c > ' ' && c < 127;
            case "ascii" -> c -> c < 128;
            default -> null;
        };
    }

    private static @Nullable IntPredicate unicodePosix(String name) {
        return switch (name) {
            case "alpha" -> property("L");
            case "digit" -> property("Nd");
            case "alnum" -> property("Xan");
            case "upper" -> property("Lu");
            case "lower" -> property("Ll");
            case "space" -> property("Xsp");
            case "blank" -> CharacterSets::horizontalSpace;
            case "word" -> property("Xwd");
            case "cntrl" -> property("Cc");
            default -> null;
        };
    }

    /** Returns the set of a Unicode property such as {@code Lu}, {@code L} or {@code Greek}, null if there is no such one. */
    static @Nullable IntPredicate property(String name) {
        var category = CATEGORIES.get(name);
        if (category != null) {
            return c -> Character.getType(c) == category;
        }
        return switch (name) {
            case "Any" -> c -> true;
            case "L&" ->
                c -> {
                    int type = Character.getType(c);
                    return type == Character.UPPERCASE_LETTER
                            || type == Character.LOWERCASE_LETTER
                            || type == Character.TITLECASE_LETTER;
                };
            case "Xan" -> CharacterSets::letterOrNumber;
            case "Xwd" -> CharacterSets::unicodeWord;
            case "Xsp", "Xps" -> CharacterSets::unicodeSpace;
            default -> name.length() == 1 ? group(name) : script(name);
        };
    }

    private static boolean letterOrNumber(int c) {
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.LETTER_NUMBER
                || Character.getType(c) == Character.OTHER_NUMBER;
    }

    private static @Nullable IntPredicate group(String letter) {
        long types = 0;
        for (var category : CATEGORIES.entrySet()) {
            if (category.getKey().startsWith(letter)) {
                types |= 1L << category.getValue();
            }
        }
        long wanted = types;
        return wanted == 0 ? null : c -> (wanted >> Character.getType(c) & 1) == 1;
    }

    private static @Nullable IntPredicate script(String name) {
        try {
            var script = Character.UnicodeScript.forName(name.toUpperCase(Locale.ROOT));
            return c -> Character.UnicodeScript.of(c) == script;
        } catch (IllegalArgumentException ignored) {
            // Not a script either: the caller names the property that it does not know.
            return null;
        }
    }
}
