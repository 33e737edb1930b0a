package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.immutables.value.Value;

/**
 * What a server uses now. Source: node API §4.6.
 *
 * @param memoryBytes memory without reclaimable page cache
 * @param memoryLimitBytes the hard limit of the container, overhead included; 0 before the first start
 * @param cpuAbsolute percent, 100 = one full core
 * @param network bytes since the container started
 * @param diskIo bytes since the container started
 * @param uptimeMillis time since the container started
 * @param state the power state
 * @param diskBytes disk space in use, from a cache
 */
@Value.Builder
public record ResourceUsage(
        @JsonProperty("memory_bytes") long memoryBytes,
        @JsonProperty("memory_limit_bytes") long memoryLimitBytes,
        @JsonProperty("cpu_absolute") double cpuAbsolute,
        @JsonProperty("network") Network network,
        @JsonProperty("disk_io") DiskIo diskIo,
        @JsonProperty("uptime") long uptimeMillis,
        @JsonProperty("state") ServerState state,
        @JsonProperty("disk_bytes") long diskBytes) {

    /** Nothing used, offline. */
    public static final ResourceUsage NONE =
            new ResourceUsage(0, 0, 0, Network.NONE, DiskIo.NONE, 0, ServerState.OFFLINE, 0);

    /** Fills in what a peer left out. */
    public ResourceUsage {
        network = network == null ? Network.NONE : network;
        diskIo = diskIo == null ? DiskIo.NONE : diskIo;
        state = state == null ? ServerState.OFFLINE : state;
    }

    /** Returns a builder that begins at zero, offline. */
    public static ResourceUsageBuilder builder() {
        return new ResourceUsageBuilder().from(NONE);
    }

    /**
     * Network traffic over all interfaces.
     *
     * @param rxBytes bytes received
     * @param txBytes bytes sent
     */
    public record Network(
            @JsonProperty("rx_bytes") long rxBytes,
            @JsonProperty("tx_bytes") long txBytes) {
        /** No traffic. */
        public static final Network NONE = new Network(0, 0);
    }

    /**
     * Traffic with block devices.
     *
     * @param readBytes bytes read
     * @param writeBytes bytes written
     */
    public record DiskIo(
            @JsonProperty("read_bytes") long readBytes,
            @JsonProperty("write_bytes") long writeBytes) {
        /** No traffic. */
        public static final DiskIo NONE = new DiskIo(0, 0);
    }
}
