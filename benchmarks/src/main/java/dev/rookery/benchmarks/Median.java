package dev.rookery.benchmarks;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** Times of work that is done several times in one process, in milliseconds. Without state. */
final class Median {

    private static final int ROUNDS = 5;

    private Median() {}

    /** Returns the time that work takes as a rule. */
    static double of(Callable<?> work) throws Exception {
        var times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            times[i] = once(work);
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    /** Returns the time that work takes. */
    static double once(Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        if (work.call() == null) {
            throw new IllegalStateException("nothing was made");
        }
        return (System.nanoTime() - begun) / 1e6;
    }
}
