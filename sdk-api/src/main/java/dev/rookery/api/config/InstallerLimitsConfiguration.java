package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * The limits of installations. Source: node API §6.1.
 *
 * @param memoryMebibytes the memory of an installation, if the server has less, in MiB; default {@code 1024}
 * @param cpuPercent the processor time of an installation, if the server has less, in %; default {@code 100}
 * @param timeout the longest installation; default {@code 1800} s
 */
@Value.Builder
public record InstallerLimitsConfiguration(
        @Key("memory") long memoryMebibytes,
        @Key("cpu") int cpuPercent,
        @Key("timeout") Duration timeout) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static InstallerLimitsConfigurationBuilder builder() {
        return new InstallerLimitsConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).docker().installerLimits());
    }
}
