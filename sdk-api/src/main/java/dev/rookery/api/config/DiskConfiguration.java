package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How disk space is measured and limited. Source: node API §6.1.
 *
 * @param checkInterval how old a measurement of a server's disk space may be; 0 = never measure; default {@code 150} s
 * @param checkThreads threads of a measurement; default {@code 2}
 * @param checkUsesInotify whether to watch for changes instead of measuring again; default {@code true}
 * @param limiterMode what enforces disk limits: {@code none}, {@code btrfs_subvolume}, {@code zfs_dataset} or {@code xfs_quota}; default {@code none}
 * @param quotasEnabled whether the file system enforces disk limits; default {@code false}
 */
@Value.Builder
public record DiskConfiguration(
        @Key("disk_check_interval") Duration checkInterval,
        @Key("disk_check_threads") int checkThreads,
        @Key("disk_check_use_inotify") boolean checkUsesInotify,
        @Key("disk_limiter_mode") String limiterMode,
        @Key("quotas.enabled") boolean quotasEnabled) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static DiskConfigurationBuilder builder() {
        return new DiskConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system().disk());
    }
}
