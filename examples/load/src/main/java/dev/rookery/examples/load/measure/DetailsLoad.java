package dev.rookery.examples.load.measure;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import dev.rookery.examples.load.measure.Findings.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many times a second a server's details are answered, beside Netty that always answers the same bytes. */
@Command(
        name = "details",
        description = {
            "Answers a second to GET /api/servers/{uuid} over some connections, beside a bare Netty server in a JVM with the same options",
            "that answers the same headers and body to everything. Client and servers share the machine's processors."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Measurement.OK, Measurement.WRONG, Measurement.USAGE, Measurement.BROKEN})
final class DetailsLoad extends Measurement {

    private static final double AIM = 0.6;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description = "Connections at a time (default: ${DEFAULT-VALUE}).")
    private int connections = 64;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long a round is (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "Rounds of each; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds = 7;

    /** Somebody who answers. */
    private static final class Side {

        private final String label;
        private final long pid;
        private final HttpLoad load;
        private final Samples rates = new Samples();
        private final Samples cpuMicros = new Samples();
        private final Histogram latencies = new Histogram();

        Side(String label, long pid, HttpLoad load) {
            this.label = label;
            this.pid = pid;
            this.load = load;
        }

        void warmUp(long millis) throws IOException {
            load.run(millis, new Histogram());
        }

        void round(long millis) throws IOException {
            double before = ProcessFigures.of(pid).cpuSeconds();
            double rate = load.run(millis, latencies);
            rates.add(rate);
            cpuMicros.add((ProcessFigures.of(pid).cpuSeconds() - before) * 1e6 / (rate * millis / 1000));
        }

        String figure() {
            return rates.text(DetailsLoad::rate)
                    + String.format(
                            Locale.ROOT,
                            ", p99 %.1f ms, %.0f us of processor time each",
                            latencies.quantile(0.99) / 1000.0,
                            cpuMicros.median());
        }
    }

    @Override
    Findings measure() throws IOException, InterruptedException {
        if (connections < 1 || seconds < 1 || rounds < 1) {
            throw new InvalidInputException("--connections, --seconds, --rounds: " + connections + ", " + seconds + ", "
                    + rounds + " (expected: at least 1)");
        }
        var programs = programs().all();
        var beds = new ArrayList<NodeBed>();
        var sides = new ArrayList<Side>();
        Process bare = null;
        Path answer = Files.createTempFile("rookery-load", ".http");
        try {
            for (var program : programs) {
                var bed = NodeBed.open(program, NodeConfig.Wish.NOTHING);
                beds.add(bed);
                sides.add(nodeSide(bed, answer));
            }
            bare = startBare(beds.get(0).pid(), answer);
            sides.add(1, bareSide(bare));
            return compare(sides, Machine.conditions(programs.get(0)));
        } finally {
            for (var side : sides) {
                side.load.close();
            }
            if (bare != null) {
                bare.destroyForcibly().waitFor();
            }
            for (var bed : beds) {
                bed.close();
            }
            Files.deleteIfExists(answer);
        }
    }

    private Side nodeSide(NodeBed bed, Path answer) throws IOException, InterruptedException {
        var server = bed.stopped(1).get(0);
        bed.start();
        bed.awaitServers(1);
        var question = "GET /api/servers/" + server + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + bed.credentials().token() + "\r\nAccept: application/json\r\n\r\n";
        int port = bed.url().getPort();
        if (!bed.program().foreign()) {
            Files.write(answer, HttpLoad.once(port, question));
        }
        return new Side(bed.program().label(), bed.pid(), HttpLoad.open(port, connections, question));
    }

    private static Process startBare(long node, Path answer) throws IOException {
        var command = new ArrayList<>(List.of(ProcessFigures.executable(node)));
        command.addAll(ProcessFigures.jvmOptions(node));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), BareNetty.class.getName(), answer.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Side bareSide(Process bare) throws IOException {
        // Not closed: that would end what it prints to.
        var out = new BufferedReader(bare.inputReader(StandardCharsets.US_ASCII));
        @Nullable String port = out.readLine();
        if (port == null) {
            throw new UnavailableException("the bare Netty server does not come up");
        }
        return new Side(
                "bare Netty",
                bare.pid(),
                HttpLoad.open(Integer.parseInt(port), connections, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
    }

    private Findings compare(List<Side> sides, List<String> conditions) throws IOException {
        note("warming up");
        for (var side : sides) {
            side.warmUp(seconds * 1000L);
        }
        for (int round = 0; round < rounds; round++) {
            note("round " + (round + 1));
            for (int i = 0; i < sides.size(); i++) {
                sides.get((i + round) % sides.size()).round(seconds * 1000L);
            }
        }
        var bare = sides.get(1);
        var rows = new ArrayList<Row>();
        for (var side : sides) {
            double ratio = side.rates.median() / bare.rates.median();
            if (side == sides.get(0)) {
                rows.add(Row.atLeast(side.label, side.figure(), bare.figure(), ratio, AIM));
            } else if (side != bare) {
                rows.add(Row.compared(side.label, side.figure(), rate(bare.rates.median()), ratio));
            }
        }
        var all = new ArrayList<>(conditions);
        all.add(connections + " connections, " + rounds + " rounds of " + seconds
                + " s each after one to warm up, alternating; median (lowest to highest)");
        return new Findings("Details of a server beside bare Netty", all, rows, List.of());
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,d/s", Math.round(perSecond));
    }
}
