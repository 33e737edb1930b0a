package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import org.immutables.value.Value;

/**
 * How much of each console is kept; Rookery's own. Source: node API §6.1.
 *
 * @param maxLines how many lines of a console are kept; default {@code 5000}
 * @param maxBytes how much of a console is kept, in bytes; default {@code 2097152}
 * @param maxLineBytes the longest line; longer ones are cut, in bytes; default {@code 65536}
 */
@Value.Builder
public record ConsoleConfiguration(
        @Key("max_lines") int maxLines,
        @Key("max_bytes") int maxBytes,
        @Key("max_line_bytes") int maxLineBytes) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static ConsoleConfigurationBuilder builder() {
        return new ConsoleConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).console());
    }
}
