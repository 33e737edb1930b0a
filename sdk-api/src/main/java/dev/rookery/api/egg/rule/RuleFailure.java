package dev.rookery.api.egg.rule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;

/**
 * A rule that a value breaks.
 *
 * @param rule the rule as the egg writes it
 * @param expected what the rule wants, for people: {@code at most 20 characters}
 * @param message the value and what was expected, for people. The value may be a secret: show this to whoever typed it, and to nobody
 *     else
 */
@Incubating
public record RuleFailure(String rule, String expected, String message) {

    /** Checks its arguments. */
    public RuleFailure {
        requireNonNull(rule, "rule");
        requireNonNull(expected, "expected");
        requireNonNull(message, "message");
    }

    /** Shows no value. */
    @Override
    public String toString() {
        return "RuleFailure[" + rule + ", expected: " + expected + "]";
    }
}
