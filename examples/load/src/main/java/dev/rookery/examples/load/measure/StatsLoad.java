package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.load.measure.Findings.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the statistics of running servers cost. */
@Command(
        name = "stats",
        description = {
            "The processor time of a node whose servers run and say nothing: what is left is their statistics.",
            "What the node takes without any server is measured before and shown beside."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Measurement.OK, Measurement.WRONG, Measurement.USAGE, Measurement.BROKEN})
final class StatsLoad extends Measurement {

    private static final double AIM_PERCENT = 5;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "100",
            description = "Running servers (default: ${DEFAULT-VALUE}).")
    private int servers = 100;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long processor time is counted (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long after the last start counting begins (default: ${DEFAULT-VALUE}).")
    private int settle = 30;

    private final List<Row> rows = new ArrayList<>();

    @Override
    Findings measure() throws IOException, InterruptedException {
        if (servers < 1 || seconds < 1 || settle < 0) {
            throw new InvalidInputException("--servers, --seconds, --settle: " + servers + ", " + seconds + ", "
                    + settle + " (expected: at least 1, 1, 0)");
        }
        var programs = programs().all();
        var conditions = new ArrayList<>(Machine.conditions(programs.get(0)));
        conditions.add(servers + " running servers that print nothing, nobody watches, processor time of " + seconds
                + " s; the engine's own is not counted");
        for (var program : programs) {
            measure(program);
        }
        return new Findings("Statistics", conditions, rows, List.of());
    }

    private void measure(NodeProgram program) throws IOException, InterruptedException {
        try (var bed = NodeBed.open(program, NodeConfig.Wish.NOTHING)) {
            bed.rehearse();
            bed.start();
            Thread.sleep(settle * 1000L);
            double alone = percentOfCore(bed);
            note(program.label() + ": starting " + servers + " servers");
            for (int i = 0; i < servers; i++) {
                bed.run();
            }
            Thread.sleep(settle * 1000L);
            double all = percentOfCore(bed);
            double perHundred = (all - alone) * 100 / servers;
            var what = program.label() + ", statistics of 100 running servers";
            var figure = String.format(
                    Locale.ROOT,
                    "%.1f %% of a core (%.1f %% with %d, %.1f %% with none)",
                    perHundred,
                    all,
                    servers,
                    alone);
            rows.add(
                    program.foreign()
                            ? Row.figure(what, figure)
                            : Row.aimed(what, figure, "<= 5 % of a core", perHundred <= AIM_PERCENT));
        }
    }

    private double percentOfCore(NodeBed bed) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        double before = ProcessFigures.of(bed.pid()).cpuSeconds();
        Thread.sleep(seconds * 1000L);
        double took = ProcessFigures.of(bed.pid()).cpuSeconds() - before;
        return took * 100 / ((System.nanoTime() - begin) / 1e9);
    }
}
