package dev.rookery.api.egg;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts how often a regular expression repeats its innermost part. Java's engine reads no character while it repeats an empty group,
 * so nothing else could stop {@code ((){9999}){9999}}. The limit is that of Go's RE2, which the Go daemons use.
 */
final class RegexRepeats {

    private static final long LIMIT = 1000;

    private final String regex;
    private int at;

    private RegexRepeats(String regex) {
        this.regex = regex;
    }

    /** Returns whether nested counted repetitions multiply to more than 1,000. */
    static boolean tooMany(String regex) {
        return new RegexRepeats(regex).largest() > LIMIT;
    }

    private long largest() {
        // The largest product seen in each group that is open.
        Deque<Long> groups = new ArrayDeque<>();
        groups.push(1L);
        long last = 1;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '\\') {
                skipEscape();
                last = 1;
            } else if (c == '[') {
                skipClass();
                last = 1;
            } else if (c == '(') {
                groups.push(1L);
                last = 1;
                at++;
            } else if (c == ')') {
                last = groups.size() > 1 ? groups.pop() : 1;
                at++;
            } else if (c == '{') {
                last = multiply(last, count());
            } else {
                last = "*+?".indexOf(c) >= 0 ? last : 1;
                at++;
            }
            groups.push(Math.max(groups.pop(), last));
        }
        return groups.stream().mapToLong(Long::longValue).max().orElse(1);
    }

    private static long multiply(long a, long b) {
        return Math.min(a, LIMIT + 1) * Math.min(Math.max(b, 1), LIMIT + 1);
    }

    private void skipEscape() {
        if (regex.startsWith("\\Q", at)) {
            int end = regex.indexOf("\\E", at + 2);
            at = end < 0 ? regex.length() : end + 2;
        } else {
            at += 2;
        }
    }

    /** Skips a character class. Nested classes are Java's own; their brackets are counted. */
    private void skipClass() {
        int depth = 0;
        do {
            char c = regex.charAt(at);
            if (c == '\\') {
                skipEscape();
                continue;
            }
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            at++;
        } while (depth > 0 && at < regex.length());
    }

    /** Returns the largest number of {@code {n}}, {@code {n,}} or {@code {n,m}}, and goes behind it. */
    private long count() {
        at++;
        long largest = 1;
        long number = 0;
        while (at < regex.length() && regex.charAt(at) != '}') {
            char c = regex.charAt(at++);
            number = c >= '0' && c <= '9' ? Math.min(number * 10 + (c - '0'), LIMIT + 1) : 0;
            largest = Math.max(largest, number);
        }
        at++;
        return largest;
    }
}
