package dev.rookery.proxy.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.HttpRoute;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at one directory, and such that are killed. */
class FileRouteStoreProcessesTest {

    private static final int PROCESSES = 8;
    private static final int ROUTES = 12;
    private static final int KILLS = 6;
    private static final int MANY = 1_000_000;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void ofEightProcessesNoneLosesAnything() throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(StoreWriter.start(state(), "p" + i, ROUTES, folder.resolve("log" + i)));
        }
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(processes.get(i).waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(folder.resolve("log" + i)).content().isEmpty();
            assertThat(processes.get(i).exitValue()).isZero();
        }
        var head = FileRouteStore.open(state()).head();
        assertThat(head.number()).isEqualTo(PROCESSES * ROUTES);
        assertThat(head.document().routes())
                .extracting(HttpRoute::id)
                .doesNotHaveDuplicates()
                .hasSize(PROCESSES * ROUTES);
    }

    @Test
    void aProcessThatIsKilledAnywhereLosesNothingThatItSaid() throws Exception {
        long seed = Long.getLong("rookery.seed", new Random().nextLong());
        System.out.println("seed " + seed + " (again with -Drookery.seed=" + seed + ")");
        var random = new Random(seed);
        long before = 0;
        for (int round = 0; round < KILLS; round++) {
            long said = killed(round, random.nextInt(12), random.nextInt(4_000_000));

            var store = FileRouteStore.open(state(), StoredRoutes.KEEP_ALL);
            long after = store.head().number();
            assertThat(after).as("round %s", round).isBetween(said, Math.max(said, before) + 1);
            assertThat(store.head().document().routes())
                    .as("one route for each revision")
                    .hasSize((int) after);
            assertThat(store.history(Long.MAX_VALUE, MANY))
                    .extracting(RevisionHeader::number)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, after)
                            .map(number -> after + 1 - number)
                            .boxed()
                            .toList());
            assertNoLeftOvers();
            before = after;
        }
        assertThat(before).isGreaterThan(KILLS);
    }

    /** Lets a process save so many revisions, and kills it some nanoseconds later; returns the last one that it said. */
    private long killed(int round, int revisions, int nanos) throws IOException, InterruptedException {
        var process = StoreWriter.start(state(), "r" + round, MANY, folder.resolve("log"));
        processes.add(process);
        long said;
        try (var out = process.inputReader(UTF_8)) {
            said = next(out).orElseThrow();
            for (int i = 0; i < revisions; i++) {
                said = next(out).orElseThrow();
            }
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            // By its handle: the process itself would close what is still to be read.
            process.toHandle().destroyForcibly();
            var more = next(out);
            while (more.isPresent()) {
                said = more.get();
                more = next(out);
            }
        }
        assertThat(process.waitFor()).isEqualTo(137);
        return said;
    }

    /** A number is said with its line break, or not at all. */
    private static Optional<Long> next(BufferedReader out) throws IOException {
        var line = out.readLine();
        return line == null ? Optional.empty() : Optional.of(Long.parseLong(line));
    }

    private void assertNoLeftOvers() throws IOException {
        try (var files = Files.walk(state())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    private Path state() {
        return folder.resolve("state");
    }
}
