package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * When a crashed server is started again. Source: node API §6.1.
 *
 * @param enabled whether a crashed server is started again; default {@code true}
 * @param detectCleanExitAsCrash whether an unasked end with exit code 0 is a crash; default {@code true}
 * @param timeout the least time between two crashes for the server to be started again; default {@code 60} s
 */
@Value.Builder
public record CrashDetectionConfiguration(
        @Key("enabled") boolean enabled,
        @Key("detect_clean_exit_as_crash") boolean detectCleanExitAsCrash,
        @Key("timeout") Duration timeout) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static CrashDetectionConfigurationBuilder builder() {
        return new CrashDetectionConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system().crashDetection());
    }
}
