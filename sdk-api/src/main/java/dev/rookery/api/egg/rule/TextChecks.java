package dev.rookery.api.egg.rule;

import dev.rookery.api.egg.rule.RuleProblem.Reason;
import dev.rookery.api.internal.regex.Outcome;
import dev.rookery.api.internal.regex.PhpPattern;
import dev.rookery.api.internal.regex.UnsupportedRegexException;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rules about the characters of a text. */
final class TextChecks {

    private TextChecks() {}

    static @Nullable Check find(ParsedRule rule, LaravelVersion version) throws Check.Refused {
        boolean ascii = new Parameters(rule).first("ascii");
        return switch (rule.key()) {
            case "string" -> new Check(rule, "a text", subject -> subject.value() != null);
            case "alpha" -> made(rule, "letters only", c -> letter(c, ascii));
            case "alphanum" -> made(rule, "letters and digits only", c -> letter(c, ascii) || number(c, ascii));
            case "alphadash" ->
                made(
                        rule,
                        "letters, digits, hyphens and underscores only",
                        c -> letter(c, ascii) || number(c, ascii) || c == '-' || c == '_');
            case "ascii" ->
                new Check(
                        rule,
                        "characters of ASCII only",
                        subject -> (subject.value() != null || version == LaravelVersion.LARAVEL_11)
                                && subject.text().chars().allMatch(TextChecks::ascii));
            case "uuid" -> uuid(rule, version);
            case "ulid" -> made(rule, "a ULID", "/\\A[0-7][0-9a-hjkmnp-tv-z]{25}\\z/i");
            case "hexcolor" ->
                made(rule, "a colour such as #ff8800", "/^#([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/i");
            case "json" -> new Check(rule, "a JSON document", subject -> JsonText.valid(subject.text()));
            case "regex" -> pattern(rule, true);
            case "notregex" -> pattern(rule, false);
            default -> null;
        };
    }

    private static boolean letter(int c, boolean ascii) {
        if (ascii) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
        int type = Character.getType(c);
        return Character.isLetter(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean number(int c, boolean ascii) {
        if (ascii) {
            return c >= '0' && c <= '9';
        }
        int type = Character.getType(c);
        return Character.isDigit(c) || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
    }

    private static Check made(ParsedRule rule, String expected, IntPredicate characters) {
        return new Check(
                rule,
                expected,
                subject ->
                        subject.value() != null && subject.text().codePoints().allMatch(characters));
    }

    /** As the library that Laravel asks has it: some control characters count, others do not. */
    private static boolean ascii(int c) {
        return (c >= ' ' && c <= '~') || "\t\n\r\u0010\u0013".indexOf(c) >= 0;
    }

    private static Check made(ParsedRule rule, String expected, String delimited) {
        try {
            return new Check(rule, expected, found(PhpPattern.compile(delimited)));
        } catch (UnsupportedRegexException e) {
            throw new IllegalStateException("pattern: " + delimited + " (expected: one that is understood)", e);
        }
    }

    private static Predicate<Subject> found(PhpPattern pattern) {
        return subject -> subject.value() != null && pattern.find(subject.text()) == Outcome.FOUND;
    }

    private static Check uuid(ParsedRule rule, LaravelVersion version) throws Check.Refused {
        if (version != LaravelVersion.LARAVEL_11 && new Parameters(rule).has(0)) {
            throw new Check.Refused(rule, Reason.NOT_CHECKED, "versions are not told apart (expected: uuid)");
        }
        return made(rule, "a UUID", "/\\A[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}\\z/i");
    }

    /** A value that takes too long to search fulfils neither: Laravel lets it pass {@code not_regex}. */
    private static Check pattern(ParsedRule rule, boolean wanted) throws Check.Refused {
        var text = new Parameters(rule).text(0);
        try {
            var pattern = PhpPattern.compile(text);
            return wanted
                    ? new Check(rule, "a text that matches " + text, found(pattern))
                    : new Check(
                            rule,
                            "a text that does not match " + text,
                            subject -> subject.value() != null && pattern.find(subject.text()) == Outcome.NOT_FOUND);
        } catch (UnsupportedRegexException e) {
            throw new Check.Refused(
                    rule,
                    Reason.BAD_PATTERN,
                    "the regular expression is not usable: " + e.getMessage() + " (expected: one such as /^[a-z]+$/)");
        }
    }
}
