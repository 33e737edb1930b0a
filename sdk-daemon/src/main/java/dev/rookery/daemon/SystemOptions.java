package dev.rookery.daemon;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Where a daemon keeps what, and as whom servers run.
 *
 * @param rootDirectory the daemon's own state
 * @param logDirectory logs, those of installations in {@code install} below
 * @param dataDirectory the servers' files, one directory per server; default {@code volumes} below the root
 * @param archiveDirectory archives of transfers; default {@code archives} below the root
 * @param backupDirectory local backups; default {@code backups} below the root
 * @param tmpDirectory install scripts; has to be visible to the engine; default {@code tmp} below the root
 * @param username name of the user that servers run as; default {@code rookery}
 * @param uid user that servers run as and own their files; default 988
 * @param gid group that servers run as; default 988
 * @param timezone the servers' time zone; default the system's
 * @param websocketLogCount how many lines a console is given on request; default 150
 * @param diskCheckInterval how old a figure of disk usage may be; zero means that it is never taken; default 150 s
 * @param passwdDirectory where {@code passwd} and {@code group} of the containers are, read-only for them, so that programs find a name for
 *     their user; default {@code passwd} below the root; empty means that containers keep those of their image
 * @param machineIdDirectory where the servers' machine ids are, one file each, from which some games derive a key; default
 *     {@code machine-id} below the root; empty means that containers have none
 * @param containerUser who servers are inside their containers, as {@code uid:gid}, for an engine without root that maps it to the user
 *     above; default the same numbers
 * @param checkPermissionsOnBoot whether to set the owner of every file before each start; default true
 * @param diskScanPercent how much of the time of one core and of the disk counting what servers' files take may use, 1 to 100; default 50
 * @param diskQuotas whether the kernel keeps the servers' disk limits, by project quotas of ext4 or XFS, instead of their files being counted; a
 *     daemon does not start where the file system of {@code dataDirectory} cannot; default false
 */
@Value.Builder
public record SystemOptions(
        Path rootDirectory,
        Path logDirectory,
        Path dataDirectory,
        Path archiveDirectory,
        Path backupDirectory,
        Path tmpDirectory,
        String username,
        int uid,
        int gid,
        ZoneId timezone,
        int websocketLogCount,
        Duration diskCheckInterval,
        Optional<Path> passwdDirectory,
        Optional<Path> machineIdDirectory,
        Optional<String> containerUser,
        boolean checkPermissionsOnBoot,
        int diskScanPercent,
        boolean diskQuotas) {

    /** Checks every value and makes the directories absolute. */
    public SystemOptions {
        rootDirectory = absolute(rootDirectory, "root_directory");
        logDirectory = absolute(logDirectory, "log_directory");
        dataDirectory = absolute(dataDirectory, "data");
        archiveDirectory = absolute(archiveDirectory, "archive_directory");
        backupDirectory = absolute(backupDirectory, "backup_directory");
        tmpDirectory = absolute(tmpDirectory, "tmp_directory");
        Checks.notBlank(username, "system.username");
        Checks.range(0, uid, Integer.MAX_VALUE, "system.user.uid");
        Checks.range(0, gid, Integer.MAX_VALUE, "system.user.gid");
        requireNonNull(timezone, "timezone");
        Checks.range(0, websocketLogCount, 10_000, "system.websocket_log_count");
        passwdDirectory = passwdDirectory.map(path -> absolute(path, "passwd.directory"));
        machineIdDirectory = machineIdDirectory.map(path -> absolute(path, "machine_id.directory"));
        Checks.notNegative(diskCheckInterval, "system.disk_check_interval");
        Checks.range(1, diskScanPercent, 100, "system.disk_scan_percent");
    }

    /**
     * Returns a builder with every default.
     *
     * @param rootDirectory the daemon's own state; the other directories are below it unless set
     */
    public static SystemOptionsBuilder builder(Path rootDirectory) {
        return new SystemOptionsBuilder()
                .rootDirectory(rootDirectory)
                .logDirectory(rootDirectory.resolve("log"))
                .dataDirectory(rootDirectory.resolve("volumes"))
                .archiveDirectory(rootDirectory.resolve("archives"))
                .backupDirectory(rootDirectory.resolve("backups"))
                .tmpDirectory(rootDirectory.resolve("tmp"))
                .username("rookery")
                .uid(988)
                .gid(988)
                .timezone(ZoneId.systemDefault())
                .websocketLogCount(150)
                .passwdDirectory(rootDirectory.resolve("passwd"))
                .machineIdDirectory(rootDirectory.resolve("machine-id"))
                .diskCheckInterval(Duration.ofSeconds(150))
                .checkPermissionsOnBoot(true)
                .diskScanPercent(50)
                .diskQuotas(false);
    }

    private static Path absolute(Path path, String name) {
        return requireNonNull(path, name).toAbsolutePath().normalize();
    }
}
