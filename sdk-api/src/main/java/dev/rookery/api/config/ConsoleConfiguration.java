package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import org.immutables.value.Value;

/**
 * How much of each console is kept; Rookery's own. Source: node API §6.1.
 *
 * @param maxLines how many lines of a console are kept; default {@code 5000}
 * @param maxBytes how much of a console is kept, in bytes; default {@code 2097152}
 * @param maxLineBytes the longest line; longer ones are cut, in bytes; default {@code 65536}
 * @param historyBytes how much of a console is kept on disk; 0: nothing, in bytes; default {@code 16777216}
 * @param historyDays how many days lines are kept on disk; default {@code 30}
 * @param nodeHistoryBytes how much of all consoles together is kept on disk, in bytes; default {@code 2147483648}
 */
@Value.Builder
public record ConsoleConfiguration(
        @Key("max_lines") int maxLines,
        @Key("max_bytes") int maxBytes,
        @Key("max_line_bytes") int maxLineBytes,
        @Key("history_bytes") long historyBytes,
        @Key("history_days") int historyDays,
        @Key("node_history_bytes") long nodeHistoryBytes) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static ConsoleConfigurationBuilder builder() {
        return new ConsoleConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).console());
    }
}
