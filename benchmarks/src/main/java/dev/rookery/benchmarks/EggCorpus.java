package dev.rookery.benchmarks;

import dev.rookery.api.egg.EggException;
import dev.rookery.api.egg.EggLint;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.simulation.EggSimulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads and simulates every egg below a folder once, in one thread of a new process: {@code EggCorpus FOLDER}. Ends with a line
 * {@code RESULT:}. The time begins with the program, after the JVM has started, and has everything in it that a program does once.
 */
public final class EggCorpus {

    private final long startNanos = System.nanoTime();
    private int eggs;
    private int refused;
    private long bytes;
    private long remarks;

    private EggCorpus() {}

    /** Runs the program. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            // A program for a terminal.
            System.err.println("expected: a folder of eggs");
            System.exit(2);
        }
        new EggCorpus().run(Path.of(args[0]));
    }

    private void run(Path folder) throws IOException {
        for (var file : files(folder)) {
            look(Files.readAllBytes(file));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        System.out.printf(
                "RESULT: eggs: %d eggs and %d refused files (%.1f MB) read, linted and simulated in %d ms, %d remarks%n",
                eggs, refused, bytes / 1e6, millis, remarks);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().matches(".*\\.(json|ya?ml)"))
                    .sorted()
                    .toList();
        }
    }

    private void look(byte[] content) {
        bytes += content.length;
        try {
            var reading = EggReader.read(content);
            remarks += EggLint.check(reading).size();
            var simulation = EggSimulation.of(reading.egg(), Map.of());
            remarks += simulation.remarks().size();
            eggs++;
        } catch (EggException ignored) {
            // Not every file of a collection is an egg.
            refused++;
        }
    }
}
