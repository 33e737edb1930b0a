package dev.rookery.daemon.internal.console;

import java.util.List;

/**
 * Finds how much of what was heard live is in the engine's stored log too, and which numbers the stored lines have. Source of the
 * problem: between opening the live stream and reading the log the process goes on printing.
 */
public final class OutputJoin {

    /** How many lines are compared to find the place. */
    static final int COMPARED_LINES = 20;

    private OutputJoin() {}

    /**
     * Returns how many of the first live lines are the last stored ones.
     *
     * @param stored the engine's log
     * @param live what was heard since shortly before the log was read; the first may lack its begin
     * @param least how many lines the engine had stored since the live stream was asked for, before the log was read
     * @param most the same after the log was read; lines that look alike are told apart by these two
     */
    public static int overlap(List<String> stored, List<String> live, int least, int most) {
        int best = 0;
        int bestDistance = distance(0, least, most);
        for (int count = 1; count <= Math.min(stored.size(), live.size()); count++) {
            int distance = distance(count, least, most);
            if (distance <= bestDistance && matches(stored, live, count)) {
                best = count;
                bestDistance = distance;
            }
        }
        return best;
    }

    /**
     * Returns the number of the first stored line.
     *
     * @param stored the engine's log, or its end
     * @param dropped how many lines of the log come before {@code stored}
     * @param base the last number given before this container began
     * @param known the last lines whose numbers are known, without holes; may be empty
     */
    public static long firstNumber(List<String> stored, long dropped, long base, List<NumberedLine> known) {
        long expected = base + dropped + 1;
        if (known.isEmpty()) {
            return expected;
        }
        var last = known.get(known.size() - 1);
        if (last.number() <= base) {
            return expected;
        }
        long index = last.number() - expected;
        if (index < 0 || (index < stored.size() && endsAt(stored, (int) index, known))) {
            return expected;
        }
        for (int i = stored.size() - 1; i >= 0; i--) {
            if (endsAt(stored, i, known)) {
                return last.number() - i;
            }
        }
        // Nothing of what is known is left: an unknown number of lines is gone, for which one number stands.
        return last.number() + 2;
    }

    private static int distance(int count, int least, int most) {
        return count < least ? least - count : Math.max(0, count - most);
    }

    private static boolean matches(List<String> stored, List<String> live, int count) {
        int from = stored.size() - count;
        if (!stored.get(from).endsWith(live.get(0))) {
            return false;
        }
        for (int i = 1; i < count; i++) {
            if (!stored.get(from + i).equals(live.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsAt(List<String> stored, int index, List<NumberedLine> known) {
        var last = known.get(known.size() - 1);
        for (int back = 0; back < Math.min(COMPARED_LINES, known.size()); back++) {
            var line = known.get(known.size() - 1 - back);
            if (index - back < 0 || line.number() != last.number() - back) {
                return true;
            }
            if (!stored.get(index - back).equals(line.text())) {
                return false;
            }
        }
        return true;
    }
}
