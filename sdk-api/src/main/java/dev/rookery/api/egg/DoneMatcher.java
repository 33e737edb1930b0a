package dev.rookery.api.egg;

import dev.rookery.api.console.AnsiText;
import dev.rookery.api.panel.ProcessConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Tells from a console line whether a server has started. Source: eggs §9.6.
 *
 * <p>A plain text has to occur in the line, letter case counts; an empty text occurs in every line. A text with the prefix
 * {@code regex:} is searched for as a regular expression; one that does not compile, or repeats more than 1,000 times, is searched for
 * as it is written, prefix included. Work on a line is bounded whatever the pattern: a search that takes too many steps finds
 * nothing. Immutable, thread-safe.
 */
public final class DoneMatcher {

    private static final String REGEX_PREFIX = "regex:";
    private static final int MAX_PATTERN_LENGTH = 4096;
    private static final int MAX_STEPS = 500_000;

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
        return compile(done.substring(REGEX_PREFIX.length()))
                .<Predicate<String>>map(pattern -> line -> found(pattern, line))
                .orElse(line -> line.contains(done));
    }

    private static Optional<Pattern> compile(String regex) {
        if (regex.length() > MAX_PATTERN_LENGTH || RegexRepeats.tooMany(regex)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(regex));
        } catch (PatternSyntaxException | StackOverflowError ignored) {
            // Documented: what does not compile is a plain text.
            return Optional.empty();
        }
    }

    private static boolean found(Pattern pattern, String line) {
        try {
            return pattern.matcher(new CountedText(line)).find();
        } catch (OutOfSteps | StackOverflowError ignored) {
            // A pattern that backtracks without end, or too deep, must not take the server's thread with it.
            return false;
        }
    }

    /** A text that can be read so many times only: the pattern engine reads a character at every step. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private int stepsLeft = MAX_STEPS;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (stepsLeft-- == 0) {
                throw new OutOfSteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class OutOfSteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutOfSteps() {
            super("the search took too many steps", null, false, false);
        }
    }
}
