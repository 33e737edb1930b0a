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
    private final Counters counters;
    private final List<Instruction> program = new ArrayList<>();

    private RegexCompiler(boolean linear, Counters counters) {
        this.linear = linear;
        this.counters = counters;
    }

    /** Returns a program without memory, for {@link LinearSearch}. */
    static List<Instruction> linear(RegexNode node) throws UnsupportedRegexException {
        return new RegexCompiler(true, new Counters(0)).compile(node);
    }

    /**
     * Returns a program for {@link BacktrackingSearch}.
     *
     * @param groups how many groups keep their text: slots 2n and 2n + 1 are those of group n
     */
    static BacktrackingSearch backtracking(RegexNode node, int groups) throws UnsupportedRegexException {
        var counters = new Counters(2 * (groups + 1));
        var program = new RegexCompiler(false, counters).compile(node);
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
        } else if (node instanceof Group group && linear) {
            emit(group.part());
        } else {
            emitWithMemory(node);
        }
    }

    private void emitWithMemory(RegexNode node) throws UnsupportedRegexException {
        if (linear) {
            throw new UnsupportedRegexException("it needs look-around or back references");
        }
        if (node instanceof Group group) {
            program.add(new Keep(2 * group.number()));
            emit(group.part());
            program.add(new Keep(2 * group.number() + 1));
        } else if (node instanceof Again again) {
            program.add(new Repeated(again.number(), again.ignoreCase()));
        } else if (node instanceof Atomic atomic) {
            program.add(new Once(new RegexCompiler(false, counters).compile(atomic.part())));
        } else if (node instanceof Look look) {
            program.add(
                    new Peek(new RegexCompiler(false, counters).compile(look.part()), look.behind(), look.negated()));
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
        for (int i = 0; i < repeat.min(); i++) {
            emit(repeat.part());
        }
        if (repeat.max() < 0) {
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

    private void emitLoop(Repeat repeat) throws UnsupportedRegexException {
        int fork = reserve();
        if (linear) {
            emit(repeat.part());
            program.add(new Fork(fork, fork));
        } else {
            int slot = counters.slots++;
            program.add(new Keep(slot));
            emit(repeat.part());
            program.add(new Loop(slot, fork));
        }
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
