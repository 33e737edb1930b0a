package dev.rookery.api.egg;

import dev.rookery.api.Incubating;
import dev.rookery.api.egg.RegexNode.At;
import dev.rookery.api.egg.RegexNode.Choice;
import dev.rookery.api.egg.RegexNode.OneOf;
import dev.rookery.api.egg.RegexNode.Repeat;
import dev.rookery.api.egg.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A regular expression that is searched for in time linear in the text, whatever it is: Java's own engine can be made to run for years
 * by an egg. All ways through the expression are followed at once (Thompson, 1968), as in the RE2 of the Go daemons. Immutable.
 */
@Incubating
public final class LinearPattern {

    private static final int MAX_INSTRUCTIONS = 2500;

    private final List<Instruction> program;

    private LinearPattern(List<Instruction> program) {
        this.program = program;
    }

    /** Returns the pattern, empty if it is not one, is too large, or needs look-around or back references. */
    public static Optional<LinearPattern> compile(String regex) {
        try {
            return Optional.of(new LinearPattern(new Compiler().compile(new RegexParser(regex).parse())));
        } catch (RegexParser.Unsupported ignored) {
            return Optional.empty();
        }
    }

    /** Returns whether the pattern occurs anywhere in the text. */
    public boolean find(String text) {
        var here = new Threads(program);
        var next = new Threads(program);
        int at = 0;
        while (true) {
            if (here.follow(0, text, at)) {
                return true;
            }
            if (at == text.length()) {
                return false;
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            for (int i = 0; i < here.count; i++) {
                int index = here.waiting[i];
                if (program.get(index) instanceof One one && one.set().test(c) && next.follow(index + 1, text, at)) {
                    return true;
                }
            }
            var used = here;
            here = next;
            next = used;
            next.clear();
        }
    }

    /** What to do next: the program is a list of these, and goes on with the following one unless it says otherwise. */
    private sealed interface Instruction {}

    private record One(IntPredicate set) implements Instruction {}

    private record Assert(RegexNode.Place place) implements Instruction {}

    /** Goes on in both places. */
    private record Fork(int one, int other) implements Instruction {}

    private record Found() implements Instruction {}

    /** The places of the program that have been reached at one place of the text, each once. */
    private static final class Threads {

        private final List<Instruction> program;
        private final int[] waiting;
        private final int[] stack;
        private final boolean[] seen;
        private int count;

        Threads(List<Instruction> program) {
            this.program = program;
            this.waiting = new int[program.size()];
            this.stack = new int[2 * program.size() + 1];
            this.seen = new boolean[program.size()];
        }

        void clear() {
            count = 0;
            Arrays.fill(seen, false);
        }

        /** Follows the program up to where it needs a character; returns whether it comes to its end. */
        boolean follow(int start, String text, int at) {
            int height = 0;
            stack[height++] = start;
            while (height > 0) {
                int index = stack[--height];
                if (seen[index]) {
                    continue;
                }
                seen[index] = true;
                var instruction = program.get(index);
                if (instruction instanceof Found) {
                    return true;
                }
                if (instruction instanceof Fork fork) {
                    stack[height++] = fork.one();
                    stack[height++] = fork.other();
                } else if (instruction instanceof Assert wanted) {
                    if (holds(wanted.place(), text, at)) {
                        stack[height++] = index + 1;
                    }
                } else {
                    waiting[count++] = index;
                }
            }
            return false;
        }

        private static boolean holds(RegexNode.Place place, String text, int at) {
            boolean edge = (at > 0 && RegexParser.word(text.charAt(at - 1)))
                    != (at < text.length() && RegexParser.word(text.charAt(at)));
            return switch (place) {
                case START -> at == 0;
                case END -> at == text.length();
                case WORD_EDGE -> edge;
                case NO_WORD_EDGE -> !edge;
            };
        }
    }

    /** Turns the tree into a program. */
    private static final class Compiler {

        private final List<Instruction> program = new ArrayList<>();
        private int steps;

        List<Instruction> compile(RegexNode node) throws RegexParser.Unsupported {
            emit(node);
            program.add(new Found());
            return List.copyOf(program);
        }

        private void emit(RegexNode node) throws RegexParser.Unsupported {
            // Counted apart from the program, because an empty group makes none however often it is repeated.
            if (++steps > MAX_INSTRUCTIONS || program.size() > MAX_INSTRUCTIONS) {
                throw new RegexParser.Unsupported("too large");
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
            }
        }

        private void emitChoice(List<RegexNode> parts) throws RegexParser.Unsupported {
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

        private void emitRepeat(Repeat repeat) throws RegexParser.Unsupported {
            for (int i = 0; i < repeat.min(); i++) {
                emit(repeat.part());
            }
            if (repeat.max() < 0) {
                int fork = reserve();
                emit(repeat.part());
                program.add(new Fork(fork, fork));
                program.set(fork, new Fork(fork + 1, program.size()));
                return;
            }
            List<Integer> forks = new ArrayList<>();
            for (int i = repeat.min(); i < repeat.max(); i++) {
                forks.add(reserve());
                emit(repeat.part());
            }
            forks.forEach(fork -> program.set(fork, new Fork(fork + 1, program.size())));
        }

        /** Keeps a place for an instruction that is known later. */
        private int reserve() {
            program.add(new Found());
            return program.size() - 1;
        }
    }
}
