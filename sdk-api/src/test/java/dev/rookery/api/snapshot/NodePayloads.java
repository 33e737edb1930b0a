package dev.rookery.api.snapshot;

import static dev.rookery.api.dialect.Dialect.CALAGOPUS;
import static dev.rookery.api.dialect.Dialect.PELICAN;
import static dev.rookery.api.dialect.Dialect.PTERODACTYL;
import static dev.rookery.api.snapshot.Payload.read;
import static dev.rookery.api.snapshot.Payload.written;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileEntryBuilder;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.DockerDiskUsage;
import dev.rookery.api.node.ImagePruning;
import dev.rookery.api.node.MachineDetails;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ResourceUsageBuilder;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.node.Utilization;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** Every payload of the node's protocol that is a value of its own. Source: node API §2. */
final class NodePayloads {

    static final ServerId SERVER = ServerId.parse("5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    static final BackupId BACKUP = BackupId.parse("0e51a3c2-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    static final UUID USER = UUID.fromString("1b4e28ba-2fa1-41d2-883f-0016d3cca427");

    private NodePayloads() {}

    static Stream<Payload<?>> all() {
        return Stream.of(machine(), servers(), files(), backups()).flatMap(each -> each);
    }

    private static Stream<Payload<?>> machine() {
        return Stream.of(
                written(PELICAN, "system", new SystemInformation("amd64", 8, "6.8.0-45-generic", "linux", "1.4.2")),
                read(CALAGOPUS, "system", new SystemInformation("arm64", 4, "6.1.0-28-arm64", "linux", "0.22.9")),
                written(PELICAN, "system-details", details()),
                written(
                        PELICAN,
                        "utilization",
                        Utilization.builder()
                                .memoryTotalBytes(16_777_216_000L)
                                .memoryUsedBytes(4_200_000_000L)
                                .swapTotalBytes(2_000_000_000L)
                                .swapUsedBytes(1_000_000L)
                                .loadAverage1(0.51)
                                .loadAverage5(0.4)
                                .loadAverage15(0.33)
                                .cpuPercent(12.5)
                                .diskTotalBytes(500_000_000_000L)
                                .diskUsedBytes(120_000_000_000L)
                                .disks(List.of(new Utilization.Disk(
                                        "/dev/vda1", "/", 500_000_000_000L, 120_000_000_000L, List.of("Root", "Data"))))
                                .build()),
                written(PELICAN, "docker-disk", new DockerDiskUsage(1_048_576, 4, 2, 900_000_000, 12_345)),
                written(
                        PELICAN,
                        "image-prune",
                        new ImagePruning(
                                List.of(
                                        new ImagePruning.Removed(Optional.of("rookery/test:0"), Optional.empty()),
                                        new ImagePruning.Removed(Optional.empty(), Optional.of("sha256:0f1e"))),
                                12_345)),
                written(PELICAN, "deauthorize-user", new Deauthorization(USER, List.of(SERVER)), "user"));
    }

    private static Stream<Payload<?>> servers() {
        return Stream.of(
                written(PELICAN, "create-server", new CreateServer(SERVER, true), "uuid"),
                written(CALAGOPUS, "create-server", new CreateServer(SERVER, false, Optional.of(true)), "uuid"),
                written(PELICAN, "stats", usage().build()),
                read(
                        PTERODACTYL,
                        "stats",
                        usage().diskIo(ResourceUsage.DiskIo.NONE).build()),
                read(
                        CALAGOPUS,
                        "stats",
                        usage().diskIo(ResourceUsage.DiskIo.NONE)
                                .state(ServerState.parse("hibernating"))
                                .build()));
    }

    private static Stream<Payload<?>> files() {
        return Stream.of(
                written(PELICAN, "file-entry", entry().build(), "name"),
                written(
                        PELICAN,
                        "file-entry-directory",
                        entry().name("world")
                                .mode("drwxr-xr-x")
                                .modeBits(new FileMode(0755))
                                .sizeBytes(4096)
                                .directory(true)
                                .mime("inode/directory")
                                .build(),
                        "name"),
                read(
                        PTERODACTYL,
                        "file-entry-archive",
                        entry().name("archive-2026-01-02T030405Z.tar.gz")
                                .mime("application/tar+gzip")
                                .build(),
                        "name"),
                read(
                        CALAGOPUS,
                        "file-entry",
                        entry().name("plugins.zip").mime("application/zip").build(),
                        "name"));
    }

    private static Stream<Payload<?>> backups() {
        var sum = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
        return Stream.of(
                written(
                        PELICAN,
                        "backup-request",
                        new BackupRequest(BACKUP, BackupAdapter.WINGS, List.of("*.log", "cache/")),
                        "uuid",
                        "adapter"),
                written(PELICAN, "restore-local", RestoreRequest.local(true), "adapter"),
                written(
                        PELICAN,
                        "restore-s3",
                        new RestoreRequest(
                                BackupAdapter.S3,
                                false,
                                Optional.of(URI.create("https://s3.example.com/b.tar.gz?sig=x"))),
                        "adapter",
                        "download_url"),
                written(
                        PELICAN,
                        "backup-report",
                        new BackupReport(true, sum, "sha1", 10_485_760, List.of(new BackupPart("\"abc1\"", 1))),
                        "parts.etag"),
                read(PELICAN, "backup-report-failed", BackupReport.failed()),
                written(
                        CALAGOPUS,
                        "backup-report",
                        new BackupReport(
                                true,
                                sum,
                                "sha1",
                                10_485_760,
                                List.of(),
                                OptionalLong.of(42),
                                Optional.of(true),
                                Optional.of(false))),
                written(
                        PELICAN,
                        "backup-upload",
                        new BackupUpload(
                                List.of(URI.create("https://s3.example.com/b?partNumber=1")),
                                134_217_728,
                                OptionalInt.of(10)),
                        "part_size"));
    }

    private static MachineDetails details() {
        return new MachineDetails(
                "1.4.2",
                new MachineDetails.Docker(
                        "27.3.1",
                        new MachineDetails.Cgroups("systemd", "2"),
                        new MachineDetails.Containers(5, 3, 0, 2),
                        new MachineDetails.Storage("overlay2", "extfs"),
                        new MachineDetails.Runc("1.1.14")),
                new MachineDetails.Machine(
                        "amd64", 8, 16_777_216_000L, "6.8.0-45-generic", "Debian GNU/Linux 12 (bookworm)", "linux"));
    }

    static ResourceUsageBuilder usage() {
        return ResourceUsage.builder()
                .memoryBytes(734_003_200)
                .memoryLimitBytes(1_207_959_552)
                .cpuAbsolute(42.125)
                .network(new ResourceUsage.Network(1000, 2000))
                .diskIo(new ResourceUsage.DiskIo(4096, 8192))
                .uptimeMillis(360_000)
                .state(ServerState.RUNNING)
                .diskBytes(52_428_800);
    }

    private static FileEntryBuilder entry() {
        return FileEntry.builder()
                .name("server.properties")
                .created(Instant.parse("2026-01-02T03:04:05Z"))
                .modified(Instant.parse("2026-01-02T03:04:06.5Z"))
                .mode("-rw-r--r--")
                .modeBits(new FileMode(0644))
                .sizeBytes(1203)
                .mime("text/plain; charset=utf-8");
    }
}
