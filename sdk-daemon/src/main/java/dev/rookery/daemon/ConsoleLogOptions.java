package dev.rookery.daemon;

import org.immutables.value.Value;

/**
 * How much of each server's console is kept in memory for those who come late.
 *
 * @param maxLines how many lines; default 5,000
 * @param maxBytes how many bytes of text; default 2 MiB
 * @param maxLineBytes where longer lines are cut; default 64 KiB
 */
@Value.Builder
public record ConsoleLogOptions(int maxLines, int maxBytes, int maxLineBytes) {

    /** Checks every value. */
    public ConsoleLogOptions {
        Checks.range(10, maxLines, 10_000_000, "console.max_lines");
        Checks.range(256, maxLineBytes, 1 << 20, "console.max_line_bytes");
        Checks.range(maxLineBytes, maxBytes, 1 << 30, "console.max_bytes");
    }

    /** Returns a builder with every default. */
    public static ConsoleLogOptionsBuilder builder() {
        return new ConsoleLogOptionsBuilder().maxLines(5_000).maxBytes(2 << 20).maxLineBytes(64 << 10);
    }
}
