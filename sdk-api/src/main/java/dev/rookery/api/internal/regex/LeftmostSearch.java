package dev.rookery.api.internal.regex;

import dev.rookery.api.internal.regex.Instruction.Assert;
import dev.rookery.api.internal.regex.Instruction.Fork;
import dev.rookery.api.internal.regex.Instruction.Found;
import dev.rookery.api.internal.regex.Instruction.Keep;
import dev.rookery.api.internal.regex.Instruction.One;
import java.util.Arrays;
import java.util.List;

/**
 * Finds where an expression of Go's RE2 occurs and what its groups have found: the match that begins first, and of those the one that is
 * tried first. No place of the program is tried twice at one place of the text, so that a search takes time linear in the text. Immutable.
 */
public final class LeftmostSearch {

    private final List<Instruction> program;
    private final List<String> names;

    private LeftmostSearch(List<Instruction> program, List<String> names) {
        this.program = program;
        this.names = names;
    }

    /**
     * Returns the search for an expression in the syntax of Go's RE2.
     *
     * @throws UnsupportedRegexException if it is not one, is too large, or needs look-around or back references
     */
    public static LeftmostSearch go(String regex) throws UnsupportedRegexException {
        var parser = new GoRegexParser(regex);
        var tree = parser.parse();
        return new LeftmostSearch(RegexCompiler.leftmost(tree), parser.names());
    }

    /** Returns how many groups there are. */
    public int groups() {
        return names.size() - 1;
    }

    /** Returns the number of a group, from 1; -1 if none has the name. */
    public int group(String name) {
        int number = names.indexOf(name);
        return number == 0 ? -1 : number;
    }

    /** Returns searches of one text. */
    public Matches in(String text, int maxSteps) {
        return new Matches(program, names.size(), text, maxSteps);
    }

    /** The searches of one text, and what the last one has found. Not thread-safe. */
    public static final class Matches {

        private final List<Instruction> program;
        private final String text;
        private final int[] slots;
        private final int maxSteps;
        /** A row of bits for each place of the text. */
        private final long[] seen;

        private final int rowLength;
        /** Pairs: (place of the program, place of the text), or (-1 - slot, what it held). */
        private int[] stack = new int[64];

        private int height;
        private int steps;
        private int furthest;

        private Matches(List<Instruction> program, int groups, String text, int maxSteps) {
            this.program = program;
            this.text = text;
            this.slots = new int[2 * groups];
            this.maxSteps = maxSteps;
            this.rowLength = (program.size() + Long.SIZE - 1) / Long.SIZE;
            this.seen = new long[rowLength * (text.length() + 1)];
        }

        /** Searches from a place on; all searches of the text together have a number of steps. */
        public Outcome find(int from) {
            furthest = from;
            int start = from;
            while (true) {
                var outcome = tryAt(start);
                boolean last = start >= text.length();
                if (outcome != Outcome.NOT_FOUND || last) {
                    Arrays.fill(seen, from * rowLength, (furthest + 1) * rowLength, 0);
                    return outcome;
                }
                start += Character.charCount(text.codePointAt(start));
            }
        }

        /** Returns where a group begins, -1 if it has found nothing; 0 is the whole. */
        public int start(int group) {
            return slots[2 * group + 1] < 0 ? -1 : slots[2 * group];
        }

        /** Returns where a group is over, -1 if it has found nothing; 0 is the whole. */
        public int end(int group) {
            return slots[2 * group + 1];
        }

        private Outcome tryAt(int start) {
            Arrays.fill(slots, -1);
            height = 0;
            push(0, start);
            while (height > 0) {
                int place = stack[--height];
                int index = stack[--height];
                if (index < 0) {
                    slots[-1 - index] = place;
                    continue;
                }
                int end = follow(index, place);
                if (end >= 0) {
                    slots[0] = start;
                    slots[1] = end;
                    return Outcome.FOUND;
                }
                if (steps > maxSteps) {
                    return Outcome.GAVE_UP;
                }
            }
            return Outcome.NOT_FOUND;
        }

        /** Goes on until it fails, and returns -1, or is at the program's end, and returns where that is. */
        private int follow(int from, int start) {
            int index = from;
            int place = start;
            while (first(index, place) && ++steps <= maxSteps) {
                var instruction = program.get(index);
                if (instruction instanceof Found) {
                    return place;
                }
                int next = index + 1;
                if (instruction instanceof Fork fork) {
                    if (fork.one() != fork.other()) {
                        push(fork.other(), place);
                    }
                    next = fork.one();
                } else if (instruction instanceof Keep keep) {
                    push(-1 - keep.slot(), slots[keep.slot()]);
                    slots[keep.slot()] = place;
                } else if (instruction instanceof Assert wanted) {
                    if (!wanted.place().holds(text, place)) {
                        return -1;
                    }
                } else {
                    if (place == text.length()) {
                        return -1;
                    }
                    int c = text.codePointAt(place);
                    if (!((One) instruction).set().test(c)) {
                        return -1;
                    }
                    place += Character.charCount(c);
                }
                index = next;
            }
            return -1;
        }

        /** Returns whether the program has not been here, and remembers that it has. */
        private boolean first(int index, int place) {
            furthest = Math.max(furthest, place);
            int word = place * rowLength + index / Long.SIZE;
            long bit = 1L << index;
            boolean first = (seen[word] & bit) == 0;
            seen[word] |= bit;
            return first;
        }

        private void push(int one, int other) {
            if (height + 2 > stack.length) {
                stack = Arrays.copyOf(stack, stack.length * 2);
            }
            stack[height++] = one;
            stack[height++] = other;
        }
    }
}
