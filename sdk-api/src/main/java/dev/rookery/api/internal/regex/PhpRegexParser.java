package dev.rookery.api.internal.regex;

import dev.rookery.api.internal.regex.RegexNode.Again;
import dev.rookery.api.internal.regex.RegexNode.At;
import dev.rookery.api.internal.regex.RegexNode.Atomic;
import dev.rookery.api.internal.regex.RegexNode.Choice;
import dev.rookery.api.internal.regex.RegexNode.Group;
import dev.rookery.api.internal.regex.RegexNode.Look;
import dev.rookery.api.internal.regex.RegexNode.OneOf;
import dev.rookery.api.internal.regex.RegexNode.Repeat;
import dev.rookery.api.internal.regex.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Parses the syntax of PCRE, except for recursion, conditions, callouts and verbs. */
final class PhpRegexParser {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_REPEAT = 65_535;
    /** What {@code (?i)} leaves behind, which cannot be repeated. */
    private static final RegexNode MODES = new Choice(List.of(new Sequence(List.of())));

    private final RegexText regex;
    private final PhpEscapes escapes;
    private final Map<String, Integer> names = new HashMap<>();
    private PhpModes modes;
    private int depth;
    private int groups;
    private int highestReference;

    PhpRegexParser(String regex, PhpModes modes) {
        this.regex = new RegexText(regex);
        this.escapes = new PhpEscapes(this.regex);
        this.modes = modes;
    }

    RegexNode parse() throws UnsupportedRegexException {
        var node = choice();
        if (!regex.ended()) {
            throw new UnsupportedRegexException("a group is closed that was not opened");
        }
        if (highestReference > groups) {
            throw new UnsupportedRegexException("there is no group " + highestReference);
        }
        return node;
    }

    int groups() {
        return groups;
    }

    private RegexNode choice() throws UnsupportedRegexException {
        if (++depth > MAX_DEPTH) {
            throw new UnsupportedRegexException("too many groups are in one another");
        }
        List<RegexNode> parts = new ArrayList<>();
        parts.add(sequence());
        while (regex.next("|")) {
            parts.add(sequence());
        }
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Choice(parts);
    }

    private RegexNode sequence() throws UnsupportedRegexException {
        List<RegexNode> parts = new ArrayList<>();
        while (true) {
            skipComments();
            if (regex.ended() || regex.startsWith("|") || regex.startsWith(")")) {
                return new Sequence(parts);
            }
            if (regex.next("\\Q")) {
                quoted(parts);
                continue;
            }
            if (!regex.next("\\E")) {
                parts.add(repeated(atom()));
            }
        }
    }

    private void skipComments() throws UnsupportedRegexException {
        while (true) {
            if (regex.startsWith("(?#")) {
                regex.takeUntil(")");
            } else if (modes.extended() && !regex.ended()) {
                int start = regex.at();
                int c = regex.take();
                if (c == '#') {
                    skipLine();
                } else if (!CharacterSets.space(c)) {
                    regex.moveTo(start);
                    return;
                }
            } else {
                return;
            }
        }
    }

    private void skipLine() throws UnsupportedRegexException {
        while (!regex.ended() && regex.take() != '\n') {
            // A comment ends with its line.
        }
    }

    /** The last one of quoted characters can be repeated. */
    private void quoted(List<RegexNode> parts) throws UnsupportedRegexException {
        while (!regex.ended() && !regex.next("\\E")) {
            var literal = literal(regex.take());
            boolean last = regex.next("\\E");
            parts.add(last ? repeated(literal) : literal);
            if (last) {
                return;
            }
        }
    }

    private RegexNode repeated(RegexNode node) throws UnsupportedRegexException {
        skipComments();
        var repeat = repeat(node);
        if (repeat == null) {
            return node;
        }
        skipComments();
        if (node instanceof At || node.equals(MODES) || repeat(repeat) != null) {
            throw new UnsupportedRegexException("there is nothing to repeat");
        }
        return repeat;
    }

