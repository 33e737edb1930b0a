package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.immutables.value.Value;

/**
 * What a machine uses now. Source: node API §2.1.
 *
 * @param memoryTotalBytes memory there is
 * @param memoryUsedBytes memory in use
 * @param swapTotalBytes swap there is
 * @param swapUsedBytes swap in use
 * @param loadAverage1 over a minute
 * @param loadAverage5 over five minutes
 * @param loadAverage15 over fifteen minutes
 * @param cpuPercent of the whole machine, 0 to 100, since the call before
 * @param diskTotalBytes all disks
 * @param diskUsedBytes in use on all disks
 * @param disks each disk
 */
@Value.Builder
public record Utilization(
        @JsonProperty("memory_total") long memoryTotalBytes,
        @JsonProperty("memory_used") long memoryUsedBytes,
        @JsonProperty("swap_total") long swapTotalBytes,
        @JsonProperty("swap_used") long swapUsedBytes,
        @JsonProperty("load_average1") double loadAverage1,
        @JsonProperty("load_average5") double loadAverage5,
        @JsonProperty("load_average15") double loadAverage15,
        @JsonProperty("cpu_percent") double cpuPercent,
        @JsonProperty("disk_total") long diskTotalBytes,
        @JsonProperty("disk_used") long diskUsedBytes,
        @JsonProperty("disk_details") List<Disk> disks) {

    /** Copies the list. */
    public Utilization {
        disks = disks == null ? List.of() : List.copyOf(disks);
    }

    /** Returns a builder that begins at zero. */
    public static UtilizationBuilder builder() {
        return new UtilizationBuilder().from(new Utilization(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    /**
     * A mounted disk.
     *
     * @param device such as {@code /dev/sda1}
     * @param mountpoint where it is mounted
     * @param totalBytes its size
     * @param usedBytes in use
     * @param tags which directories of the daemon lie on it: {@code Root}, {@code Logs}, {@code Data}, {@code Archive}, {@code Backup},
     *     {@code Temp}
     */
    public record Disk(
            @JsonProperty("device") String device,
            @JsonProperty("mountpoint") String mountpoint,
            @JsonProperty("total_space") long totalBytes,
            @JsonProperty("used_space") long usedBytes,
            @JsonProperty("tags") List<String> tags) {

        /** Fills in what a peer left out. */
        public Disk {
            device = device == null ? "" : device;
            mountpoint = mountpoint == null ? "" : mountpoint;
            tags = tags == null ? List.of() : List.copyOf(tags);
        }
    }
}
