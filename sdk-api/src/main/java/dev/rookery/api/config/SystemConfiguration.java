package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What a node does on its machine. Source: node API §6.1.
 *
 * @param directories where things lie
 * @param user who owns the files
 * @param timezone the time zone of the containers; without it that of the machine
 * @param machineId machine ids of the containers
 * @param disk how disk space is measured and limited
 * @param activity how activity is sent
 * @param checkPermissionsOnBoot whether to give all files to the user before a start; default {@code true}
 * @param checkPermissionsOnBootThreads threads that do so; default {@code 4}
 * @param logRotate whether to write a configuration for logrotate; default {@code true}
 * @param websocketLogCount how many lines a console begins with; default {@code 150}
 * @param sftp SFTP
 * @param crashDetection when a server is started again
 * @param backups backups
 * @param transfers moves from node to node
 * @param runtime what servers run in, {@code docker} or {@code process}; Rookery's own; default {@code docker}
 * @param openatMode how files are opened: {@code auto}, {@code openat2} or {@code openat}; default {@code auto}
 */
@Value.Builder
public record SystemConfiguration(
        @Key("") DirectoriesConfiguration directories,
        @Key("") UserConfiguration user,
        @Key("timezone") Optional<String> timezone,
        @Key("machine_id") MachineId machineId,
        @Key("") DiskConfiguration disk,
        @Key("") ActivityConfiguration activity,
        @Key("check_permissions_on_boot") boolean checkPermissionsOnBoot,
        @Key("check_permissions_on_boot_threads") int checkPermissionsOnBootThreads,
        @Key("enable_log_rotate") boolean logRotate,
        @Key("websocket_log_count") int websocketLogCount,
        @Key("sftp") SftpConfiguration sftp,
        @Key("crash_detection") CrashDetectionConfiguration crashDetection,
        @Key("backups") BackupsConfiguration backups,
        @Key("transfers") TransfersConfiguration transfers,
        @Key("runtime") String runtime,
        @Key("openat_mode") String openatMode) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static SystemConfigurationBuilder builder() {
        return new SystemConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system());
    }

    /**
     * Machine ids of the containers.
     *
     * @param enabled whether each container gets a machine id; default {@code true}
     * @param directory where the machine ids lie; default {@code /etc/pelican/machine-id}
     */
    public record MachineId(
            @Key("enable") boolean enabled,
            @Key("directory") String directory) {}
}
