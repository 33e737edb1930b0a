package dev.rookery.benchmarks;

import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks and sets what is ours against its yardstick: {@code Main [console|call|fleet]... [--quick]}. Ends with a line
 * {@code RESULT:} for each comparison.
 *
 * <p>Each round runs both sides one after the other, in a fork of their own, and has a ratio of its own: on a machine that others use too,
 * the two sides of one round have more in common than the two sides of the whole run.
 */
public final class Main {

    private static final int ROUNDS = 5;
    private static final double MEDIAN = 50;

    private static final List<Comparison> COMPARISONS = List.of(
            new Comparison("console", ConsoleBenchmark.class, "console", "rawOkHttp", "lines/s"),
            new Comparison("call", CallBenchmark.class, "typed", "rawOkHttp", "us/call"),
            new Comparison("fleet", FleetBenchmark.class, "fleet", "plainLoop", "us for 1000 nodes"));

    private Main() {}

    /** Runs what is named, else everything. */
    public static void main(String[] args) throws RunnerException {
        var arguments = List.of(args);
        boolean quick = arguments.contains("--quick");
        var named = COMPARISONS.stream()
                .filter(comparison -> arguments.contains(comparison.name()))
                .toList();
        var wanted = named.isEmpty() ? COMPARISONS : named;
        for (var comparison : wanted) {
            for (int round = 0; round < (quick ? 1 : ROUNDS); round++) {
                comparison.add(run(comparison, quick));
            }
        }
        // A program for a terminal: its answer goes to standard output.
        wanted.forEach(comparison -> comparison.lines().forEach(System.out::println));
    }

    private static Comparison.Round run(Comparison comparison, boolean quick) throws RunnerException {
        var options = new OptionsBuilder()
                .include("\\." + comparison.type().getSimpleName() + "\\.")
                .addProfiler(GCProfiler.class)
                .forks(1);
        if (quick) {
            options.warmupIterations(1)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(2)
                    .measurementTime(TimeValue.seconds(1));
        }
        var round = new Comparison.Round();
        for (var result : new Runner(options.build()).run()) {
            var parameters = result.getParams();
            var values = new StringBuilder();
            for (var key : parameters.getParamsKeys()) {
                values.append(' ').append(key).append('=').append(parameters.getParam(key));
            }
            var method = parameters
                    .getBenchmark()
                    .substring(parameters.getBenchmark().lastIndexOf('.') + 1);
            var allocated = Optional.ofNullable(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                    .map(each -> each.getScore())
                    .orElse(Double.NaN);
            round.put(values.toString(), method, score(result), allocated);
        }
        return round;
    }

    /** Of single calls the median, of whole iterations their mean. */
    private static double score(RunResult result) {
        return result.getParams().getMode() == Mode.SampleTime
                ? result.getPrimaryResult().getStatistics().getPercentile(MEDIAN)
                : result.getPrimaryResult().getScore();
    }
}
