package dev.rookery.api.internal.regex;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as PHP's {@code preg_match} takes it: with delimiters and modifiers, in the syntax of PCRE. Without the modifier
 * {@code u} both expression and text are bytes. A search ends after a bounded number of steps. Immutable.
 */
public final class PhpPattern {

    private static final long MAX_LINEAR_STEPS = 50_000_000;
    private static final int LONGEST = 20_000;
    private static final String PAIRS = "()[]{}<>";

    private final boolean unicode;
    private final @Nullable LinearSearch linear;
    private final @Nullable BacktrackingSearch backtracking;

    private PhpPattern(boolean unicode, @Nullable LinearSearch linear, @Nullable BacktrackingSearch backtracking) {
        this.unicode = unicode;
        this.linear = linear;
        this.backtracking = backtracking;
    }

    /**
     * Returns the pattern.
     *
     * @throws UnsupportedRegexException if PHP would refuse it, or it uses what is not understood here
     */
    public static PhpPattern compile(String delimited) throws UnsupportedRegexException {
        if (delimited.length() > LONGEST) {
            throw new UnsupportedRegexException("it is too large");
        }
        int start = 0;
        while (start < delimited.length() && CharacterSets.space(delimited.charAt(start))) {
            start++;
        }
        if (start == delimited.length()) {
            throw new UnsupportedRegexException("it is empty");
        }
        char open = delimited.charAt(start);
        if (Character.isLetterOrDigit(open) || open == '\\' || open == 0 || open > 127) {
            throw new UnsupportedRegexException("its delimiter must not be a letter, a digit or a backslash");
        }
        int end = end(delimited, start, open);
        return compile(delimited.substring(start + 1, end), delimited.substring(end + 1));
    }

    private static int end(String delimited, int start, char open) throws UnsupportedRegexException {
        int pair = PAIRS.indexOf(open);
        char close = pair >= 0 && pair % 2 == 0 ? PAIRS.charAt(pair + 1) : open;
        int depth = 1;
        for (int i = start + 1; i < delimited.length(); i++) {
            char c = delimited.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == close && --depth == 0) {
                return i;
            } else if (c == open) {
                depth++;
            }
        }
        throw new UnsupportedRegexException("there is no ending delimiter '" + close + "'");
    }

    private static PhpPattern compile(String regex, String modifiers) throws UnsupportedRegexException {
        boolean unicode = modifiers.indexOf('u') >= 0;
        boolean anchored = modifiers.indexOf('A') >= 0;
        var modes = new PhpModes(unicode, false, false, false, false, modifiers.indexOf('D') >= 0, false)
                .with(modifiers.replaceAll("[uADSX \\r\\n]", ""), true);
        var parser = new PhpRegexParser(unicode ? regex : bytes(regex), modes);
        var tree = anchored ? anchored(parser.parse()) : parser.parse();
        try {
            return new PhpPattern(unicode, new LinearSearch(RegexCompiler.linear(tree)), null);
        } catch (UnsupportedRegexException ignored) {
            // It needs memory, or is too large for either search, which the other one says.
            return new PhpPattern(unicode, null, RegexCompiler.backtracking(tree, parser.groups()));
        }
    }

    private static RegexNode anchored(RegexNode node) {
        return new RegexNode.Sequence(List.of(new RegexNode.At(Place.START), node));
    }

    /** Returns whether the pattern occurs anywhere in the text. */
    public Outcome find(String text) {
        var subject = unicode ? text : bytes(text);
        if (linear == null || backtracking != null) {
            return Objects.requireNonNull(backtracking, "backtracking").find(subject);
        }
        if ((long) linear.size() * subject.length() > MAX_LINEAR_STEPS) {
            return Outcome.GAVE_UP;
        }
        return linear.find(subject) ? Outcome.FOUND : Outcome.NOT_FOUND;
    }

    /** Returns a text whose characters are the bytes of this one. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
