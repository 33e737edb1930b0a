package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The user who owns the files of the servers. Source: node API §6.1.
 *
 * @param username the user who owns the files of the servers; default {@code pelican}
 * @param rootless container engines without root
 * @param uid the number of the user; without it that of {@code system.username}
 * @param gid the number of the group; without it that of {@code system.username}
 * @param names names of users in containers
 * @param calagopusNames the same in Calagopus' spelling
 */
@Value.Builder
public record UserConfiguration(
        @Key("username") String username,
        @Key("user.rootless") Rootless rootless,
        @Key("user.uid") Optional<Integer> uid,
        @Key("user.gid") Optional<Integer> gid,
        @Key("user.passwd") Names names,
        @Key("passwd") CalagopusNames calagopusNames) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static UserConfigurationBuilder builder() {
        return new UserConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system().user());
    }

    /**
     * A container engine without root.
     *
     * @param enabled whether the container engine runs without root; default {@code false}
     * @param containerUid the user inside the containers then; default {@code 0}
     * @param containerGid the group inside the containers then; default {@code 0}
     */
    public record Rootless(
            @Key("enabled") boolean enabled,
            @Key("container_uid") int containerUid,
            @Key("container_gid") int containerGid) {}

    /**
     * Files with the names of users and groups in containers.
     *
     * @param enabled whether containers get files with the names of users and groups; default {@code true}
     * @param directory where those files lie; default {@code /etc/pelican}
     */
    public record Names(
            @Key("enable") boolean enabled,
            @Key("directory") String directory) {}

    /**
     * Files with the names of users and groups in containers, in Calagopus' spelling.
     *
     * @param enabled whether containers get files with the names of users and groups; default {@code false}
     * @param directory where those files lie; default {@code /run/wings/etc}
     */
    public record CalagopusNames(
            @Key("enabled") boolean enabled,
            @Key("directory") String directory) {}
}
