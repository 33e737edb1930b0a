package dev.rookery.api.configfile;

import dev.rookery.api.internal.regex.LinearSearch;
import dev.rookery.api.internal.regex.UnsupportedRegexException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@code regex:}, for one edit. Whether it occurs is found in linear time, what its groups are by Java's engine within a fixed
 * number of steps. Its replacement is in Go's words: {@code $1}, {@code ${name}}, {@code $$}; a name behind {@code $} is as long as it can
 * be. Source: daemon behaviour §7.6.
 */
final class GoPattern {

    private static final int MAX_PATTERN = 1000;
    private static final int MAX_TEXT = 4096;
    private static final int MAX_RESULT = 64 << 10;
    private static final int MAX_STEPS = 2_000_000;

    private final LinearSearch search;
    private final Pattern pattern;
    /** Of all searches together. */
    private final Steps steps = new Steps();

    private GoPattern(LinearSearch search, Pattern pattern) {
        this.search = search;
        this.pattern = pattern;
    }

    static GoPattern compile(String regex) throws Refusal {
        if (regex.length() > MAX_PATTERN) {
            throw new Refusal("a pattern of " + regex.length() + " characters (expected: at most " + MAX_PATTERN + ")");
        }
        try {
            return new GoPattern(LinearSearch.go(regex), Pattern.compile(regex.replace("(?P<", "(?<")));
        } catch (UnsupportedRegexException | PatternSyntaxException | StackOverflowError e) {
            throw new Refusal("'" + regex + "' cannot be used (expected: a regular expression of RE2)");
        }
    }

    /** Returns the text with everything that matches replaced, or null if nothing does. */
    @Nullable
    String replace(String text, String template) throws Refusal {
        if (text.length() > MAX_TEXT) {
            throw new Refusal(
                    "the present value is too long for a pattern (expected: at most " + MAX_TEXT + " characters)");
        }
        if (!search.find(text)) {
            return null;
        }
        try {
            return replace(pattern.matcher(new Counted(text, steps, 0, text.length())), text, template);
        } catch (TooManySteps | StackOverflowError e) {
            throw new Refusal("the pattern takes too long on the present value");
        }
    }

    private static @Nullable String replace(Matcher matcher, String text, String template) throws Refusal {
        var out = new StringBuilder();
        int copied = 0;
        int lastEnd = -1;
        boolean found = false;
        while (matcher.find()) {
            if (matcher.end() == matcher.start() && matcher.start() == lastEnd) {
                // Go takes no empty match directly behind another match.
                continue;
            }
            found = true;
            out.append(text, copied, matcher.start());
            expand(out, template, matcher);
            copied = matcher.end();
            lastEnd = copied;
            if (out.length() > MAX_RESULT) {
                throw new Refusal("what the pattern makes of the present value is too long");
            }
        }
        return found ? out.append(text.substring(copied)).toString() : null;
    }

    private static void expand(StringBuilder out, String template, Matcher matcher) {
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c != '$' || at + 1 == template.length()) {
                out.append(c);
                at++;
                continue;
            }
            if (template.charAt(at + 1) == '$') {
                out.append('$');
                at += 2;
                continue;
            }
            boolean braced = template.charAt(at + 1) == '{';
            int from = at + (braced ? 2 : 1);
            int to = from;
            while (to < template.length() && word(template.charAt(to))) {
                to++;
            }
            if (to == from || (braced && (to == template.length() || template.charAt(to) != '}'))) {
                out.append(c);
                at++;
                continue;
            }
            out.append(group(matcher, template.substring(from, to)));
            at = braced ? to + 1 : to;
        }
    }

    private static String group(Matcher matcher, String name) {
        try {
            var group = name.chars().allMatch(c -> c >= '0' && c <= '9') ? number(matcher, name) : matcher.group(name);
            return group == null ? "" : group;
        } catch (IllegalArgumentException ignored) {
            // Go writes nothing for a group that there is not.
            return "";
        }
    }

    private static @Nullable String number(Matcher matcher, String digits) {
        int number = digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        return number <= matcher.groupCount() ? matcher.group(number) : null;
    }

    private static boolean word(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    /** A text that counts how often it is looked at, all its parts together. */
    private record Counted(String text, Steps steps, int from, int to) implements CharSequence {

        @Override
        public char charAt(int index) {
            steps.count();
            return text.charAt(from + index);
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, steps, from + start, from + end);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }

    /** How often a text has been looked at. */
    private static final class Steps {

        private int count;

        void count() {
            if (++count > MAX_STEPS) {
                throw new TooManySteps();
            }
        }
    }

    /** Ends a search that takes too long. */
    private static final class TooManySteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }
}
