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
import java.util.Arrays;
import java.util.List;

/**
 * Tries the ways through an expression one after another, as PCRE does, for what cannot be followed all at once: look-around, back
 * references and groups that are not tried again. It gives up after a number of steps, and its memory is a list that has a bound.
 */
final class BacktrackingSearch {

    private static final int MAX_STEPS = 1_000_000;
    private static final int MAX_STACK = 600_000;
    private static final int ANYWHERE = -1;
    private static final int FAILED = -1;

    private final List<Instruction> program;
    private final int slots;

    BacktrackingSearch(List<Instruction> program, int slots) {
        this.program = program;
        this.slots = slots;
    }

    /** Returns whether the expression occurs anywhere in the text. */
    Outcome find(String text) {
        var run = new Run(text, slots);
        try {
            for (int start = 0; start <= text.length(); start++) {
                boolean inside = start > 0
                        && start < text.length()
                        && Character.isLowSurrogate(text.charAt(start))
                        && Character.isHighSurrogate(text.charAt(start - 1));
                if (!inside && run.run(program, start, ANYWHERE) != FAILED) {
                    return Outcome.FOUND;
                }
            }
            return Outcome.NOT_FOUND;
        } catch (GaveUpException ignored) {
            return Outcome.GAVE_UP;
        }
    }

    /** Ends a search that takes too long. */
    private static final class GaveUpException extends Exception {

        private static final long serialVersionUID = 1L;

        GaveUpException() {
            super("the search takes too long", null, false, false);
        }
    }

    /** One search: the slots, and a stack of what to try next and what to put back first. */
    private static final class Run {

        private final String text;
        private final int[] slots;
        /** Pairs: (place of the program, place of the text), or (-1 - slot, what it held). */
        private int[] stack = new int[64];

        private int height;
        private int steps;
        /** Set by {@link #step} together with the next place of the program. */
        private int at;

        Run(String text, int slots) {
            this.text = text;
            this.slots = new int[slots];
            Arrays.fill(this.slots, -1);
        }

        /** Returns where the program ended, {@link #FAILED} if it did not; what it kept stays kept unless it failed. */
        int run(List<Instruction> program, int start, int end) throws GaveUpException {
            int base = height;
            int index = 0;
            int place = start;
            while (true) {
                if (++steps > MAX_STEPS) {
                    throw new GaveUpException();
                }
                int next;
                if (program.get(index) instanceof Found) {
                    if (end == ANYWHERE || place == end) {
                        forget(base);
                        return place;
                    }
                    next = FAILED;
                } else {
                    at = place;
                    next = step(program.get(index), index);
                    place = at;
                }
                if (next == FAILED) {
                    next = back(base);
                    if (next == FAILED) {
                        return FAILED;
                    }
                    place = at;
                }
                index = next;
            }
        }

        /** Returns the next place of the program, {@link #FAILED} if there is none; moves {@link #at}. */
        private int step(Instruction instruction, int index) throws GaveUpException {
            if (instruction instanceof One one) {
                return take(one) ? index + 1 : FAILED;
            }
            if (instruction instanceof Fork fork) {
                if (fork.one() != fork.other()) {
                    push(fork.other(), at);
                }
                return fork.one();
            }
            if (instruction instanceof Assert wanted) {
                return wanted.place().holds(text, at) ? index + 1 : FAILED;
            }
            if (instruction instanceof Keep keep) {
                push(-1 - keep.slot(), slots[keep.slot()]);
                slots[keep.slot()] = at;
                return index + 1;
            }
            if (instruction instanceof Loop loop) {
                return slots[loop.slot()] == at ? index + 1 : loop.back();
            }
            if (instruction instanceof Repeated repeated) {
                return takeAgain(repeated) ? index + 1 : FAILED;
            }
            return subprogram(instruction) ? index + 1 : FAILED;
        }

        private boolean subprogram(Instruction instruction) throws GaveUpException {
            int here = at;
            if (instruction instanceof Once once) {
                at = run(once.program(), here, ANYWHERE);
                return at != FAILED;
            }
            if (!(instruction instanceof Peek peek)) {
                throw new IllegalStateException("instruction: " + instruction + " (expected: one that is known)");
            }
            int base = height;
            boolean found = peek.behind() ? behind(peek, here) : run(peek.program(), here, ANYWHERE) != FAILED;
            if (peek.negated()) {
                restore(base);
            }
            at = here;
            return found != peek.negated();
        }

        private boolean behind(Peek peek, int here) throws GaveUpException {
            for (int start = here; start >= 0; start--) {
                if (run(peek.program(), start, here) != FAILED) {
                    return true;
                }
            }
            return false;
        }

        private boolean take(One one) {
            if (at == text.length()) {
                return false;
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            return one.set().test(c);
        }

        private boolean takeAgain(Repeated repeated) {
            int from = slots[2 * repeated.number()];
            int to = slots[2 * repeated.number() + 1];
            if (from < 0 || to < from) {
                return false;
            }
            int length = to - from;
            if (!text.regionMatches(repeated.ignoreCase(), at, text, from, length)) {
                return false;
            }
            steps += length;
            at += length;
            return true;
        }

        private void push(int one, int other) throws GaveUpException {
            if (height + 2 > stack.length) {
                if (stack.length >= MAX_STACK) {
                    throw new GaveUpException();
                }
                stack = Arrays.copyOf(stack, stack.length * 2);
            }
            stack[height++] = one;
            stack[height++] = other;
        }

        /** Returns the last way that was not tried, and puts back what was kept since. */
        private int back(int base) {
            while (height > base) {
                int other = stack[--height];
                int one = stack[--height];
                if (one >= 0) {
                    at = other;
                    return one;
                }
                slots[-1 - one] = other;
            }
            return FAILED;
        }

        /** Forgets the ways that were not tried, but not what was kept. */
        private void forget(int base) {
            int kept = base;
            for (int i = base; i < height; i += 2) {
                if (stack[i] < 0) {
                    stack[kept++] = stack[i];
                    stack[kept++] = stack[i + 1];
                }
            }
            height = kept;
        }

        private void restore(int base) {
            forget(base);
            back(base);
        }
    }
}
