package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

/**
 * A node's containers. Source: node API §6.1.
 *
 * @param socket where the container engine listens; default {@code /var/run/docker.sock}
 * @param serverNameInContainerName whether containers carry the name of their server; default {@code false}
 * @param deleteContainerOnStop whether a stopped server's container is removed; default {@code true}
 * @param network the network of the containers
 * @param domainname the domain of the containers; empty by default
 * @param registries registries of images, each with {@code username} and {@code password}; empty by default
 * @param tmpfsSizeMebibytes the size of {@code /tmp} in each container, in MiB; default {@code 100}
 * @param containerPidLimit how many processes a container may have; default {@code 512}
 * @param installerLimits limits of installations
 * @param overhead memory besides the limit
 * @param performantInspect whether containers are inspected the fast way; default {@code true}
 * @param usernsMode the user namespace of the containers; empty by default
 * @param systemIps further addresses of the machine that servers may use; empty by default
 * @param log where containers log
 * @param pullPolicy whether a server's image is pulled before each start; default {@code always}
 * @param pullTimeout the longest pull of an image; default {@code 900} s
 * @param callTimeout the longest answer of the container engine; default {@code 30} s
 */
@Value.Builder
public record DockerConfiguration(
        @Key("socket") String socket,
        @Key("server_name_in_container_name") boolean serverNameInContainerName,
        @Key("delete_container_on_stop") boolean deleteContainerOnStop,
        @Key("network") NetworkConfiguration network,
        @Key("domainname") String domainname,
        @Key("registries") Map<String, RegistryConfiguration> registries,
        @Key("tmpfs_size") long tmpfsSizeMebibytes,
        @Key("container_pid_limit") int containerPidLimit,
        @Key("installer_limits") InstallerLimitsConfiguration installerLimits,
        @Key("overhead") OverheadConfiguration overhead,
        @Key("use_performant_inspect") boolean performantInspect,
        @Key("userns_mode") String usernsMode,
        @Key("system_ips") List<String> systemIps,
        @Key("log_config") LogConfiguration log,
        @Key("pull_policy") String pullPolicy,
        @Key("pull_timeout") Duration pullTimeout,
        @Key("call_timeout") Duration callTimeout) {

    /** Copies the collections. */
    public DockerConfiguration {
        registries = Collections.unmodifiableMap(new LinkedHashMap<>(registries));
        systemIps = List.copyOf(systemIps);
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static DockerConfigurationBuilder builder() {
        return new DockerConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).docker());
    }
}
