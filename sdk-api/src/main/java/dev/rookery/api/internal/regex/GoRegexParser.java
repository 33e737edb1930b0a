package dev.rookery.api.internal.regex;

import dev.rookery.api.internal.regex.RegexNode.At;
import dev.rookery.api.internal.regex.RegexNode.Choice;
import dev.rookery.api.internal.regex.RegexNode.OneOf;
import dev.rookery.api.internal.regex.RegexNode.Repeat;
import dev.rookery.api.internal.regex.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the syntax of Go's RE2. */
final class GoRegexParser {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_REPEAT = 1000;
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,5})(,(\\d{1,5})?)?}");
    private static final Pattern FLAGS = Pattern.compile("\\?([imsU]*)(?:-([imsU]+))?([:)])");
    private static final Pattern NAME = Pattern.compile("\\?P?<\\w+>");

    private final String regex;
    private int at;
    private int depth;
    private boolean ignoreCase;
    private boolean dotAll;

    GoRegexParser(String regex) {
        this.regex = regex;
    }

    RegexNode parse() throws UnsupportedRegexException {
        var node = choice();
        if (at < regex.length()) {
            throw new UnsupportedRegexException("a group is closed that was not opened");
        }
        return node;
    }

    private RegexNode choice() throws UnsupportedRegexException {
        if (++depth > MAX_DEPTH) {
            throw new UnsupportedRegexException("too many groups in one another");
        }
        List<RegexNode> parts = new ArrayList<>();
        parts.add(sequence());
        while (next("|")) {
            parts.add(sequence());
        }
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Choice(parts);
    }

    private RegexNode sequence() throws UnsupportedRegexException {
        List<RegexNode> parts = new ArrayList<>();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            parts.add(repeated(next("\\Q") ? quoted() : atom()));
        }
        return new Sequence(parts);
    }

    private RegexNode repeated(RegexNode node) throws UnsupportedRegexException {
        var result = node;
        boolean repeated = false;
        while (at < regex.length()) {
            var repeat = repeat(node);
            if (repeat == null) {
                return result;
            }
            if (repeated) {
                throw new UnsupportedRegexException("a repetition is repeated");
            }
            repeated = true;
            result = repeat;
            // Whether to take more or less first makes no difference to whether anything is found.
            next("?");
        }
        return result;
    }

    private @org.jspecify.annotations.Nullable RegexNode repeat(RegexNode node) throws UnsupportedRegexException {
        if (next("*")) {
            return new Repeat(node, 0, -1, false);
        }
        if (next("+")) {
            return new Repeat(node, 1, -1, false);
        }
        if (next("?")) {
            return new Repeat(node, 0, 1, false);
        }
        var count = matcher(COUNT);
        if (!count.lookingAt()) {
            return null;
        }
        int min = Integer.parseInt(count.group(1));
        int max = count.group(2) == null ? min : count.group(3) == null ? -1 : Integer.parseInt(count.group(3));
        if (min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && max < min)) {
            throw new UnsupportedRegexException("a repetition is out of bounds");
        }
        at = count.end();
        return new Repeat(node, min, max, false);
    }

    private RegexNode atom() throws UnsupportedRegexException {
        if (matcher(COUNT).lookingAt()) {
            throw new UnsupportedRegexException("nothing to repeat");
        }
        int c = take();
        return switch (c) {
            case '(' -> group();
            case '[' -> new OneOf(characterClass());
            case '.' -> new OneOf(dotAll ? any -> true : any -> any != '\n');
            case '^' -> new At(Place.START);
            case '$' -> new At(Place.END);
            case '\\' -> escape();
            case '*', '+', '?' -> throw new UnsupportedRegexException("nothing to repeat");
            default -> literal(c);
        };
    }

    private RegexNode quoted() {
        int end = regex.indexOf("\\E", at);
        var text = regex.substring(at, end < 0 ? regex.length() : end);
        at = end < 0 ? regex.length() : end + 2;
        return new Sequence(text.codePoints().mapToObj(this::literal).toList());
    }

    private RegexNode literal(int c) {
        return new OneOf(folded(other -> other == c));
    }

    private IntPredicate folded(IntPredicate set) {
        return ignoreCase
                ? c -> set.test(c) || set.test(Character.toLowerCase(c)) || set.test(Character.toUpperCase(c))
                : set;
    }

    private RegexNode group() throws UnsupportedRegexException {
        boolean outerCase = ignoreCase;
        boolean outerDot = dotAll;
        var flags = matcher(FLAGS);
        if (flags.lookingAt()) {
            at = flags.end();
            setFlags(flags.group(1), true);
            setFlags(flags.group(2) == null ? "" : flags.group(2), false);
            if (flags.group(3).equals(")")) {
                return new Sequence(List.of());
            }
        } else {
            var name = matcher(NAME);
            if (name.lookingAt()) {
                at = name.end();
            } else if (regex.startsWith("?", at)) {
                throw new UnsupportedRegexException("a kind of group that needs look-around");
            }
        }
        var inner = choice();
        if (!next(")")) {
            throw new UnsupportedRegexException("a group is not closed");
        }
        ignoreCase = outerCase;
        dotAll = outerDot;
        return inner;
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(regex).region(at, regex.length());
    }

    private void setFlags(String flags, boolean on) {
        ignoreCase = flags.indexOf('i') >= 0 ? on : ignoreCase;
        dotAll = flags.indexOf('s') >= 0 ? on : dotAll;
    }

    private RegexNode escape() throws UnsupportedRegexException {
        if (next("b")) {
            return new At(Place.WORD_EDGE);
        }
        if (next("B")) {
            return new At(Place.NO_WORD_EDGE);
        }
        if (next("A")) {
            return new At(Place.START);
        }
        if (next("z")) {
            return new At(Place.END);
        }
        var named = namedClass();
        return named != null ? new OneOf(named) : literal(escapedCharacter());
    }

    private @org.jspecify.annotations.Nullable IntPredicate namedClass() throws UnsupportedRegexException {
        char name = at < regex.length() ? regex.charAt(at) : 0;
        IntPredicate set = switch (Character.toLowerCase(name)) {
            case 'd' -> CharacterSets::digit;
            case 's' -> c -> "\t\n\f\r ".indexOf(c) >= 0;
            case 'w' -> CharacterSets::word;
            case 'p' -> property();
            default -> null;
        };
        if (set == null) {
            return null;
        }
        at++;
        return Character.isUpperCase(name) ? set.negate() : set;
    }

    /** Takes all but the last character of what is behind the backslash. */
    private IntPredicate property() throws UnsupportedRegexException {
        boolean braces = regex.startsWith("{", at + 1);
        int end = braces ? regex.indexOf('}', at) : at + 1;
        if (end < 0 || end >= regex.length()) {
            throw new UnsupportedRegexException("a property");
        }
        var name = regex.substring(braces ? at + 2 : end, braces ? end : end + 1);
        boolean negated = name.startsWith("^");
        var set = CharacterSets.property(negated ? name.substring(1) : name);
        if (set == null) {
            throw new UnsupportedRegexException("the property '" + name + "'");
        }
        at = end;
        return negated ? set.negate() : set;
    }

    private int escapedCharacter() throws UnsupportedRegexException {
        int c = take();
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'v' -> 0x0b;
            case 'a' -> 0x07;
            case 'x' -> hexadecimal();
            default -> {
                if (CharacterSets.word(c) || c > 127) {
                    throw new UnsupportedRegexException("an escape");
                }
                yield c;
            }
        };
    }

    private int hexadecimal() throws UnsupportedRegexException {
        boolean braces = next("{");
        int end = braces ? regex.indexOf('}', at) : at + 2;
        if (end < at || end > regex.length() || end - at > 8) {
            throw new UnsupportedRegexException("an escape");
        }
        try {
            int c = Integer.parseInt(regex.substring(at, end), 16);
            at = braces ? end + 1 : end;
            return c;
        } catch (NumberFormatException e) {
            throw new UnsupportedRegexException("an escape");
        }
    }

    private IntPredicate characterClass() throws UnsupportedRegexException {
        boolean negated = next("^");
        IntPredicate set = c -> false;
        boolean first = true;
        while (first || !next("]")) {
            first = false;
            set = set.or(classMember());
        }
        var folded = folded(set);
        return negated ? folded.negate() : folded;
    }

    private IntPredicate classMember() throws UnsupportedRegexException {
        if (next("[:")) {
            return posixClass();
        }
        if (regex.startsWith("\\", at)) {
            at++;
            var named = namedClass();
            if (named != null) {
                return named;
            }
            return range(escapedCharacter());
        }
        return range(take());
    }

    private IntPredicate posixClass() throws UnsupportedRegexException {
        boolean negated = next("^");
        int end = regex.indexOf(":]", at);
        var set = end < 0 ? null : CharacterSets.posix(regex.substring(at, end), false);
        if (set == null) {
            throw new UnsupportedRegexException("a POSIX class");
        }
        at = end + 2;
        return negated ? set.negate() : set;
    }

    private IntPredicate range(int low) throws UnsupportedRegexException {
        if (!regex.startsWith("-", at) || regex.startsWith("-]", at)) {
            return c -> c == low;
        }
        at++;
        int high = next("\\") ? escapedCharacter() : take();
        if (high < low) {
            throw new UnsupportedRegexException("a range that is the wrong way round");
        }
        return c -> c >= low && c <= high;
    }

    private boolean next(String text) {
        if (!regex.startsWith(text, at)) {
            return false;
        }
        at += text.length();
        return true;
    }

    private int take() throws UnsupportedRegexException {
        if (at >= regex.length()) {
            throw new UnsupportedRegexException("the end comes too early");
        }
        int c = regex.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }
}
