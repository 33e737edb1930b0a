package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.examples.load.measure.Findings.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many sockets on one console at a steady pace, one of which does not read. */
@Command(
        name = "sockets",
        description = {
            "A server prints at a steady pace to many console sockets, one of which does not read until the end.",
            "No line may be missing or out of order at the others; how late lines are is printed, from the FIFO that the server reads to here.",
            "What the stalled socket missed has to be found again after a resume by number (nodes of ours)."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Measurement.OK, Measurement.WRONG, Measurement.USAGE, Measurement.BROKEN})
final class SocketsLoad extends Measurement {

    private static final int FOREIGN_MAX = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CATCH_UP = Duration.ofSeconds(5);

    @Option(
            names = "--sockets",
            paramLabel = "N",
            defaultValue = "100",
            description = "Console sockets, the stalled one among them (default: ${DEFAULT-VALUE}).")
    private int sockets = 100;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Lines a second (default: ${DEFAULT-VALUE}).")
    private int rate = 2000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    private final List<Row> rows = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    @Override
    Findings measure() throws IOException, InterruptedException {
        if (sockets < 2 || rate < 1 || seconds < 1) {
            throw new InvalidInputException("--sockets, --rate, --seconds: " + sockets + ", " + rate + ", " + seconds
                    + " (expected: at least 2, 1, 1)");
        }
        var programs = programs().all();
        var conditions = new ArrayList<>(Machine.conditions(programs.get(0)));
        conditions.add(rate + " lines/s of 80 characters for " + seconds
                + " s; throttle off; the dialect of ours is Pterodactyl's," + " which does not limit sockets");
        for (var program : programs) {
            int count = program.foreign() ? Math.min(sockets, FOREIGN_MAX) : sockets;
            note(program.label() + ": " + count + " sockets for " + seconds + " s");
            measure(program, count);
        }
        return new Findings("Console: many sockets, one stalled", conditions, rows, wrong);
    }

    private void measure(NodeProgram program, int count) throws IOException, InterruptedException {
        try (var bed = NodeBed.open(program, new NodeConfig.Wish(true, false))) {
            bed.start();
            var server = bed.run();
            var latencies = new Histogram();
            try (var feed = Feed.open(bed.volume(server).resolve(LoadServer.FIFO));
                    var fleet = SocketFleet.open(bed, server, count, latencies)) {
                var before = ProcessFigures.of(bed.pid());
                long begin = System.nanoTime();
                fleet.socket(count - 1).stall(true);
                feed.pace(rate, seconds);
                boolean all = fleet.await(count - 1, feed.written(), PATIENCE);
                double took = (System.nanoTime() - begin) / 1e9;
                var after = ProcessFigures.of(bed.pid());
                tellReaders(program, fleet, count - 1, feed.written(), all);
                tellTimes(program, latencies, (after.cpuSeconds() - before.cpuSeconds()) / took);
                tellStalled(bed, server, fleet, feed.written());
            }
        }
    }

    private void tellReaders(NodeProgram program, SocketFleet fleet, int readers, long written, boolean all) {
        long missing = 0;
        long reordered = 0;
        long behind = 0;
        for (int i = 0; i < readers; i++) {
            var count = fleet.count(i);
            missing += count.missing() + Math.max(0, count.first() - 1);
            reordered += count.reordered();
            behind += written - count.last();
        }
        rows.add(Row.aimed(
                program.label() + ", " + readers + " sockets that read",
                String.format(
                        Locale.ROOT,
                        "%,d lines each, %d missing, %d out of order",
                        written,
                        missing + behind,
                        reordered),
                "none lost, none reordered",
                missing + reordered + behind == 0));
        if (!all || missing + reordered + behind > 0) {
            wrong.add(program.label() + ": " + (missing + behind) + " lines did not come, " + reordered
                    + " came out of order");
        }
    }

    private void tellTimes(NodeProgram program, Histogram latencies, double cores) {
        rows.add(Row.figure(
                program.label() + ", from the server to the socket",
                String.format(
                        Locale.ROOT,
                        "p50 %s, p99 %s, p99.9 %s, longest %s",
                        millis(latencies.quantile(0.5)),
                        millis(latencies.quantile(0.99)),
                        millis(latencies.quantile(0.999)),
                        millis(latencies.max()))));
        rows.add(Row.figure(
                program.label() + ", the node's processor time", String.format(Locale.ROOT, "%.2f cores", cores)));
    }

    /** What it did not read in time is either still on its way, or can be asked for by number. */
    private void tellStalled(NodeBed bed, ServerId server, SocketFleet fleet, long written)
            throws IOException, InterruptedException {
        int index = fleet.size() - 1;
        var stalled = fleet.count(index);
        fleet.socket(index).stall(false);
        long until = System.nanoTime() + CATCH_UP.toNanos();
        while (stalled.last() < written && !fleet.socket(index).ended() && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        boolean closed = fleet.socket(index).ended();
        var fate = String.format(
                Locale.ROOT,
                "%,d lines in order%s",
                stalled.whole(),
                closed ? ", then closed by the node" : stalled.missing() > 0 ? ", then a gap" : "");
        if (bed.program().foreign()) {
            rows.add(Row.figure(bed.program().label() + ", the stalled socket", fate));
            return;
        }
        try (var resumed = SocketFleet.resume(bed, server, stalled.whole())) {
            boolean found = resumed.await(1, written, PATIENCE);
            var count = resumed.count(0);
            boolean whole = found
                    && count.missing() == 0
                    && count.reordered() == 0
                    && count.first() <= stalled.whole() + 1
                    && stalled.reordered() == 0;
            rows.add(Row.aimed(
                    bed.program().label() + ", the stalled socket",
                    fate + (whole ? "; the rest after a resume by number" : ""),
                    "nothing lost",
                    whole));
            if (!whole) {
                wrong.add(bed.program().label() + ": after a resume behind line " + stalled.whole() + " of " + written
                        + ", " + count.missing() + " lines are missing, the first is " + count.first() + ", the last "
                        + count.last());
            }
        }
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }
}
