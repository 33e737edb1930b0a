package dev.rookery.examples.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Figures of several rounds. Not thread-safe. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    double median() {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Returns the median, and in brackets the lowest and the highest. */
    String text(DoubleFunction<String> unit) {
        var sorted = values.stream().sorted().toList();
        return unit.apply(median())
                + (sorted.size() == 1
                        ? ""
                        : " (" + unit.apply(sorted.get(0)) + " to " + unit.apply(sorted.get(sorted.size() - 1)) + ")");
    }
}
