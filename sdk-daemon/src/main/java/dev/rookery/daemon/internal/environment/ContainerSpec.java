package dev.rookery.daemon.internal.environment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What a container is to be made of.
 *
 * @param name its name
 * @param hostname what it calls itself
 * @param image its image, without the {@code ~}
 * @param user user and group as {@code uid:gid}; empty means the image's own
 * @param command what to run; empty means what the image says
 * @param environment variables as {@code NAME=value}
 * @param labels its labels
 * @param mounts host directories
 * @param ports published ports, each for TCP and UDP
 * @param limits what it may use
 * @param hardening what it may do
 */
@Value.Builder
public record ContainerSpec(
        String name,
        String hostname,
        String image,
        Optional<String> user,
        List<String> command,
        List<String> environment,
        Map<String, String> labels,
        List<Mount> mounts,
        List<Port> ports,
        Limits limits,
        Hardening hardening) {

    /** Copies the collections. */
    public ContainerSpec {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
        ports = List.copyOf(ports);
    }

    /** Returns a builder. */
    public static ContainerSpecBuilder builder() {
        return new ContainerSpecBuilder();
    }

    /**
     * A host directory in the container.
     *
     * @param source path on the host
     * @param target path in the container
     * @param readOnly whether nothing may be written there
     */
    public record Mount(String source, String target, boolean readOnly) {}

    /**
     * A published port; the same number on both sides.
     *
     * @param ip address of the host
     * @param port its number
     */
    public record Port(String ip, int port) {}

    /**
     * What a container may use; zero means no limit.
     *
     * @param memoryBytes hard limit of memory
     * @param reservationBytes soft limit of memory
     * @param swapTotalBytes memory and swap together, -1 for unlimited
     * @param oomKiller whether the kernel may kill it when memory runs out
     * @param cpuPercent processor time, 100 = one full core
     * @param cpus processors, empty for all
     * @param ioWeight weight of block I/O
     * @param pids number of processes
     */
    @Value.Builder
    public record Limits(
            long memoryBytes,
            long reservationBytes,
            long swapTotalBytes,
            boolean oomKiller,
            long cpuPercent,
            String cpus,
            int ioWeight,
            long pids) {}

    /** What a container may do. */
    public enum Hardening {
        /** A server: read-only root file system, few capabilities, no new privileges. */
        SERVER,
        /** An installer: may write to its own root file system, as install scripts expect; no new privileges, few capabilities. */
        INSTALLER
    }
}
