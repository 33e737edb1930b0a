package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Paths that a route is for. Engines differ in whether case counts; routes are told apart as if it did not.
 *
 * @param kind how the value is to be read
 * @param value the path, or the expression; a path begins with a slash
 */
public record PathMatch(
        @JsonProperty("kind") Kind kind,
        @JsonProperty("value") String value) {

    /** Checks its arguments. */
    public PathMatch {
        requireNonNull(kind, "kind");
        requireNonNull(value, "value");
    }

    /** Returns a match of this very path. */
    public static PathMatch exact(String path) {
        return new PathMatch(Kind.EXACT, path);
    }

    /** Returns a match of this path and of all below it: {@code /a} is for {@code /a} and {@code /a/b}, not for {@code /ab}. */
    public static PathMatch prefix(String path) {
        return new PathMatch(Kind.PREFIX, path);
    }

    /**
     * Returns a match of the paths in which this expression is found. It is limited to what all engines understand alike: no look-around, no
     * reference back, no possessive quantifier.
     */
    public static PathMatch regex(String expression) {
        return new PathMatch(Kind.REGEX, expression);
    }

    /** How a path is matched. */
    public enum Kind {
        /** This path only. */
        @JsonProperty("exact")
        EXACT,
        /** This path and what is below it, by whole segments. */
        @JsonProperty("prefix")
        PREFIX,
        /** Paths in which the expression is found. */
        @JsonProperty("regex")
        REGEX
    }
}
