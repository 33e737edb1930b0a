package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of its machine, in the long form. Source: node API §2.1.
 *
 * @param version the daemon's version, without a leading {@code v}
 * @param docker the container engine
 * @param system the machine
 */
public record MachineDetails(
        @JsonProperty("version") String version,
        @JsonProperty("docker") Docker docker,
        @JsonProperty("system") Machine system) {

    /** Fills in what a peer left out. */
    public MachineDetails {
        version = text(version);
        docker = docker == null ? new Docker("", null, null, null, null) : docker;
        system = system == null ? new Machine("", 0, 0, "", "", "") : system;
    }

    /**
     * The container engine.
     *
     * @param version its version
     * @param cgroups how it limits
     * @param containers how many it has
     * @param storage where it keeps images
     * @param runc what starts its containers
     */
    public record Docker(
            @JsonProperty("version") String version,
            @JsonProperty("cgroups") Cgroups cgroups,
            @JsonProperty("containers") Containers containers,
            @JsonProperty("storage") Storage storage,
            @JsonProperty("runc") Runc runc) {

        /** Fills in what a peer left out. */
        public Docker(
                @Nullable String version,
                @Nullable Cgroups cgroups,
                @Nullable Containers containers,
                @Nullable Storage storage,
                @Nullable Runc runc) {
            this.version = text(version);
            this.cgroups = cgroups == null ? new Cgroups("", "") : cgroups;
            this.containers = containers == null ? new Containers(0, 0, 0, 0) : containers;
            this.storage = storage == null ? new Storage("", "") : storage;
            this.runc = runc == null ? new Runc("") : runc;
        }
    }

    /**
     * Control groups.
     *
     * @param driver {@code systemd} or {@code cgroupfs}
     * @param version {@code 1} or {@code 2}
     */
    public record Cgroups(
            @JsonProperty("driver") String driver,
            @JsonProperty("version") String version) {

        /** Fills in what a peer left out. */
        public Cgroups {
            driver = text(driver);
            version = text(version);
        }
    }

    /**
     * Containers of the engine, also those that are not servers.
     *
     * @param total all of them
     * @param running that run
     * @param paused that are paused
     * @param stopped that do not run
     */
    public record Containers(
            @JsonProperty("total") int total,
            @JsonProperty("running") int running,
            @JsonProperty("paused") int paused,
            @JsonProperty("stopped") int stopped) {}

    /**
     * The engine's storage.
     *
     * @param driver such as {@code overlay2}
     * @param filesystem what it lies on
     */
    public record Storage(
            @JsonProperty("driver") String driver,
            @JsonProperty("filesystem") String filesystem) {

        /** Fills in what a peer left out. */
        public Storage {
            driver = text(driver);
            filesystem = text(filesystem);
        }
    }

    /**
     * The container runtime.
     *
     * @param version its version
     */
    public record Runc(@JsonProperty("version") String version) {

        /** Fills in what a peer left out. */
        public Runc {
            version = text(version);
        }
    }

    /**
     * The machine.
     *
     * @param architecture in the spelling of Go, such as {@code amd64}
     * @param cpuThreads logical processors
     * @param memoryBytes total memory
     * @param kernelVersion the kernel's release
     * @param os the operating system's name for people
     * @param osType in the spelling of Go, such as {@code linux}
     */
    public record Machine(
            @JsonProperty("architecture") String architecture,
            @JsonProperty("cpu_threads") int cpuThreads,
            @JsonProperty("memory_bytes") long memoryBytes,
            @JsonProperty("kernel_version") String kernelVersion,
            @JsonProperty("os") String os,
            @JsonProperty("os_type") String osType) {

        /** Fills in what a peer left out. */
        public Machine {
            architecture = text(architecture);
            kernelVersion = text(kernelVersion);
            os = text(os);
            osType = text(osType);
        }
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
