package dev.rookery.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Many servers are created, started, talked to, stopped and deleted: nothing is stuck, lost, told twice or left over. */
@Tag("docker")
@Isolated("counts what the whole process holds")
class ManyServersFunctionalTest {

    @TempDir
    Path root;

    @Test
    @Tag("faults")
    @Timeout(300)
    void twentyServersComeAndGo() throws Exception {
        comeAndGo(20, Duration.ofSeconds(3));
    }

    @Test
    @Tag("soak")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void aHundredServersComeAndGo() throws Exception {
        comeAndGo(100, Duration.ofSeconds(30));
    }

    private void comeAndGo(int count, Duration idle) throws Exception {
        try (var many = new ManyServers(root)) {
            // What is loaded and connected once is no leak.
            var first = many.run(2);
            many.stop(first);
            many.delete(first);
            var before = many.held();

            long from = System.nanoTime();
            var servers = many.run(count);
            double seconds = (System.nanoTime() - from) / 1e9;
            var cost = many.idle(servers, idle);
            many.stop(servers);
            many.assertReports(servers);
            many.delete(servers);
            many.assertNothingIsLeft(before);
            ManyServers.tell(String.format(
                    Locale.ROOT,
                    "%d servers came, ran and went: all ran after %.0f s; while they ran idle, the node took %.1f %% of a"
                            + " core per 100 of them, with a sample of each every %.1f s (its tests' JVM, leak detection on); before %s, after %s",
                    count,
                    seconds,
                    cost.percent(),
                    cost.secondsPerSample(),
                    before,
                    many.held()));
        }
    }
}
