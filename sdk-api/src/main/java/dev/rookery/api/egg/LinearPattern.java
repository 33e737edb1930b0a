package dev.rookery.api.egg;

import dev.rookery.api.Incubating;
import dev.rookery.api.internal.regex.LinearSearch;
import dev.rookery.api.internal.regex.UnsupportedRegexException;
import java.util.Optional;

/**
 * A regular expression that is searched for in time linear in the text, whatever it is: Java's own engine can be made to run for years
 * by an egg. All ways through the expression are followed at once (Thompson, 1968), as in the RE2 of the Go daemons. Immutable.
 */
@Incubating
public final class LinearPattern {

    private final LinearSearch search;

    private LinearPattern(LinearSearch search) {
        this.search = search;
    }

    /** Returns the pattern, empty if it is not one, is too large, or needs look-around or back references. */
    public static Optional<LinearPattern> compile(String regex) {
        try {
            return Optional.of(new LinearPattern(LinearSearch.go(regex)));
        } catch (UnsupportedRegexException ignored) {
            return Optional.empty();
        }
    }

    /** Returns whether the pattern occurs anywhere in the text. */
    public boolean find(String text) {
        return search.find(text);
    }
}
