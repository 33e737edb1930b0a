package dev.rookery.api.internal.regex;

import java.util.List;
import java.util.function.IntPredicate;

/** A part of a regular expression. */
sealed interface RegexNode {

    /** One character out of a set. */
    record OneOf(IntPredicate set) implements RegexNode {}

    /** A place that is between characters. */
    record At(Place place) implements RegexNode {}

    /** Parts one after another. */
    record Sequence(List<RegexNode> parts) implements RegexNode {}

    /** Any one of several parts, the first ones first. */
    record Choice(List<RegexNode> parts) implements RegexNode {}

    /**
     * A part several times.
     *
     * @param max -1 for any number
     * @param lazy whether fewer times are tried first
     */
    record Repeat(RegexNode part, int min, int max, boolean lazy) implements RegexNode {}

    /** A part whose text can be asked for again. */
    record Group(RegexNode part, int number) implements RegexNode {}

    /** The text that a group has found, once more. */
    record Again(int number, boolean ignoreCase) implements RegexNode {}

    /** A part that is not tried another way once it was found. */
    record Atomic(RegexNode part) implements RegexNode {}

    /** A part that has to be, or must not be, before or behind this place. */
    record Look(RegexNode part, boolean behind, boolean negated) implements RegexNode {}
}
