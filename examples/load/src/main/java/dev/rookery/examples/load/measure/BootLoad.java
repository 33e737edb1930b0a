package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.load.measure.Findings.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a start takes. */
@Command(
        name = "boot",
        description = {
            "How long after its start a node answers anything, with no servers and with many that are stopped, and until it has taken",
            "up all of them (nodes of ours). The launcher's recording of a start is made before and not counted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Measurement.OK, Measurement.WRONG, Measurement.USAGE, Measurement.BROKEN})
final class BootLoad extends Measurement {

    private static final double AIM_EMPTY_RECENT = 1.2;
    private static final double AIM_EMPTY = 1.6;
    private static final double AIM_FIRST = 2;
    private static final double AIM_ALL = 10;
    /** The first with an AOT cache. */
    private static final int RECENT = 25;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Stopped servers (default: ${DEFAULT-VALUE}).")
    private int servers = 1000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts of each; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    private final List<String> wrong = new ArrayList<>();

    /** One program with so many servers. */
    private static final class Side {
        private final NodeBed bed;
        private final int servers;
        private final Samples first = new Samples();
        private final Samples all = new Samples();

        Side(NodeBed bed, int servers) {
            this.bed = bed;
            this.servers = servers;
        }
    }

    /** Returns what a node of ours logs when none of its servers waits any more. */
    static String allBack(int servers) {
        return "every server is taken up, " + servers + " of them";
    }

    @Override
    Findings measure() throws IOException, InterruptedException {
        if (servers < 1 || rounds < 1) {
            throw new InvalidInputException(
                    "--servers, --rounds: " + servers + ", " + rounds + " (expected: at least 1)");
        }
        var programs = programs().all();
        var sides = new ArrayList<Side>();
        try {
            for (int count : new int[] {0, servers}) {
                for (var program : programs) {
                    var bed = NodeBed.open(program, NodeConfig.Wish.NOTHING);
                    sides.add(new Side(bed, count));
                    prepare(bed, count);
                }
            }
            for (int round = 0; round < rounds; round++) {
                note("round " + (round + 1));
                for (int i = 0; i < sides.size(); i++) {
                    start(sides.get((i + round) % sides.size()));
                }
            }
            return findings(sides, programs.get(0));
        } finally {
            for (var side : sides) {
                side.bed.close();
            }
        }
    }

    /** Lets the node take in its servers, as it would over the months. */
    private void prepare(NodeBed bed, int count) throws IOException, InterruptedException {
        note(bed.program().label() + ": preparing " + count + " servers");
        bed.rehearse();
        bed.stopped(count);
        long begin = System.nanoTime();
        bed.start();
        bed.awaitServers(count);
        if (!bed.program().foreign()) {
            bed.awaitLog(allBack(count), begin);
        }
        bed.stop();
    }

    private void start(Side side) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        side.first.add(side.bed.start().toNanos() / 1e9);
        if (side.bed.program().foreign()) {
            side.bed.awaitServers(side.servers);
            side.all.add((System.nanoTime() - begin) / 1e9);
        } else {
            var back = side.bed.awaitLog(allBack(side.servers), begin);
            if (back.isEmpty()) {
                wrong.add("not all of " + side.servers + " servers were taken up");
            }
            back.ifPresent(took -> side.all.add(took.toNanos() / 1e9));
        }
        side.bed.stop();
    }

    private Findings findings(List<Side> sides, NodeProgram ours) {
        var conditions = new ArrayList<>(Machine.conditions(ours));
        boolean recent = conditions.stream()
                .anyMatch(line -> line.matches(".*on openjdk version \"(" + RECENT + "|2[6-9]|[3-9]\\d).*"));
        conditions.add("median of " + rounds + " starts, alternating (lowest to highest); "
                + (ours.rehearses() ? "with the launcher's recording of a start" : "without a recording of a start"));
        var rows = new ArrayList<Row>();
        for (var side : sides) {
            var name = side.bed.program().label() + ", " + side.servers + " servers, ";
            double aim = side.servers > 0 ? AIM_FIRST : recent ? AIM_EMPTY_RECENT : AIM_EMPTY;
            var first = side.first.text(BootLoad::seconds);
            rows.add(
                    side.bed.program().foreign()
                            ? Row.figure(name + "first answer", first)
                            : Row.aimed(
                                    name + "first answer", first, "<= " + seconds(aim), side.first.median() <= aim));
            if (side.servers > 0) {
                all(side, name).ifPresent(rows::add);
            }
        }
        return new Findings("Start", conditions, rows, wrong);
    }

    private static Optional<Row> all(Side side, String name) {
        if (side.all.isEmpty()) {
            return Optional.empty();
        }
        var figure = side.all.text(BootLoad::seconds);
        return Optional.of(
                side.bed.program().foreign()
                        ? Row.figure(name + "all listed", figure)
                        : Row.aimed(
                                name + "all taken up", figure, "<= " + seconds(AIM_ALL), side.all.median() <= AIM_ALL));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
