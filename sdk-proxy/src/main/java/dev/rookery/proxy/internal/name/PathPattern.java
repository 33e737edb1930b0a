package dev.rookery.proxy.internal.name;

import dev.rookery.api.InvalidInputException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Expressions for paths that RE2 (Caddy, cloudflared), PCRE (nginx) and the JDK understand alike: what only one of them has is refused, so that a
 * route is for the same paths whatever engine it is given to.
 */
public final class PathPattern {

    private static final int LENGTH_MAX = 512;
    private static final int REPEAT_MAX = 1000;
    /** Classes and anchors, and signs that stand for themselves. */
    private static final String ESCAPES = "dDwWsSbBtnr";

    private static final Pattern ENDLESS = Pattern.compile("[*+]|\\{\\d+,\\}");

    private PathPattern() {}

    /**
     * Reads an expression.
     *
     * @throws InvalidInputException if it is none, or is not understood by all; the message says which part
     */
    public static Pattern parse(String expression) {
        if (expression.isEmpty() || expression.length() > LENGTH_MAX) {
            throw new InvalidInputException(
                    "expression of " + expression.length() + " characters (expected: 1 to " + LENGTH_MAX + ")");
        }
        new Reader(expression).read();
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException(
                    "expression '" + Shown.of(expression) + "': " + e.getDescription() + " at " + e.getIndex(), e);
        }
    }

    /**
     * Returns whether an expression repeats without end what repeats without end itself, such as {@code (a+)+}: engines that try one way after another,
     * as PCRE does, may take very long to see that a path does not fit. Says nothing of expressions that cannot be {@linkplain #parse read}.
     */
    public static boolean slow(String expression) {
        var endless = new ArrayDeque<Boolean>(List.of(false));
        for (int at = 0; at < expression.length(); at++) {
            char sign = expression.charAt(at);
            if (sign == '\\') {
                at++;
            } else if (sign == '[') {
                at = Math.max(at, expression.indexOf(']', at + 2));
            } else if (sign == '(') {
                endless.push(false);
            } else if (sign == ')' && endless.size() > 1) {
                boolean inner = endless.pop();
                if (inner
                        && ENDLESS.matcher(expression)
                                .region(at + 1, expression.length())
                                .lookingAt()) {
                    return true;
                }
                endless.push(endless.pop() || inner);
            } else if (ENDLESS.matcher(expression)
                    .region(at, expression.length())
                    .lookingAt()) {
                endless.pop();
                endless.push(true);
            }
        }
        return false;
    }

    /** Goes through an expression once. */
    private static final class Reader {

        private final String text;
        private int at;
        private boolean inClass;

        Reader(String text) {
            this.text = text;
        }

        void read() {
            for (at = 0; at < text.length(); at++) {
                char sign = text.charAt(at);
                if (sign < ' ' || sign > '~') {
                    throw refused("signs of ASCII only");
                }
                switch (sign) {
                    case '\\' -> escape();
                    case '[' -> open();
                    case ']' -> inClass = false;
                    case '&', '~', '-' -> doubled(sign);
                    case '(' -> group();
                    case '*', '+', '?', '}' -> repeat(sign);
                    case '{' -> count();
                    case '"', ' ' -> throw refused("no quotation marks and blanks; \\s for a blank");
                    default -> {}
                }
            }
        }

        private void escape() {
            at++;
            if (at >= text.length()) {
                throw refused("something after the last backslash");
            }
            char sign = text.charAt(at);
            if (Character.isLetterOrDigit(sign) && ESCAPES.indexOf(sign) < 0) {
                throw refused("none of \\" + sign + ", which engines understand differently");
            }
            if (inClass && (sign == 'b' || sign == 'B')) {
                throw refused("no \\b within brackets");
            }
        }

        private void open() {
            if (inClass) {
                throw refused("'\\[' within brackets");
            }
            inClass = true;
            // A bracket that closes right at the beginning stands for itself in some engines only.
            int first = next(1) == '^' ? 2 : 1;
            if (next(first) == ']') {
                throw refused("'\\]' within brackets");
            }
        }

        private void doubled(char sign) {
            if (inClass && next(1) == sign) {
                throw refused("no '" + sign + sign + "' within brackets");
            }
        }

        private void group() {
            if (!inClass && next(1) == '?' && next(2) != ':') {
                throw refused("only '(' and '(?:' for groups");
            }
            if (!inClass && next(1) == '?') {
                at += 2;
            }
        }

        private void repeat(char sign) {
            if (!inClass && (next(1) == '+' || next(1) == '*')) {
                throw refused("one sign of repetition after another only as '?'");
            }
            if (!inClass && sign == '?' && next(1) == '?' && next(2) == '?') {
                throw refused("one sign of repetition after another only as '?'");
            }
        }

        private void count() {
            if (inClass) {
                return;
            }
            int end = text.indexOf('}', at);
            if (end < 0 || !text.substring(at + 1, end).matches("\\d{1,4}(,\\d{0,4})?")) {
                throw refused("'\\{' for a brace that is no repetition");
            }
            for (var number : text.substring(at + 1, end).split(",", -1)) {
                if (!number.isEmpty() && Integer.parseInt(number) > REPEAT_MAX) {
                    throw refused("at most " + REPEAT_MAX + " repetitions");
                }
            }
        }

        private char next(int distance) {
            return at + distance < text.length() ? text.charAt(at + distance) : 0;
        }

        private InvalidInputException refused(String expected) {
            return new InvalidInputException(
                    "expression '" + Shown.of(text) + "' at " + at + " (expected: " + expected + ")");
        }
    }
}
