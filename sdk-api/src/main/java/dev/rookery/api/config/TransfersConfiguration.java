package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import org.immutables.value.Value;

/**
 * Moves of servers from node to node. Source: node API §6.1.
 *
 * @param downloadLimitMebibytesPerSecond how fast a transfer may come in; 0 = as fast as possible, in MiB/s; default {@code 0}
 * @param storagePoolEnabled whether nodes share their storage; default {@code false}
 * @param storagePoolName the name of the shared storage; empty by default
 */
@Value.Builder
public record TransfersConfiguration(
        @Key("download_limit") long downloadLimitMebibytesPerSecond,
        @Key("storage_pool.enabled") boolean storagePoolEnabled,
        @Key("storage_pool.pool_name") String storagePoolName) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static TransfersConfigurationBuilder builder() {
        return new TransfersConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system().transfers());
    }
}