    private @Nullable RegexNode repeat(RegexNode node) throws UnsupportedRegexException {
        int min = 0;
        int max = -1;
        if (regex.next("+")) {
            min = 1;
        } else if (regex.next("?")) {
            max = 1;
        } else if (!regex.next("*")) {
            var bounds = bounds();
            if (bounds == null) {
                return null;
            }
            min = bounds[0];
            max = bounds[1];
        }
        if (regex.next("+")) {
            return new Atomic(new Repeat(node, min, max, false));
        }
        return new Repeat(node, min, max, regex.next("?") != modes.ungreedy());
    }

    private int @Nullable [] bounds() throws UnsupportedRegexException {
        int start = regex.at();
        if (!regex.next("{")) {
            return null;
        }
        var low = regex.takeDigits(10, 6);
        boolean comma = regex.next(",");
        var high = comma ? regex.takeDigits(10, 6) : low;
        if (low.isEmpty() || !regex.next("}")) {
            regex.moveTo(start);
            return null;
        }
        int min = Integer.parseInt(low);
        int max = high.isEmpty() ? -1 : Integer.parseInt(high);
        if (min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && max < min)) {
            throw new UnsupportedRegexException("a repetition is out of bounds");
        }
        return new int[] {min, max};
    }

    private RegexNode atom() throws UnsupportedRegexException {
        if (bounds() != null) {
            throw new UnsupportedRegexException("there is nothing to repeat");
        }
        int c = regex.take();
        return switch (c) {
            case '(' -> group();
            case '[' -> new OneOf(escapes.bracketed(modes));
            case '.' -> new OneOf(modes.dotAll() ? any -> true : any -> any != '\n');
            case '^' -> new At(modes.multiline() ? Place.LINE_START : Place.START);
            case '$' -> new At(dollar());
            case '\\' -> escape();
            case '*', '+', '?' -> throw new UnsupportedRegexException("there is nothing to repeat");
            default -> literal(c);
        };
    }

    private Place dollar() {
        if (modes.multiline()) {
            return Place.LINE_END;
        }
        return modes.dollarEnd() ? Place.END : Place.END_OR_LAST_LINE_FEED;
    }

    private RegexNode literal(int c) {
        return new OneOf(modes.folded(other -> other == c));
    }

    private RegexNode group() throws UnsupportedRegexException {
        var outer = modes;
        RegexNode node;
        if (regex.startsWith("*")) {
            throw new UnsupportedRegexException("a verb in a group");
        } else if (!regex.next("?")) {
            node = capturing();
        } else if (regex.next(":")) {
            node = choice();
        } else if (regex.next(">")) {
            node = new Atomic(choice());
        } else if (regex.next("=") || regex.next("!")) {
            node = look(false);
        } else if (regex.next("<=") || regex.next("<!")) {
            node = look(true);
        } else if (regex.next("P=")) {
            return named(regex.takeUntil(")"));
        } else if (regex.next("P<") || regex.next("<")) {
            node = capturing(regex.takeUntil(">"));
        } else if (regex.next("'")) {
            node = capturing(regex.takeUntil("'"));
        } else if (switchModes()) {
            return MODES;
        } else {
            node = choice();
        }
        if (!regex.next(")")) {
            throw new UnsupportedRegexException("a group is not closed");
        }
        modes = outer;
        return node;
    }

    private RegexNode look(boolean behind) throws UnsupportedRegexException {
        regex.moveTo(regex.at() - 1);
        boolean negated = regex.take() == '!';
        var node = choice();
        if (behind && !FixedLength.known(node)) {
            throw new UnsupportedRegexException("what is looked for behind has no fixed length");
        }
        return new Look(node, behind, negated);
    }

    private RegexNode capturing() throws UnsupportedRegexException {
        int number = ++groups;
        return new Group(choice(), number);
    }

    private RegexNode capturing(String name) throws UnsupportedRegexException {
        boolean word = !name.isEmpty()
                && !CharacterSets.digit(name.charAt(0))
                && name.chars().allMatch(CharacterSets::word);
        if (!word || names.put(name, groups + 1) != null) {
            throw new UnsupportedRegexException("the name of a group, '" + name + "'");
        }
        return capturing();
    }

    /** Takes {@code ims-x)} and returns true, or {@code ims-x:} and returns false. */
    private boolean switchModes() throws UnsupportedRegexException {
        boolean on = true;
        while (true) {
            int c = regex.take();
            if (c == ')') {
                return true;
            }
            if (c == ':') {
                return false;
            }
            if (c == '-' && on) {
                on = false;
            } else if (c == '^' && on) {
                modes = modes.with("imsx", false);
            } else {
                modes = modes.with(Character.toString(c), on);
            }
        }
    }

    private RegexNode escape() throws UnsupportedRegexException {
        var place = place();
        if (place != null) {
            return new At(place);
        }
        var reference = reference();
        if (reference != null) {
            return reference;
        }
        if (regex.next("K")) {
            return new Sequence(List.of());
        }
        if (regex.next("R")) {
            return new Atomic(new Choice(List.of(
                    new Sequence(List.of(literal('\r'), literal('\n'))), new OneOf(CharacterSets::verticalSpace))));
        }
        if (regex.next("N")) {
            return new OneOf(any -> any != '\n');
        }
        IntPredicate named = escapes.namedClass(modes.unicode());
        return named != null ? new OneOf(named) : literal(escapes.character());
    }

    private @Nullable Place place() {
        if (regex.next("b")) {
            return modes.unicode() ? Place.UNICODE_WORD_EDGE : Place.WORD_EDGE;
        }
        if (regex.next("B")) {
            return modes.unicode() ? Place.NO_UNICODE_WORD_EDGE : Place.NO_WORD_EDGE;
        }
        if (regex.next("A") || regex.next("G")) {
            return Place.START;
        }
        if (regex.next("Z")) {
            return Place.END_OR_LAST_LINE_FEED;
        }
        return regex.next("z") ? Place.END : null;
    }

    private @Nullable RegexNode reference() throws UnsupportedRegexException {
        if (regex.next("k{") || regex.next("k<") || regex.next("k'")) {
            regex.moveTo(regex.at() - 1);
            int open = regex.take();
            return named(regex.takeUntil(open == '{' ? "}" : open == '<' ? ">" : "'"));
        }
        if (regex.next("g{")) {
            var inside = regex.takeUntil("}");
            return inside.matches("-?\\d{1,5}") ? numbered(Integer.parseInt(inside)) : named(inside);
        }
        int start = regex.at();
        regex.next("g");
        boolean explicit = regex.at() > start;
        int sign = explicit && regex.next("-") ? -1 : 1;
        var digits = regex.takeDigits(10, 5);
        // From ten on, a number is a group only if there are that many; else it is octal.
        boolean octal =
                !explicit && (digits.startsWith("0") || (digits.length() > 1 && Integer.parseInt(digits) > groups));
        if (digits.isEmpty() || octal) {
            regex.moveTo(start);
            return null;
        }
        return numbered(sign * Integer.parseInt(digits));
    }

    private RegexNode named(String name) throws UnsupportedRegexException {
        var number = names.get(name);
        if (number == null) {
            throw new UnsupportedRegexException("there is no group '" + name + "'");
        }
        return new Again(number, modes.ignoreCase());
    }

    private RegexNode numbered(int number) throws UnsupportedRegexException {
        int absolute = number < 0 ? groups + 1 + number : number;
        if (absolute < 1) {
            throw new UnsupportedRegexException("there is no group " + number);
        }
        highestReference = Math.max(highestReference, absolute);
        return new Again(absolute, modes.ignoreCase());
    }
}
