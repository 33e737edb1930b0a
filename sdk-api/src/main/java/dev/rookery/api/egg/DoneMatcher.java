package dev.rookery.api.egg;

import dev.rookery.api.console.AnsiText;
import dev.rookery.api.panel.ProcessConfiguration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells from a console line whether a server has started. Source: eggs §9.6.
 *
 * <p>A plain text has to occur in the line, letter case counts; an empty text occurs in every line. A text with the prefix
 * {@code regex:} is searched for as a regular expression in the syntax of Go's RE2, which has neither look-around nor back references;
 * one that does not compile is searched for as it is written, prefix included. The time a line takes is bounded by its length and that
 * of the expression. Immutable, thread-safe.
 */
public final class DoneMatcher {

    private static final String REGEX_PREFIX = "regex:";

    private final List<Predicate<String>> entries;
    private final boolean stripAnsi;

    private DoneMatcher(List<Predicate<String>> entries, boolean stripAnsi) {
        this.entries = entries;
        this.stripAnsi = stripAnsi;
    }

    /** Returns the matcher of a server. Without any text it never matches. */
    public static DoneMatcher of(ProcessConfiguration.Startup startup) {
        return new DoneMatcher(startup.done().stream().map(DoneMatcher::entry).toList(), startup.stripAnsi());
    }

    /** Returns whether the line, given without its line end, says that the server has started. */
    public boolean matches(String line) {
        if (entries.isEmpty()) {
            return false;
        }
        var text = stripAnsi ? AnsiText.strip(line) : line;
        return entries.stream().anyMatch(entry -> entry.test(text));
    }

    private static Predicate<String> entry(String done) {
        if (!done.startsWith(REGEX_PREFIX) || done.length() == REGEX_PREFIX.length()) {
            return line -> line.contains(done);
        }
        return LinearPattern.compile(done.substring(REGEX_PREFIX.length()))
                .<Predicate<String>>map(pattern -> pattern::find)
                .orElse(line -> line.contains(done));
    }
}
