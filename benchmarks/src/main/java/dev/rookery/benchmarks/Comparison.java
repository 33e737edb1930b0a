package dev.rookery.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Two methods of a benchmark that do the same, one of them ours. Not thread-safe. */
final class Comparison {

    private final String name;
    private final Class<?> type;
    private final String ours;
    private final String yardstick;
    private final String unit;
    private final List<Round> rounds = new ArrayList<>();

    Comparison(String name, Class<?> type, String ours, String yardstick, String unit) {
        this.name = name;
        this.type = type;
        this.ours = ours;
        this.yardstick = yardstick;
        this.unit = unit;
    }

    /** What one round measured. */
    static final class Round {

        private final Map<String, Map<String, Score>> scores = new TreeMap<>();

        void put(String parameters, String method, double score, double allocatedBytes) {
            scores.computeIfAbsent(parameters, key -> new TreeMap<>()).put(method, new Score(score, allocatedBytes));
        }
    }

    private record Score(double value, double allocatedBytes) {}

    String name() {
        return name;
    }

    Class<?> type() {
        return type;
    }

    void add(Round round) {
        rounds.add(round);
    }

    /** Returns a line for each set of parameters: the medians of all rounds, and each round's ratio. */
    List<String> lines() {
        Set<String> parameters = new TreeSet<>();
        rounds.forEach(round -> parameters.addAll(round.scores.keySet()));
        return parameters.stream().map(this::line).toList();
    }

    private String line(String parameters) {
        var ratios = rounds.stream()
                .map(round -> score(round, parameters, ours).value()
                        / score(round, parameters, yardstick).value())
                .toList();
        return String.format(
                Locale.ROOT,
                "RESULT: %s%s: %s %,.1f, %s %,.1f %s, ratio %.2f (rounds %s); allocated per operation %,.0f and %,.0f bytes",
                name,
                parameters,
                ours,
                median(parameters, ours, Score::value),
                yardstick,
                median(parameters, yardstick, Score::value),
                unit,
                median(ratios),
                ratios.stream()
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                        .collect(Collectors.joining(" ")),
                median(parameters, ours, Score::allocatedBytes),
                median(parameters, yardstick, Score::allocatedBytes));
    }

    private double median(String parameters, String method, ToDoubleFunction<Score> of) {
        return median(rounds.stream()
                .map(round -> of.applyAsDouble(score(round, parameters, method)))
                .toList());
    }

    private static Score score(Round round, String parameters, String method) {
        var score = round.scores.getOrDefault(parameters, Map.of()).get(method);
        return score == null ? new Score(Double.NaN, Double.NaN) : score;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
