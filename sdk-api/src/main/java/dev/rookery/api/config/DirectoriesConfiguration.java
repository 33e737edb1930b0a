package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import org.immutables.value.Value;

/**
 * Where a node keeps things. Source: node API §6.1.
 *
 * @param root where the node keeps what is its own; default {@code /var/lib/pelican}
 * @param log where logs are written, those of installations too; default {@code /var/log/pelican}
 * @param virtualMounts where limited file systems are mounted; default {@code /var/lib/pterodactyl/vmounts}
 * @param data where the files of the servers lie; default {@code /var/lib/pelican/volumes}
 * @param archive where archives of transfers lie; default {@code /var/lib/pelican/archives}
 * @param backup where backups lie; default {@code /var/lib/pelican/backups}
 * @param tmp where scripts of installations lie; default {@code /tmp/pelican}
 */
@Value.Builder
public record DirectoriesConfiguration(
        @Key("root_directory") String root,
        @Key("log_directory") String log,
        @Key("vmount_directory") String virtualMounts,
        @Key("data") String data,
        @Key("archive_directory") String archive,
        @Key("backup_directory") String backup,
        @Key("tmp_directory") String tmp) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static DirectoriesConfigurationBuilder builder() {
        return new DirectoriesConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system().directories());
    }
}
