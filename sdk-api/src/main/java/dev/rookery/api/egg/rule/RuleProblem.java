package dev.rookery.api.egg.rule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;

/**
 * A rule that is not enforced.
 *
 * @param rule the rule as the egg writes it
 * @param reason why not
 * @param message the same for people, with what would be right
 */
@Incubating
public record RuleProblem(String rule, Reason reason, String message) {

    /** Checks its arguments. */
    public RuleProblem {
        requireNonNull(rule, "rule");
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
    }

    /** Why a rule is not enforced. */
    public enum Reason {
        /** No rule has this name. A panel fails on it. */
        UNKNOWN_RULE,
        /** The rule has fewer parameters than it needs. A panel fails on it. */
        MISSING_PARAMETER,
        /** A parameter is not what the rule needs, for example not a number. A panel fails on it or lets nothing pass. */
        BAD_PARAMETER,
        /** The regular expression is broken, or uses what is not understood here. */
        BAD_PATTERN,
        /** The rule asks for more than the value: other variables, dates, files, a database or the network. */
        NOT_CHECKED,
        /** The variable has more rules, or more regular expressions, than anybody's value has to be checked by. */
        TOO_MANY
    }
}
