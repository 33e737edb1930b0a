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
        @JsonProperty("version") String version) {

    /** Fills in what a peer left out, and says as Go does what Rust calls {@code x86_64} and {@code aarch64}. */
    public SystemInformation {
        architecture = architecture == null ? "" : goName(architecture);
        kernelVersion = kernelVersion == null ? "" : kernelVersion;
        os = os == null ? "" : os;
        version = version == null ? "" : version;
    }

    private static String goName(String architecture) {
        return switch (architecture) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> architecture;
        };
    }
}
