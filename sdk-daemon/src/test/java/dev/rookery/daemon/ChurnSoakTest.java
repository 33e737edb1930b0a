package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Servers come and go for an hour (or {@code ROOKERY_SOAK_MINUTES}): what the node needs in memory, tasks and descriptors does not grow.
 */
@Tag("docker")
@Tag("soak")
@Isolated("measures the whole process")
class ChurnSoakTest {

    private static final int SERVERS = 6;
    /** The share of the time after which everything has been loaded and every cache is full. */
    private static final int WARM_UP_PART = 5;

    private static final long MEBIBYTE = 1 << 20;
    /** What a heap may differ by from one collection to the next. */
    private static final double NOISE = 1.1;

    private static final long NOISE_BYTES = 4 * MEBIBYTE;

    @TempDir
    Path root;

    @Test
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void memoryIsFlatOverAnHourOfChurn() throws Exception {
        var longest = Duration.ofMinutes(minutes());
        var samples = new ArrayList<Sample>();
        try (var many = new ManyServers(root)) {
            long begun = System.nanoTime();
            var before = new ManyServers.Held(Integer.MAX_VALUE, Long.MAX_VALUE / 2);
            while (System.nanoTime() - begun < longest.toNanos()) {
                var servers = many.run(SERVERS);
                many.stop(servers);
                many.assertReports(servers);
                many.delete(servers);
                many.assertNothingIsLeft(before);
                boolean warm = System.nanoTime() - begun > longest.toNanos() / WARM_UP_PART;
                if (warm) {
                    samples.add(sample(many));
                    before = samples.get(0).held();
                }
            }
        }
        tell(samples);
        int third = samples.size() / 3;
        assertThat(third).as("rounds in a third of the time").isPositive();
        double early = leastHeap(samples.subList(0, third));
        double late = leastHeap(samples.subList(samples.size() - third, samples.size()));
        assertThat(late).as("live heap at the end, from %.0f at first", early).isLessThan(early * NOISE + NOISE_BYTES);
    }

    private static long minutes() {
        var configured = System.getenv("ROOKERY_SOAK_MINUTES");
        return configured == null || configured.isBlank() ? 60 : Long.parseLong(configured.strip());
    }

    private static void tell(List<Sample> samples) {
        var first = samples.get(0);
        var last = samples.get(samples.size() - 1);
        ManyServers.tell(String.format(
                Locale.ROOT,
                "churn of %d min: %d rounds of %d servers after warming up; live heap %d -> %d MiB, resident %d -> %d MiB,"
                        + " %s -> %s",
                minutes(),
                samples.size(),
                SERVERS,
                first.heap() / MEBIBYTE,
                last.heap() / MEBIBYTE,
                first.resident() / MEBIBYTE,
                last.resident() / MEBIBYTE,
                first.held(),
                last.held()));
    }

    private static double leastHeap(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::heap).min().orElseThrow();
    }

    private static Sample sample(ManyServers many) throws Exception {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
        return new Sample(heap, resident, many.held());
    }

    /**
     * What was held after a round.
     *
     * @param heap what is alive, in bytes
     * @param resident of the process, in bytes
     * @param held tasks and descriptors
     */
    private record Sample(long heap, long resident, ManyServers.Held held) {}
}
