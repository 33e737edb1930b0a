package dev.rookery.api.egg;

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

    /** Any one of several parts. */
    record Choice(List<RegexNode> parts) implements RegexNode {}

    /**
     * A part several times.
     *
     * @param max -1 for any number
     */
    record Repeat(RegexNode part, int min, int max) implements RegexNode {}

    /** The places between characters that an expression can ask for. */
    enum Place {
        /** Before the first character. */
        START,
        /** Behind the last character. */
        END,
        /** Between a word and something else. */
        WORD_EDGE,
        /** Anywhere else. */
        NO_WORD_EDGE
    }
}
