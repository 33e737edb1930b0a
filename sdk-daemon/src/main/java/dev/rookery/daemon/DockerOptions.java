package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The container engine and what its containers are given.
 *
 * @param socket where the engine listens, such as {@code unix:///var/run/docker.sock}; default {@code DOCKER_HOST}, else that
 * @param network the network that servers are on
 * @param domainname domain name of the containers; default empty
 * @param tmpfsSizeMebibytes size of {@code /tmp}; default 100
 * @param containerPidLimit how many processes a server may have, 0 = no limit; default 512
 * @param installerLimits what an install container is given at least
 * @param overhead how much memory a container is given above the server's limit
 * @param log the engine's log driver; empty type means the engine's own default
 * @param usernsMode user namespace mode; default empty
 * @param pullPolicy when to pull images; default {@link PullPolicy#ALWAYS}
 * @param pullTimeout the longest time a pull may take; default 15 min
 * @param callTimeout the longest time any other call may take; default 30 s
 * @param registries who logs in to which registry of images, by its name, such as {@code ghcr.io}, or a name and the beginning of a path,
 *     such as {@code ghcr.io/games}; the longest that matches counts; default none
 * @param systemIps addresses of the machine beside those of its interfaces that servers may use; default none
 */
@Value.Builder
public record DockerOptions(
        String socket,
        NetworkOptions network,
        String domainname,
        int tmpfsSizeMebibytes,
        long containerPidLimit,
        InstallerLimits installerLimits,
        Overhead overhead,
        Log log,
        String usernsMode,
        PullPolicy pullPolicy,
        Duration pullTimeout,
        Duration callTimeout,
        Map<String, RegistryLogin> registries,
        List<String> systemIps) {

    /** Where the engine listens unless told otherwise. */
    public static final String DEFAULT_SOCKET = "unix:///var/run/docker.sock";

    /** Checks every value. */
    public DockerOptions {
        Checks.notBlank(socket, "docker.socket");
        requireNonNull(network, "network");
        requireNonNull(domainname, "domainname");
        Checks.range(1, tmpfsSizeMebibytes, Integer.MAX_VALUE, "docker.tmpfs_size");
        Checks.range(0, containerPidLimit, Integer.MAX_VALUE, "docker.container_pid_limit");
        requireNonNull(installerLimits, "installerLimits");
        requireNonNull(overhead, "overhead");
        requireNonNull(log, "log");
        requireNonNull(usernsMode, "usernsMode");
        requireNonNull(pullPolicy, "pullPolicy");
        Checks.positive(pullTimeout, "docker.pull_timeout");
        Checks.positive(callTimeout, "docker.call_timeout");
        registries = Map.copyOf(registries);
        systemIps = List.copyOf(systemIps);
        systemIps.forEach(address -> Checks.address(address, "docker.system_ips"));
    }

    /** Returns a builder with every default. */
    public static DockerOptionsBuilder builder() {
        return new DockerOptionsBuilder()
                .socket(Optional.ofNullable(System.getenv("DOCKER_HOST"))
                        .filter(host -> !host.isBlank())
                        .orElse(DEFAULT_SOCKET))
                .network(NetworkOptions.builder().build())
                .domainname("")
                .tmpfsSizeMebibytes(100)
                .containerPidLimit(512)
                .installerLimits(new InstallerLimits(1024, 100))
                .overhead(new Overhead(false, 1.05, Map.of()))
                .log(new Log(
                        "local",
                        Map.of("max-size", "5m", "max-file", "1", "compress", "false", "mode", "non-blocking")))
                .usernsMode("")
                .pullPolicy(PullPolicy.ALWAYS)
                .pullTimeout(Duration.ofMinutes(15))
                .callTimeout(Duration.ofSeconds(30));
    }

    /** When to pull an image. A leading {@code ~} in an image's name means never, whatever this says. */
    public enum PullPolicy {
        /** Before each use; if that fails, an image that is there already is used. */
        ALWAYS,
        /** Only if the image is not there. */
        IF_MISSING,
        /** Never. */
        NEVER
    }

    /**
     * What an install container is given at least.
     *
     * @param memoryMebibytes memory
     * @param cpuPercent processor time, 100 = one full core
     */
    public record InstallerLimits(long memoryMebibytes, long cpuPercent) {

        /** Checks both. */
        public InstallerLimits {
            Checks.range(0, memoryMebibytes, Integer.MAX_VALUE, "docker.installer_limits.memory");
            Checks.range(0, cpuPercent, Integer.MAX_VALUE, "docker.installer_limits.cpu");
        }
    }

    /**
     * How much memory a container is given above the server's limit.
     *
     * @param override whether to use the values below instead of the built-in 1.15 up to 2 GiB, 1.10 up to 4 GiB, 1.05 above
     * @param defaultMultiplier for limits above every key of {@code multipliers}
     * @param multipliers multiplier by the greatest limit, in MiB, that it applies to
     */
    public record Overhead(boolean override, double defaultMultiplier, Map<Long, Double> multipliers) {

        /** Copies the map. */
        public Overhead {
            multipliers = Map.copyOf(multipliers);
        }
    }

    /**
     * Who logs in to a registry of images.
     *
     * @param username the user
     * @param password the password or token
     */
    public record RegistryLogin(String username, String password) {

        /** Checks both. */
        public RegistryLogin {
            requireNonNull(username, "username");
            requireNonNull(password, "password");
        }

        /** Hides the password. */
        @Override
        public String toString() {
            return "RegistryLogin[username=" + username + "]";
        }
    }

    /**
     * The engine's log driver.
     *
     * @param type its name, empty for the engine's default
     * @param config its options
     */
    public record Log(String type, Map<String, String> config) {

        /** Copies the map. */
        public Log {
            requireNonNull(type, "type");
            config = Map.copyOf(config);
        }
    }
}
