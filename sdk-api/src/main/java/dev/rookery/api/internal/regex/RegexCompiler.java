package dev.rookery.api.internal.regex;

import dev.rookery.api.internal.regex.Instruction.Assert;
import dev.rookery.api.internal.regex.Instruction.Fork;
import dev.rookery.api.internal.regex.Instruction.Found;
import dev.rookery.api.internal.regex.Instruction.Keep;
import dev.rookery.api.internal.regex.Instruction.Loop;
import dev.rookery.api.internal.regex.Instruction.Once;
import dev.rookery.api.internal.regex.Instruction.One;
import dev.rookery.api.internal.regex.Instruction.Peek;
import dev.rookery.api.internal.regex.Instruction.Repeated;
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
import java.util.List;

/** Turns a tree into a program. */
final class RegexCompiler {

    private static final int MAX_INSTRUCTIONS = 2500;

    private final boolean linear;
    private final boolean groups;
    private final Counters counters;
    private final List<Instruction> program = new ArrayList<>();

    private RegexCompiler(boolean linear, boolean groups, Counters counters) {
        this.linear = linear;
        this.groups = groups;
        this.counters = counters;
    }

    /** Returns a program without memory, for {@link LinearSearch}. */
    static List<Instruction> linear(RegexNode node) throws UnsupportedRegexException {
        return new RegexCompiler(true, false, new Counters(0)).compile(node);
    }

    /** Returns a program that keeps where groups are and has no memory else, for {@link LeftmostSearch}. */
    static List<Instruction> leftmost(RegexNode node) throws UnsupportedRegexException {
        return new RegexCompiler(true, true, new Counters(0)).compile(node);
    }

    /**
     * Returns a program for {@link BacktrackingSearch}.
     *
     * @param groups how many groups keep their text: slots 2n and 2n + 1 are those of group n
     */
    static BacktrackingSearch backtracking(RegexNode node, int groups) throws UnsupportedRegexException {
        var counters = new Counters(2 * (groups + 1));
        var program = new RegexCompiler(false, true, counters).compile(node);
        return new BacktrackingSearch(program, counters.slots);
    }

    private static final class Counters {
        private int slots;
        private int steps;

        Counters(int slots) {
            this.slots = slots;
        }
    }

    private List<Instruction> compile(RegexNode node) throws UnsupportedRegexException {
        emit(node);
        program.add(new Found());
        return List.copyOf(program);
    }

    private void emit(RegexNode node) throws UnsupportedRegexException {
        // Counted apart from the program, because an empty group makes none however often it is repeated.
        if (++counters.steps > MAX_INSTRUCTIONS || program.size() > MAX_INSTRUCTIONS) {
            throw new UnsupportedRegexException("it is too large");
        }
        if (node instanceof OneOf one) {
            program.add(new One(one.set()));
        } else if (node instanceof At place) {
            program.add(new Assert(place.place()));
        } else if (node instanceof Sequence sequence) {
            for (var part : sequence.parts()) {
                emit(part);
            }
        } else if (node instanceof Choice choice) {
            emitChoice(choice.parts());
        } else if (node instanceof Repeat repeat) {
            emitRepeat(repeat);
        } else if (node instanceof Group group) {
            emitGroup(group);
        } else {
            emitWithMemory(node);
        }
    }

    private void emitGroup(Group group) throws UnsupportedRegexException {
        if (groups) {
            program.add(new Keep(2 * group.number()));
        }
        emit(group.part());
        if (groups) {
            program.add(new Keep(2 * group.number() + 1));
        }
    }

    private void emitWithMemory(RegexNode node) throws UnsupportedRegexException {
        if (linear) {
            throw new UnsupportedRegexException("it needs look-around or back references");
        }
        if (node instanceof Again again) {
            program.add(new Repeated(again.number(), again.ignoreCase()));
        } else if (node instanceof Atomic atomic) {
            program.add(new Once(new RegexCompiler(false, true, counters).compile(atomic.part())));
        } else if (node instanceof Look look) {
            program.add(new Peek(
                    new RegexCompiler(false, true, counters).compile(look.part()), look.behind(), look.negated()));
        }
    }

    private void emitChoice(List<RegexNode> parts) throws UnsupportedRegexException {
        List<Integer> ends = new ArrayList<>();
        for (var part : parts.subList(0, parts.size() - 1)) {
            int fork = reserve();
            emit(part);
            ends.add(reserve());
            program.set(fork, new Fork(fork + 1, program.size()));
        }
        emit(parts.get(parts.size() - 1));
        ends.forEach(end -> program.set(end, new Fork(program.size(), program.size())));
    }

    private void emitRepeat(Repeat repeat) throws UnsupportedRegexException {
        boolean loop = repeat.max() < 0;
        // Without memory the last of them is the first turn of the loop.
        for (int i = loop && linear ? 1 : 0; i < repeat.min(); i++) {
            emit(repeat.part());
        }
        if (loop && linear) {
            emitTurns(repeat);
            return;
        }
        if (loop) {
            emitLoop(repeat);
            return;
        }
        List<Integer> forks = new ArrayList<>();
        for (int i = repeat.min(); i < repeat.max(); i++) {
            forks.add(reserve());
            emit(repeat.part());
        }
        forks.forEach(fork -> program.set(fork, fork(fork + 1, program.size(), repeat.lazy())));
    }

    /** As RE2 does: "none, or at least one", because a turn that takes nothing is a turn nevertheless. */
    private void emitTurns(Repeat repeat) throws UnsupportedRegexException {
        int fork = repeat.min() == 0 ? reserve() : -1;
        int start = program.size();
        emit(repeat.part());
        program.add(fork(start, program.size() + 1, repeat.lazy()));
        if (fork >= 0) {
            program.set(fork, fork(start, program.size(), repeat.lazy()));
        }
    }

    private void emitLoop(Repeat repeat) throws UnsupportedRegexException {
        int fork = reserve();
        int slot = counters.slots++;
        program.add(new Keep(slot));
        emit(repeat.part());
        program.add(new Loop(slot, fork));
        program.set(fork, fork(fork + 1, program.size(), repeat.lazy()));
    }

    private static Fork fork(int more, int enough, boolean lazy) {
        return lazy ? new Fork(enough, more) : new Fork(more, enough);
    }

    /** Keeps a place for an instruction that is known later. */
    private int reserve() {
        program.add(new Found());
        return program.size() - 1;
    }
}
