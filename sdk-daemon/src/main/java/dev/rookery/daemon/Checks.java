package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Checks the values of the options records; messages name the key of {@code config.yml}. */
final class Checks {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern V6_LETTERS = Pattern.compile("[0-9A-Fa-f:.]+");

    private Checks() {}

    /** Requires addresses as they are written, without names: nothing is looked up. */
    static void address(String value, String name) {
        boolean v6 = value.indexOf(':') >= 0;
        if (!(v6 ? V6_LETTERS : V4).matcher(value).matches() || !parses(value)) {
            throw new InvalidInputException(
                    name + ": '" + value + "' (expected: an address of IPv4 or IPv6, such as 203.0.113.9)");
        }
    }

    private static boolean parses(String literal) {
        try {
            return !InetAddress.getByName(literal).getHostAddress().isEmpty();
        } catch (UnknownHostException e) {
            return false;
        }
    }

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
