package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.examples.load.measure.Findings.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many lines a second one console socket gets, beside {@code docker attach} to a container of the same kind. */
@Command(
        name = "console",
        description = {
            "Lines a second to one console socket, beside `docker attach` to a container with the same image, TTY and log driver.",
            "The throttle of the console is off. Every line is numbered: one that is missing is wrong."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Measurement.OK, Measurement.WRONG, Measurement.USAGE, Measurement.BROKEN})
final class ConsoleLoad extends Measurement {

    private static final double AIM = 0.95;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "300000",
            description = "Lines in a round (default: ${DEFAULT-VALUE}).")
    private long lines = 300_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "Rounds of each; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds = 7;

    /** One of those whose lines are read. */
    private interface Side extends AutoCloseable {
        String label();

        /** Has {@code lines} printed and reads them; returns lines a second. */
        double round(long lines) throws IOException, InterruptedException;

        List<String> wrong();

        @Override
        void close() throws IOException;
    }

    @Override
    Findings measure() throws IOException, InterruptedException {
        if (lines < 1 || rounds < 1) {
            throw new InvalidInputException("--lines, --rounds: " + lines + ", " + rounds + " (expected: at least 1)");
        }
        var programs = programs().all();
        if (!programs.get(0).runtime().equals("docker")) {
            throw new InvalidInputException("--runtime: the yardstick is `docker attach` (expected: docker)");
        }
        var sides = new ArrayList<Side>();
        try {
            for (var program : programs) {
                sides.add(SocketSide.open(program));
            }
            var first = (SocketSide) sides.get(0);
            sides.add(
                    1,
                    new AttachSide(AttachedContainer.like(
                            first.server.toString(), programs.get(0).image())));
            return compare(sides, Machine.conditions(programs.get(0)));
        } finally {
            for (var side : sides) {
                side.close();
            }
        }
    }

    private Findings compare(List<Side> sides, List<String> conditions) throws IOException, InterruptedException {
        note("warming up");
        for (var side : sides) {
            side.round(lines);
        }
        var rates = sides.stream().map(side -> new Samples()).toList();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < sides.size(); i++) {
                // Each comes first in turn.
                int which = (i + round) % sides.size();
                double rate = sides.get(which).round(lines);
                rates.get(which).add(rate);
                note("round " + (round + 1) + ": " + sides.get(which).label() + " " + rate(rate));
            }
        }
        double yardstick = rates.get(1).median();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < sides.size(); i++) {
            double ratio = rates.get(i).median() / yardstick;
            var figure = rates.get(i).text(ConsoleLoad::rate);
            if (i == 0) {
                rows.add(Row.atLeast(sides.get(i).label(), figure, rates.get(1).text(ConsoleLoad::rate), ratio, AIM));
            } else if (i > 1) {
                rows.add(Row.compared(sides.get(i).label(), figure, rate(yardstick), ratio));
            }
        }
        var all = new ArrayList<>(conditions);
        all.add(rounds + " rounds of " + lines
                + " lines of 80 characters each, alternating; median (lowest to highest); throttle off; console.max_lines "
                + NodeConfig.LARGE_CONSOLE_LINES + " of ours, so that a reader may be late by some tenths of a second");
        return new Findings(
                "Console: one socket beside docker attach",
                all,
                rows,
                sides.stream().flatMap(side -> side.wrong().stream()).toList());
    }

    private static String rate(double linesPerSecond) {
        return String.format(Locale.ROOT, "%,d lines/s", Math.round(linesPerSecond));
    }

    private static double rate(long lines, long beginNanos) {
        return lines * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - beginNanos);
    }

    /** Writes while somebody else waits for the last line. */
    private static CompletableFuture<Void> flood(Feed feed, long lines) {
        return CompletableFuture.runAsync(() -> {
            try {
                feed.flood(lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A node's console over a socket. */
    private static final class SocketSide implements Side {

        private final NodeBed bed;
        private final ServerId server;
        private final Feed feed;
        private final SocketFleet socket;
        private boolean late;

        private SocketSide(NodeBed bed, ServerId server, Feed feed, SocketFleet socket) {
            this.bed = bed;
            this.server = server;
            this.feed = feed;
            this.socket = socket;
        }

        static SocketSide open(NodeProgram program) throws IOException, InterruptedException {
            var bed = NodeBed.open(program, new NodeConfig.Wish(false, true));
            try {
                bed.start();
                var server = bed.run();
                var feed = Feed.open(bed.volume(server).resolve(LoadServer.FIFO));
                return new SocketSide(bed, server, feed, SocketFleet.open(bed, server, 1, new Histogram()));
            } catch (IOException | InterruptedException | RuntimeException e) {
                bed.close();
                throw e;
            }
        }

        @Override
        public String label() {
            return bed.program().label() + ", one socket";
        }

        @Override
        public double round(long lines) throws IOException, InterruptedException {
            long begin = System.nanoTime();
            long last = feed.written() + lines;
            var writing = flood(feed, lines);
            late |= !socket.await(1, last, PATIENCE);
            double rate = rate(lines, begin);
            writing.join();
            return rate;
        }

        @Override
        public List<String> wrong() {
            var count = socket.count(0);
            return late || count.missing() + count.reordered() > 0
                    ? List.of(label() + ": " + count.missing() + " lines are missing, " + count.reordered()
                            + " came out of order" + (late ? ", and the last did not come in time" : ""))
                    : List.of();
        }

        @Override
        public void close() throws IOException {
            try (bed;
                    feed) {
                socket.close();
            }
        }
    }

    /** The engine's own command. */
    private static final class AttachSide implements Side {

        private final AttachedContainer container;

        AttachSide(AttachedContainer container) {
            this.container = container;
        }

        @Override
        public String label() {
            return "docker attach";
        }

        @Override
        public double round(long lines) throws IOException, InterruptedException {
            container.attach();
            try {
                // Before the flood begins, which counts on.
                long target = container.feed().written() + lines;
                long begin = System.nanoTime();
                var writing = flood(container.feed(), lines);
                if (!container.await(target, PATIENCE)) {
                    throw new IOException("docker attach did not print every line");
                }
                double rate = rate(lines, begin);
                writing.join();
                return rate;
            } finally {
                container.detach();
            }
        }

        @Override
        public List<String> wrong() {
            return List.of();
        }

        @Override
        public void close() throws IOException {
            container.close();
        }
    }
}
