package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a node says of its machine, in the short form. Source: node API §2.1.
 *
 * @param architecture in the spelling of Go, such as {@code amd64}
 * @param cpuCount logical processors
 * @param kernelVersion the kernel's release
 * @param os in the spelling of Go, such as {@code linux}
 * @param version the daemon's version, without a leading {@code v}
 */
public record SystemInformation(
        @JsonProperty("architecture") String architecture,
        @JsonProperty("cpu_count") int cpuCount,
        @JsonProperty("kernel_version") String kernelVersion,
        @JsonProperty("os") String os,
        @JsonProperty("version") String version) {}
