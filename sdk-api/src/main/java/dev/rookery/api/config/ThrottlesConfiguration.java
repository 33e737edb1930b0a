package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How many lines a console may have. Source: node API §6.1.
 *
 * @param enabled whether the live lines of a console are limited; other daemons always limit them; default {@code true}
 * @param lines how many lines a console may have per interval; default {@code 2000}
 * @param lineResetInterval how long the interval is; default {@code 100} ms
 */
@Value.Builder
public record ThrottlesConfiguration(
        @Key("enabled") boolean enabled,
        @Key("lines") int lines,
        @Key("line_reset_interval") Duration lineResetInterval) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static ThrottlesConfigurationBuilder builder() {
        return new ThrottlesConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).throttles());
    }
}
