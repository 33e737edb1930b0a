package dev.rookery.api.internal.regex;

import java.util.List;
import java.util.function.IntPredicate;

/** What to do next: a program is a list of these, and goes on with the following one unless it says otherwise. */
sealed interface Instruction {

    /** Takes one character of a set. */
    record One(IntPredicate set) implements Instruction {}

    /** Goes on only at such a place. */
    record Assert(Place place) implements Instruction {}

    /** Goes on in both places; the first one is tried first. */
    record Fork(int one, int other) implements Instruction {}

    /** The end of the program. */
    record Found() implements Instruction {}

    /** Remembers where it is. */
    record Keep(int slot) implements Instruction {}

    /** Goes back to the loop's start unless nothing was taken since it was there. */
    record Loop(int slot, int back) implements Instruction {}

    /** Takes what a group has found, once more. */
    record Repeated(int number, boolean ignoreCase) implements Instruction {}

    /** Runs a program of its own and goes on where it first ended. */
    record Once(List<Instruction> program) implements Instruction {}

    /** Runs a program of its own and goes on here. */
    record Peek(List<Instruction> program, boolean behind, boolean negated) implements Instruction {}
}
