package dev.rookery.api.internal.regex;

import dev.rookery.api.internal.regex.Instruction.Assert;
import dev.rookery.api.internal.regex.Instruction.Fork;
import dev.rookery.api.internal.regex.Instruction.Found;
import dev.rookery.api.internal.regex.Instruction.One;
import java.util.Arrays;
import java.util.List;

/** Follows all ways through an expression at once (Thompson, 1968): time is linear in the text. Immutable. */
public final class LinearSearch {

    private final List<Instruction> program;

    LinearSearch(List<Instruction> program) {
        this.program = program;
    }

    /**
     * Returns the search for an expression in the syntax of Go's RE2.
     *
     * @throws UnsupportedRegexException if it is not one, is too large, or needs look-around or back references
     */
    public static LinearSearch go(String regex) throws UnsupportedRegexException {
        return new LinearSearch(RegexCompiler.linear(new GoRegexParser(regex).parse()));
    }

    int size() {
        return program.size();
    }

    /** Returns whether the expression occurs anywhere in the text. */
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
                    if (wanted.place().holds(text, at)) {
                        stack[height++] = index + 1;
                    }
                } else {
                    waiting[count++] = index;
                }
            }
            return false;
        }
    }
}
