package dev.rookery.api.configfile;

import dev.rookery.api.internal.regex.LeftmostSearch;
import dev.rookery.api.internal.regex.Outcome;
import dev.rookery.api.internal.regex.UnsupportedRegexException;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@code regex:}, for one edit, with the meaning that it has in Go's RE2. Its replacement is in Go's words: {@code $1},
 * {@code ${name}}, {@code $$}; a name behind {@code $} is as long as it can be. Source: daemon behaviour §7.6.
 */
final class GoPattern {

    private static final int MAX_PATTERN = 1000;
    private static final int MAX_TEXT = 4096;
    private static final int MAX_RESULT = 64 << 10;
    /** Of all searches of one text together. */
    private static final int MAX_STEPS = 4_000_000;

    private final LeftmostSearch search;

    private GoPattern(LeftmostSearch search) {
        this.search = search;
    }

    static GoPattern compile(String regex) throws Refusal {
        if (regex.length() > MAX_PATTERN) {
            throw new Refusal("a pattern of " + regex.length() + " characters (expected: at most " + MAX_PATTERN + ")");
        }
        try {
            return new GoPattern(LeftmostSearch.go(regex));
        } catch (UnsupportedRegexException e) {
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
        var matches = search.in(text, MAX_STEPS);
        var out = new StringBuilder();
        int copied = 0;
        int from = 0;
        boolean found = false;
        while (from <= text.length() && found(matches, from)) {
            found = true;
            int start = matches.start(0);
            int end = matches.end(0);
            out.append(text, copied, start);
            // Go takes no empty match directly behind another match.
            if (end > copied || start == 0) {
                expand(out, template, text, matches);
            }
            if (out.length() > MAX_RESULT) {
                throw new Refusal("what the pattern makes of the present value is too long");
            }
            copied = end;
            int width = from < text.length() ? Character.charCount(text.codePointAt(from)) : 1;
            from = Math.max(from + width, end);
        }
        return found ? out.append(text.substring(copied)).toString() : null;
    }

    private static boolean found(LeftmostSearch.Matches matches, int from) throws Refusal {
        var outcome = matches.find(from);
        if (outcome == Outcome.GAVE_UP) {
            throw new Refusal("the pattern takes too long on the present value");
        }
        return outcome == Outcome.FOUND;
    }

    private void expand(StringBuilder out, String template, String text, LeftmostSearch.Matches matches) {
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
            int to = nameEnd(template, from);
            if (to == from || (braced && (to == template.length() || template.charAt(to) != '}'))) {
                out.append(c);
                at++;
                continue;
            }
            int group = group(template.substring(from, to));
            // Go writes nothing for a group that there is not.
            if (group >= 0 && matches.start(group) >= 0) {
                out.append(text, matches.start(group), matches.end(group));
            }
            at = braced ? to + 1 : to;
        }
    }

    private static int nameEnd(String template, int from) {
        int to = from;
        while (to < template.length()) {
            int c = template.codePointAt(to);
            if (c != '_' && !Character.isLetterOrDigit(c)) {
                break;
            }
            to += Character.charCount(c);
        }
        return to;
    }

    /** Returns the number of a group, -1 if there is none. */
    private int group(String name) {
        boolean number = name.chars().allMatch(c -> c >= '0' && c <= '9')
                && name.length() <= 8
                && (name.length() == 1 || name.charAt(0) != '0');
        if (!number) {
            return search.group(name);
        }
        int group = Integer.parseInt(name);
        return group <= search.groups() ? group : -1;
    }
}
