package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.load.measure.Findings.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much memory a node holds. */
@Command(
        name = "memory",
        description = {
            "Resident memory of a node that has nothing to do, with some numbers of stopped servers.",
            "With --running also while so many of them run; with --churn while servers are started and killed one after another."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Measurement.OK, Measurement.WRONG, Measurement.USAGE, Measurement.BROKEN})
final class MemoryLoad extends Measurement {

    private static final Map<Integer, Integer> AIMS = Map.of(0, 150, 100, 180, 1000, 330);
    private static final int LOOKS = 5;
    /** A difference that a run of some minutes cannot tell from noise. */
    private static final double FLAT = 1.1;

    @Option(
            names = "--servers",
            paramLabel = "N",
            split = ",",
            defaultValue = "0,100,1000",
            description = "Numbers of stopped servers (default: ${DEFAULT-VALUE}).")
    private List<Integer> servers = List.of();

    @Option(
            names = "--running",
            paramLabel = "N",
            defaultValue = "0",
            description = "Also measure with so many running servers (default: ${DEFAULT-VALUE}).")
    private int running;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long after its start a node is measured (default: ${DEFAULT-VALUE}).")
    private int settle = 30;

    @Option(
            names = "--churn",
            paramLabel = "DURATION",
            description = "Also start and kill servers for so long, such as PT1H, and compare before and after.")
    private Duration churn = Duration.ZERO;

    private final List<Row> rows = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    @Override
    Findings measure() throws IOException, InterruptedException {
        if (servers.stream().anyMatch(count -> count < 0) || running < 0 || settle < 0 || churn.isNegative()) {
            throw new InvalidInputException("--servers, --running, --settle, --churn: negative (expected: at least 0)");
        }
        var programs = programs().all();
        for (int count : servers) {
            for (var program : programs) {
                stopped(program, count);
            }
        }
        for (var program : programs) {
            if (running > 0) {
                running(program);
            }
            if (!churn.isZero()) {
                churned(program);
            }
        }
        var conditions = new ArrayList<>(Machine.conditions(programs.get(0)));
        conditions.add("resident memory (VmRSS) " + settle + " s after the second start, median of " + LOOKS
                + " looks; the servers are stopped unless said otherwise");
        return new Findings("Resident memory", conditions, rows, wrong);
    }

    private void stopped(NodeProgram program, int count) throws IOException, InterruptedException {
        note(program.label() + ": " + count + " servers");
        try (var bed = NodeBed.open(program, NodeConfig.Wish.NOTHING)) {
            bed.rehearse();
            bed.stopped(count);
            start(bed, count);
            // As it is for most of its life: its servers are known, its start was recorded.
            bed.stop();
            start(bed, count);
            Thread.sleep(settle * 1000L);
            tell(program.label() + ", " + count + " servers", look(bed), program.foreign() ? null : AIMS.get(count));
        }
    }

    private void running(NodeProgram program) throws IOException, InterruptedException {
        note(program.label() + ": starting " + running + " servers");
        try (var bed = NodeBed.open(program, NodeConfig.Wish.NOTHING)) {
            bed.rehearse();
            bed.start();
            for (int i = 0; i < running; i++) {
                bed.run();
            }
            Thread.sleep(settle * 1000L);
            tell(program.label() + ", " + running + " running servers, just started", look(bed), null);
            bed.stop();
            bed.start();
            Thread.sleep(settle * 1000L);
            tell(program.label() + ", " + running + " running servers, taken up again", look(bed), null);
        }
    }

    private void churned(NodeProgram program) throws IOException, InterruptedException {
        note(program.label() + ": starting and killing servers for " + churn);
        try (var bed = NodeBed.open(program, NodeConfig.Wish.NOTHING)) {
            bed.rehearse();
            bed.start();
            // The first rounds fill what is kept.
            long turns = turns(bed, churn.dividedBy(6));
            double before = look(bed);
            turns += turns(bed, churn.multipliedBy(5).dividedBy(6));
            double after = look(bed);
            rows.add(Row.aimed(
                    program.label() + ", " + turns + " servers created, started, killed and deleted within " + churn,
                    mebibytes(after) + ", a sixth of the way " + mebibytes(before),
                    "flat",
                    after <= before * FLAT));
        }
    }

    private static long turns(NodeBed bed, Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        long turns = 0;
        while (System.nanoTime() - begin < time.toNanos()) {
            bed.remove(bed.run());
            turns++;
        }
        return turns;
    }

    private void start(NodeBed bed, int count) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        bed.start();
        bed.awaitServers(count);
        if (!bed.program().foreign()
                && bed.awaitLog(BootLoad.allBack(count), begin).isEmpty()) {
            wrong.add("not all of " + count + " servers were taken up");
        }
    }

    private void tell(String what, double mebibytes, @Nullable Integer aim) {
        rows.add(
                aim == null
                        ? Row.figure(what, mebibytes(mebibytes))
                        : Row.aimed(what, mebibytes(mebibytes), "<= " + aim + " MB", mebibytes <= aim));
        note(what + ": " + mebibytes(mebibytes));
    }

    private static double look(NodeBed bed) throws IOException, InterruptedException {
        var samples = new Samples();
        for (int i = 0; i < LOOKS; i++) {
            samples.add(ProcessFigures.of(bed.pid()).residentMebibytes());
            Thread.sleep(500);
        }
        return samples.median();
    }

    private static String mebibytes(double mebibytes) {
        return String.format(Locale.ROOT, "%.0f MB", mebibytes);
    }
}
