package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;

/** Checks the values of the options records; messages name the key of {@code config.yml}. */
final class Checks {

    private Checks() {}

    static void notBlank(String value, String name) {
        if (requireNonNull(value, name).isBlank()) {
            throw new InvalidInputException(name + ": empty (expected: a text)");
        }
    }

    static void positive(Duration value, String name) {
        if (requireNonNull(value, name).isNegative() || value.isZero()) {
            throw new InvalidInputException(name + ": " + value + " (expected: > 0)");
        }
    }

    static void notNegative(Duration value, String name) {
        if (requireNonNull(value, name).isNegative()) {
            throw new InvalidInputException(name + ": " + value + " (expected: >= 0)");
        }
    }

    static void range(long min, long value, long max, String name) {
        if (value < min || value > max) {
            throw new InvalidInputException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
