package dev.rookery.daemon;

import java.time.Duration;
import org.immutables.value.Value;

/**
 * How much of each server's console is kept for those who come late, in memory and on disk, and how much is delivered live.
 *
 * @param maxLines how many lines are in memory; default 5,000
 * @param maxBytes how many bytes of text are in memory; default 2 MiB
 * @param maxLineBytes where longer lines are cut; default 64 KiB
 * @param historyBytes how many bytes are on disk, 0 for none; default 16 MiB
 * @param historyAge how long they are; default 30 days
 * @param nodeHistoryBytes how many bytes of all servers together are on disk, 0 for none; default 2 GiB
 * @param throttle how much is delivered live
 */
@Value.Builder
public record ConsoleLogOptions(
        int maxLines,
        int maxBytes,
        int maxLineBytes,
        long historyBytes,
        Duration historyAge,
        long nodeHistoryBytes,
        ThrottleOptions throttle) {

    private static final long HISTORY_MAX = 1L << 40;

    /** Checks every value. */
    public ConsoleLogOptions {
        Checks.range(10, maxLines, 10_000_000, "console.max_lines");
        Checks.range(256, maxLineBytes, 1 << 20, "console.max_line_bytes");
        Checks.range(maxLineBytes, maxBytes, 1 << 30, "console.max_bytes");
        Checks.range(0, historyBytes, HISTORY_MAX, "console.history_bytes");
        Checks.positive(historyAge, "console.history_days");
        Checks.range(0, nodeHistoryBytes, HISTORY_MAX, "console.node_history_bytes");
    }

    /** Returns a builder with every default. */
    public static ConsoleLogOptionsBuilder builder() {
        return new ConsoleLogOptionsBuilder()
                .maxLines(5_000)
                .maxBytes(2 << 20)
                .maxLineBytes(64 << 10)
                .historyBytes(16L << 20)
                .historyAge(Duration.ofDays(30))
                .nodeHistoryBytes(2L << 30)
                .throttle(ThrottleOptions.builder().build());
    }
}
