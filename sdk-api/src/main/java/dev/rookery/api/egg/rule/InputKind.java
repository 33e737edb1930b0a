package dev.rookery.api.egg.rule;

import dev.rookery.api.Incubating;

/** The control that fits the rules of a variable. */
@Incubating
public enum InputKind {
    /** One of several choices: the rules have {@code in}. */
    SELECT,
    /** On or off, which are {@code 1} and {@code 0}: the rules have {@code boolean}. */
    TOGGLE,
    /** A number: the rules have {@code numeric} or {@code integer}. */
    NUMBER,
    /** Anything else. */
    TEXT
}
