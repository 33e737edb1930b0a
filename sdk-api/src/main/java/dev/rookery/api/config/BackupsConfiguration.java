package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Backups of servers. Source: node API §6.1.
 *
 * @param writeLimitMebibytesPerSecond how fast backups are written; 0 = as fast as possible, in MiB/s; default {@code 0}
 * @param readLimitMebibytesPerSecond how fast backups are read; 0 = as fast as possible, in MiB/s; default {@code 0}
 * @param compressionLevel {@code none}, {@code best_speed} or {@code best_compression}; Calagopus has more; default {@code best_speed}
 * @param restoreHostAllowlist hosts inside the network that backups may be restored from; empty by default
 * @param removeBackupsOnServerDelete whether the backups of a deleted server are deleted; default {@code true}
 * @param mounting backups among the files
 * @param wings backups in archives
 * @param s3 backups at S3
 * @param ddupBak backups by ddup-bak
 * @param restic backups by restic
 * @param btrfs backups by btrfs
 * @param zfsRestoreThreads threads that restore a backup; default {@code 4}
 */
@Value.Builder
public record BackupsConfiguration(
        @Key("write_limit") long writeLimitMebibytesPerSecond,
        @Key("read_limit") long readLimitMebibytesPerSecond,
        @Key("compression_level") String compressionLevel,
        @Key("restore_host_allowlist") List<String> restoreHostAllowlist,
        @Key("remove_backups_on_server_delete") boolean removeBackupsOnServerDelete,
        @Key("mounting") Mounting mounting,
        @Key("wings") Wings wings,
        @Key("s3") S3 s3,
        @Key("ddup_bak") DdupBak ddupBak,
        @Key("restic") ResticConfiguration restic,
        @Key("btrfs") Btrfs btrfs,
        @Key("zfs.restore_threads") int zfsRestoreThreads) {

    /** Copies the collections. */
    public BackupsConfiguration {
        restoreHostAllowlist = List.copyOf(restoreHostAllowlist);
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static BackupsConfigurationBuilder builder() {
        return new BackupsConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).system().backups());
    }

    /**
     * Backups among the files of their server.
     *
     * @param enabled whether backups show among the files of the server; default {@code true}
     * @param path where they show; default {@code .backups}
     */
    public record Mounting(
            @Key("enabled") boolean enabled, @Key("path") String path) {}

    /**
     * Backups in archives on the node.
     *
     * @param createThreads threads that write a backup; default {@code 4}
     * @param restoreThreads threads that restore one; default {@code 4}
     * @param archiveFormat the format of the archive; default {@code tar_gz}
     */
    public record Wings(
            @Key("create_threads") int createThreads,
            @Key("restore_threads") int restoreThreads,
            @Key("archive_format") String archiveFormat) {}

    /**
     * Backups at S3.
     *
     * @param createThreads threads that write a backup; default {@code 4}
     * @param partUploadTimeout the longest upload of a part; default {@code 7200} s
     * @param retryLimit how often a part is tried; default {@code 10}
     */
    public record S3(
            @Key("create_threads") int createThreads,
            @Key("part_upload_timeout") Duration partUploadTimeout,
            @Key("retry_limit") int retryLimit) {}

    /**
     * Backups by ddup-bak.
     *
     * @param createThreads threads that write a backup; default {@code 4}
     * @param compressionFormat {@code none}, {@code deflate}, {@code gzip} or {@code brotli}; default {@code deflate}
     */
    public record DdupBak(
            @Key("create_threads") int createThreads,
            @Key("compression_format") String compressionFormat) {}

    /**
     * Backups by btrfs.
     *
     * @param restoreThreads threads that restore a backup; default {@code 4}
     * @param createReadOnly whether snapshots cannot be written; default {@code true}
     */
    public record Btrfs(
            @Key("restore_threads") int restoreThreads,
            @Key("create_read_only") boolean createReadOnly) {}
}
