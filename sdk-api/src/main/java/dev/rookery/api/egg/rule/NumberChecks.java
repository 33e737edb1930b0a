package dev.rookery.api.egg.rule;

import dev.rookery.api.egg.rule.RuleProblem.Reason;
import java.math.BigDecimal;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules about numbers and digits. */
final class NumberChecks {

    private static final Pattern DIGITS = Pattern.compile("[0-9]*+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]*+\\.?([0-9]*+)\\n?");

    private NumberChecks() {}

    static @Nullable Check find(ParsedRule rule, LaravelVersion version) throws Check.Refused {
        var parameters = new Parameters(rule);
        boolean strict = version != LaravelVersion.LARAVEL_11 && parameters.first("strict");
        return switch (rule.key()) {
            case "numeric" -> new Check(rule, "a number", subject -> subject.numeric() && !strict);
            case "integer" -> new Check(rule, "a whole number", subject -> PhpText.integer(subject.text()) && !strict);
            case "boolean" ->
                new Check(
                        rule,
                        "0 or 1",
                        subject -> !strict
                                && (subject.text().equals("0") || subject.text().equals("1")));
            case "digits" -> digits(rule, version, "exactly %s digits", parameters.number(0), c -> c == 0);
            case "mindigits" -> digits(rule, version, "at least %s digits", parameters.number(0), c -> c >= 0);
            case "maxdigits" -> digits(rule, version, "at most %s digits", parameters.number(0), c -> c <= 0);
            case "digitsbetween" -> digitsBetween(rule, version, parameters);
            case "decimal" -> decimal(rule, parameters);
            case "multipleof" -> multipleOf(rule, parameters);
            default -> null;
        };
    }

    private static Check digits(
            ParsedRule rule, LaravelVersion version, String words, BigDecimal bound, IntPredicate right) {
        return new Check(rule, words.formatted(bound), length(version, bound, right));
    }

    private static Predicate<Subject> length(LaravelVersion version, BigDecimal bound, IntPredicate right) {
        return subject -> (subject.value() != null || version == LaravelVersion.LARAVEL_11)
                && DIGITS.matcher(subject.text()).matches()
                && right.test(BigDecimal.valueOf(subject.text().length()).compareTo(bound));
    }

    private static Check digitsBetween(ParsedRule rule, LaravelVersion version, Parameters parameters)
            throws Check.Refused {
        parameters.require(2);
        var low = parameters.number(0);
        var high = parameters.number(1);
        return new Check(
                rule,
                low + " to " + high + " digits",
                length(version, low, c -> c >= 0).and(length(version, high, c -> c <= 0)));
    }

    private static Check decimal(ParsedRule rule, Parameters parameters) throws Check.Refused {
        var low = parameters.number(0);
        var high = parameters.has(1) ? parameters.number(1) : low;
        var words = low.compareTo(high) == 0 ? low.toString() : low + " to " + high;
        return new Check(rule, "a number with " + words + " decimal places", subject -> {
            var matcher = DECIMAL.matcher(subject.text());
            if (!subject.numeric() || !matcher.matches()) {
                return false;
            }
            var places = BigDecimal.valueOf(matcher.group(1).length());
            return places.compareTo(low) >= 0 && places.compareTo(high) <= 0;
        });
    }

    private static Check multipleOf(ParsedRule rule, Parameters parameters) throws Check.Refused {
        var factor = parameters.number(0);
        if (factor.signum() == 0) {
            throw new Check.Refused(rule, Reason.BAD_PARAMETER, "its parameter '0' (expected: another number)");
        }
        return new Check(
                rule,
                "a multiple of " + factor,
                subject -> subject.numeric()
                        && PhpText.number(subject.text())
                                .filter(number -> number.remainder(factor).signum() == 0)
                                .isPresent());
    }
}
