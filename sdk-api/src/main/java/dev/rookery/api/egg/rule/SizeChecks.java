package dev.rookery.api.egg.rule;

import dev.rookery.api.egg.rule.RuleProblem.Reason;
import java.math.BigDecimal;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rules about how long a text, or how large a number is. */
final class SizeChecks {

    private SizeChecks() {}

    static @Nullable Check find(ParsedRule rule, boolean counted) throws Check.Refused {
        var parameters = new Parameters(rule);
        return switch (rule.key()) {
            case "max" -> size(rule, counted, "at most %s", parameters.number(0), c -> c <= 0);
            case "min" -> size(rule, counted, "at least %s", parameters.number(0), c -> c >= 0);
            case "size" -> size(rule, counted, "exactly %s", parameters.number(0), c -> c == 0);
            case "between" -> between(rule, counted, parameters);
            case "gt" -> compared(rule, "more than %s", parameters, c -> c > 0);
            case "gte" -> compared(rule, "at least %s", parameters, c -> c >= 0);
            case "lt" -> compared(rule, "less than %s", parameters, c -> c < 0);
            case "lte" -> compared(rule, "at most %s", parameters, c -> c <= 0);
            default -> null;
        };
    }

    private static Check size(ParsedRule rule, boolean counted, String words, BigDecimal bound, IntPredicate right) {
        return new Check(rule, words.formatted(shown(bound)) + unit(counted), within(bound, right));
    }

    private static Predicate<Subject> within(BigDecimal bound, IntPredicate right) {
        return subject -> subject.size(subject.counted())
                .filter(size -> right.test(size.compareTo(bound)))
                .isPresent();
    }

    private static Check between(ParsedRule rule, boolean counted, Parameters parameters) throws Check.Refused {
        parameters.require(2);
        var low = parameters.number(0);
        var high = parameters.number(1);
        var words = (counted ? "a number from " : "") + shown(low) + " to " + shown(high) + unit(counted);
        return new Check(rule, words, within(low, c -> c >= 0).and(within(high, c -> c <= 0)));
    }

    /** These count as numeric on their own. A bound that is no number names another variable. */
    private static Check compared(ParsedRule rule, String words, Parameters parameters, IntPredicate right)
            throws Check.Refused {
        var text = parameters.text(0);
        if (!PhpText.numeric(text)) {
            throw new Check.Refused(
                    rule, Reason.NOT_CHECKED, "it refers to another variable, '" + text + "' (expected: a number)");
        }
        var bound = parameters.number(0);
        return new Check(
                rule,
                "a number of " + words.formatted(shown(bound)),
                subject -> subject.numeric()
                        && subject.size(true)
                                .filter(size -> right.test(size.compareTo(bound)))
                                .isPresent());
    }

    private static String unit(boolean counted) {
        return counted ? "" : " characters";
    }

    private static String shown(BigDecimal number) {
        return Math.abs((long) number.scale()) > 40 ? number.toString() : number.toPlainString();
    }
}
