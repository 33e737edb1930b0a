package dev.rookery.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identifies a node within a panel: a positive integer, as {@code wings configure --node} expects it.
 *
 * @param value the number, at least 1
 */
public record NodeId(int value) {

    /** Checks the range. */
    @JsonCreator
    public NodeId {
        if (value < 1) {
            throw new InvalidInputException("node id: " + value + " (expected: >= 1)");
        }
    }

    /** Returns the number itself. */
    @JsonValue
    public int toJson() {
        return value;
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
