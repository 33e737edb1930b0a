package dev.rookery.daemon;

import java.time.Duration;
import org.immutables.value.Value;

/**
 * How much longer work with servers' files, such as archives and downloads, is done at a time, and how long it is remembered.
 *
 * @param concurrent how many jobs of the whole node run at the same time, the others wait; default 4
 * @param concurrentPerServer how many of one server run at the same time; default 3
 * @param concurrentDownloads how many downloads of the whole node run at the same time; they wait for others more than they work, and are
 *     counted by themselves; default 64
 * @param waitingPerServer how many of one server may wait; default 10
 * @param keptPerServer how many ended ones of one server are remembered; default 100
 * @param keptFor how long they are; default 1 day
 */
@Value.Builder
public record FileJobOptions(
        int concurrent,
        int concurrentPerServer,
        int concurrentDownloads,
        int waitingPerServer,
        int keptPerServer,
        Duration keptFor) {

    /** Checks every value. */
    public FileJobOptions {
        Checks.range(1, concurrent, 1000, "jobs.concurrent");
        Checks.range(1, concurrentPerServer, 1000, "jobs.concurrent_per_server");
        Checks.range(1, concurrentDownloads, 10_000, "jobs.concurrent_downloads");
        Checks.range(0, waitingPerServer, 1000, "jobs.waiting_per_server");
        Checks.range(0, keptPerServer, 10_000, "jobs.kept_per_server");
        Checks.positive(keptFor, "jobs.kept_hours");
    }

    /** Returns a builder with every default. */
    public static FileJobOptionsBuilder builder() {
        return new FileJobOptionsBuilder()
                .concurrent(4)
                .concurrentPerServer(3)
                .concurrentDownloads(64)
                .waitingPerServer(10)
                .keptPerServer(100)
                .keptFor(Duration.ofDays(1));
    }
}
