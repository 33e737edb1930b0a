package dev.rookery.api.egg.rule;

import java.util.function.Predicate;

/**
 * A rule that can be asked.
 *
 * @param rule which one
 * @param expected what it wants, for people; empty for one that only changes how others work
 * @param test whether a value obeys it
 */
record Check(ParsedRule rule, String expected, Predicate<Subject> test) {

    /** Says that a rule cannot be enforced. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;
        private static final int LONGEST_SHOWN = 200;

        private final String rule;
        private final RuleProblem.Reason reason;
        private final String expected;

        Refused(ParsedRule rule, RuleProblem.Reason reason, String expected) {
            super(expected, null, false, false);
            this.rule = rule.text();
            this.reason = reason;
            this.expected = expected;
        }

        RuleProblem problem() {
            var shown = rule.length() > LONGEST_SHOWN ? rule.substring(0, LONGEST_SHOWN) + "..." : rule;
            return new RuleProblem(rule, reason, "'" + shown + "' is not enforced: " + expected);
        }
    }
}
