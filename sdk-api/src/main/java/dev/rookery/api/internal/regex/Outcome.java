package dev.rookery.api.internal.regex;

/** What came of a search. */
public enum Outcome {
    /** The expression occurs. */
    FOUND,
    /** The expression does not occur. */
    NOT_FOUND,
    /** It would take too long to know. */
    GAVE_UP
}
