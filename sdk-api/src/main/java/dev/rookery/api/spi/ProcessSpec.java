package dev.rookery.api.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What a server's or an installer's process is to be run with. An environment without containers leaves out what it cannot do, and says so
 * in its documentation. Immutable.
 *
 * @param name its name, unique on the node
 * @param hostname what its machine is called
 * @param image the image it runs in, without the {@code ~}
 * @param user user and group as {@code uid:gid}; empty means the image's own
 * @param command what to run; empty means what the image says
 * @param environment variables as {@code NAME=value}
 * @param labels its labels
 * @param mounts host directories
 * @param ports published ports, each for TCP and UDP
 * @param address its primary address, for networks on which it has an address of its own
 * @param outgoingAddress which of the host's addresses its outgoing connections have to come from; empty means any
 * @param limits what it may use
 * @param hardening what it may do
 */
@Value.Builder
public record ProcessSpec(
        String name,
        String hostname,
        String image,
        Optional<String> user,
        List<String> command,
        List<String> environment,
        Map<String, String> labels,
        List<Mount> mounts,
        List<Port> ports,
        Optional<String> address,
        Optional<String> outgoingAddress,
        Limits limits,
        Hardening hardening) {

    /** Copies the collections. */
    public ProcessSpec {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
        ports = List.copyOf(ports);
    }

    /** Returns a builder without any value. */
    public static ProcessSpecBuilder builder() {
        return new ProcessSpecBuilder();
    }

    /**
     * A host directory that the process sees.
     *
     * @param source path on the host
     * @param target path for the process
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
     * What a process may use; zero means no limit.
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

    /** What a process may do. */
    public enum Hardening {
        /** A server: read-only root file system, few capabilities, no new privileges. */
        SERVER,
        /** An installer: may write to its own root file system, as install scripts expect; no new privileges, few capabilities. */
        INSTALLER
    }
}
