package dev.rookery.api.internal.regex;

import dev.rookery.api.internal.regex.RegexNode.At;
import dev.rookery.api.internal.regex.RegexNode.Choice;
import dev.rookery.api.internal.regex.RegexNode.Group;
import dev.rookery.api.internal.regex.RegexNode.OneOf;
import dev.rookery.api.internal.regex.RegexNode.Repeat;
import dev.rookery.api.internal.regex.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the syntax of Go's RE2. */
final class GoRegexParser {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_REPEAT = 1000;
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,5})(,(\\d{1,5})?)?}");
    private static final String MODES = "\\?([imsU]*)(?:-([imsU]+))?";
    private static final Pattern SWITCH = Pattern.compile("\\(" + MODES + "\\)");
    private static final Pattern FLAGS = Pattern.compile(MODES + ":");
    private static final Pattern NAME = Pattern.compile("\\?P?<(\\w+)>");
    private static final String NO_NAME = "";

    private final RegexText text;
    private final GoCharacters characters;
    /** By their numbers; the first one is the whole. */
    private final List<String> names = new ArrayList<>(List.of(NO_NAME));

    private int depth;
    private Modes modes = new Modes(false, false, false, false);

    /**
     * What flags have switched on.
     *
     * @param lines whether {@code ^} and {@code $} are about lines
     * @param ungreedy whether less is tried first, and more behind a question mark
     */
    private record Modes(boolean ignoreCase, boolean dotAll, boolean lines, boolean ungreedy) {

        Modes with(@Nullable String flags, boolean on) {
            return flags == null
                    ? this
                    : new Modes(
                            flags.indexOf('i') >= 0 ? on : ignoreCase,
                            flags.indexOf('s') >= 0 ? on : dotAll,
                            flags.indexOf('m') >= 0 ? on : lines,
                            flags.indexOf('U') >= 0 ? on : ungreedy);
        }
    }

    GoRegexParser(String regex) {
        this.text = new RegexText(regex);
        this.characters = new GoCharacters(text);
    }

    RegexNode parse() throws UnsupportedRegexException {
        var node = choice();
        if (!text.ended()) {
            throw new UnsupportedRegexException("a group is closed that was not opened");
        }
        return node;
    }

    /** Returns the names of the groups by their numbers, empty for those that have none and for the whole. */
    List<String> names() {
        return List.copyOf(names);
    }

    private RegexNode choice() throws UnsupportedRegexException {
        if (++depth > MAX_DEPTH) {
            throw new UnsupportedRegexException("too many groups in one another");
        }
        List<RegexNode> parts = new ArrayList<>();
        parts.add(sequence());
        while (text.next("|")) {
            parts.add(sequence());
        }
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Choice(parts);
    }

    private RegexNode sequence() throws UnsupportedRegexException {
        List<RegexNode> parts = new ArrayList<>();
        while (!text.ended() && !text.startsWith("|") && !text.startsWith(")")) {
            if (text.next("\\Q")) {
                text.takeUntilOrAll("\\E").codePoints().forEach(c -> parts.add(literal(c)));
            } else if (!switched()) {
                parts.add(repeated(atom()));
                continue;
            }
            // Neither is a part, so that what repeats is the last character, be it before them.
            if (!parts.isEmpty()) {
                parts.add(repeated(parts.remove(parts.size() - 1)));
            }
        }
        return new Sequence(parts);
    }

    /** Takes flags for the rest of the group, if they are next. */
    private boolean switched() {
        var flags = text.next(SWITCH);
        if (flags != null) {
            modes = modes.with(flags.group(1), true).with(flags.group(2), false);
        }
        return flags != null;
    }

    private RegexNode repeated(RegexNode node) throws UnsupportedRegexException {
        var repeat = repeat(node);
        if (repeat == null) {
            return node;
        }
        if (repeat(node) != null) {
            throw new UnsupportedRegexException("a repetition is repeated");
        }
        return repeat;
    }

    private @Nullable RegexNode repeat(RegexNode node) throws UnsupportedRegexException {
        if (text.next("*")) {
            return repeat(node, 0, -1);
        }
        if (text.next("+")) {
            return repeat(node, 1, -1);
        }
        if (text.next("?")) {
            return repeat(node, 0, 1);
        }
        var count = text.next(COUNT);
        if (count == null) {
            return null;
        }
        int min = Integer.parseInt(count.group(1));
        int max = count.group(2) == null ? min : count.group(3) == null ? -1 : Integer.parseInt(count.group(3));
        if (min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && max < min)) {
            throw new UnsupportedRegexException("a repetition is out of bounds");
        }
        return repeat(node, min, max);
    }

    private RegexNode repeat(RegexNode node, int min, int max) {
        return new Repeat(node, min, max, text.next("?") != modes.ungreedy());
    }

    private RegexNode atom() throws UnsupportedRegexException {
        if (text.next(COUNT) != null) {
            throw new UnsupportedRegexException("nothing to repeat");
        }
        int c = text.take();
        return switch (c) {
            case '(' -> group();
            case '[' -> new OneOf(characters.set(modes.ignoreCase()));
            case '.' -> new OneOf(modes.dotAll() ? any -> true : any -> any != '\n');
            case '^' -> new At(modes.lines() ? Place.LINE_START_OR_END : Place.START);
            case '$' -> new At(modes.lines() ? Place.LINE_END : Place.END);
            case '\\' -> escape();
            case '*', '+', '?' -> throw new UnsupportedRegexException("nothing to repeat");
            default -> literal(c);
        };
    }

    private RegexNode literal(int c) {
        return new OneOf(characters.range(c, c, modes.ignoreCase()));
    }

    private RegexNode group() throws UnsupportedRegexException {
        var outer = modes;
        var flags = text.next(FLAGS);
        int number = 0;
        if (flags != null) {
            modes = modes.with(flags.group(1), true).with(flags.group(2), false);
        } else {
            number = names.size();
            names.add(name(text.next(NAME)));
        }
        var inner = choice();
        if (!text.next(")")) {
            throw new UnsupportedRegexException("a group is not closed");
        }
        modes = outer;
        return number == 0 ? inner : new Group(inner, number);
    }

    private String name(@Nullable MatchResult found) throws UnsupportedRegexException {
        if (found == null) {
            if (text.startsWith("?")) {
                throw new UnsupportedRegexException("a kind of group that needs look-around");
            }
            return NO_NAME;
        }
        if (names.contains(found.group(1))) {
            throw new UnsupportedRegexException("two groups of one name");
        }
        return found.group(1);
    }

    private RegexNode escape() throws UnsupportedRegexException {
        if (text.next("b")) {
            return new At(Place.WORD_EDGE);
        }
        if (text.next("B")) {
            return new At(Place.NO_WORD_EDGE);
        }
        if (text.next("A")) {
            return new At(Place.START);
        }
        if (text.next("z")) {
            return new At(Place.END);
        }
        var named = characters.named(modes.ignoreCase());
        return named != null ? new OneOf(named) : literal(characters.escaped());
    }
}
