package dev.rookery.api.spi;

/**
 * What a process, with all that it started, used at one moment.
 *
 * @param memoryBytes memory without reclaimable page cache
 * @param memoryLimitBytes its limit; the memory of the machine if it has none
 * @param cpuPercent since the sample before, 100 = one full core
 * @param rxBytes received since it started
 * @param txBytes sent since it started
 * @param readBytes read from block devices since it started
 * @param writeBytes written to block devices since it started
 */
public record UsageSample(
        long memoryBytes,
        long memoryLimitBytes,
        double cpuPercent,
        long rxBytes,
        long txBytes,
        long readBytes,
        long writeBytes) {}
