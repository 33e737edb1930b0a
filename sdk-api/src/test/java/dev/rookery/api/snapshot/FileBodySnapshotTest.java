package dev.rookery.api.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.FileDialect;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.file.RemoteDownload;
import dev.rookery.api.file.RemoteDownloadRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bodies of the calls about files: written by a client, read by an edge, and the other way round. */
class FileBodySnapshotTest {

    private static final List<FileRename> RENAMES = List.of(new FileRename("a.txt", "old/b.txt"));
    private static final List<FileModeChange> MODES = List.of(new FileModeChange("run.sh", new FileMode(0755)));
    private static final FileEntry ENTRY = FileEntry.builder()
            .name("a.txt")
            .created(Instant.parse("2026-01-02T03:04:05Z"))
            .modified(Instant.parse("2026-01-02T03:04:05Z"))
            .build();

    @ParameterizedTest
    @EnumSource(names = {"PELICAN", "PTERODACTYL", "CALAGOPUS"})
    void namesAndModes(Dialect dialect) {
        var files = FileDialect.of(dialect);
        var rename = written(dialect, "files-rename", files.rename("/", RENAMES), FileRequests.Rename.class);
        assertThat(rename).isEqualTo(new FileRequests.Rename("/", RENAMES));
        var copy = written(dialect, "files-copy", files.copy("/logs/a.log"), FileRequests.Copy.class);
        assertThat(copy.location()).isEqualTo("/logs/a.log");
        var delete = written(dialect, "files-delete", files.delete("/", List.of("a")), FileRequests.Delete.class);
        assertThat(delete).isEqualTo(new FileRequests.Delete("/", List.of("a")));
        var directory = written(
                dialect, "files-create-directory", files.createDirectory("/", "new"), FileRequests.Directory.class);
        assertThat(directory.path()).isEqualTo("/");
        var modes = written(dialect, "files-chmod", files.chmod("/", MODES), FileRequests.Chmod.class);
        assertThat(modes.changes()).isEqualTo(MODES);
    }

    @ParameterizedTest
    @EnumSource(names = {"PELICAN", "PTERODACTYL", "CALAGOPUS"})
    void archives(Dialect dialect) {
        var files = FileDialect.of(dialect);
        var request = new CompressRequest("/", List.of("world"), Optional.of("backup"), ArchiveFormat.TAR_XZ);
        var compress = written(dialect, "files-compress", files.compress(request), FileRequests.Compress.class);
        assertThat(compress.files()).containsExactly("world");
        // Calagopus takes the whole name.
        assertThat(compress.name()).contains(dialect == Dialect.CALAGOPUS ? "backup.tar.xz" : "backup");
        var decompress =
                written(dialect, "files-decompress", files.decompress("/", "a.zip"), FileRequests.Decompress.class);
        assertThat(decompress).isEqualTo(new FileRequests.Decompress("/", "a.zip"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PELICAN", "PTERODACTYL", "CALAGOPUS"})
    void downloads(Dialect dialect) {
        var files = FileDialect.of(dialect);
        var request = RemoteDownloadRequest.builder("/mods", URI.create("https://files.example.com/x.jar"))
                .fileName("y.jar")
                .build();
        var body = written(dialect, "files-pull", files.download(request, false), FileRequests.Download.class);
        assertThat(body.request()).isEqualTo(request);
        Snapshots.assertWritten(dialect, "files-pull-started", files.writeIdentifier("4711"));
        assertThat(files.readIdentifier(Snapshots.read(dialect, "files-pull-started")))
                .isEqualTo("4711");
        var running = dialect == Dialect.CALAGOPUS
                ? new RemoteDownload("4711", 0.25, Optional.of("/mods/y.jar"), OptionalLong.of(4000))
                : new RemoteDownload("4711", 0.25, Optional.empty(), OptionalLong.empty());
        Snapshots.assertWritten(dialect, "files-pulls", files.writeDownloads(List.of(running)));
        assertThat(files.readDownloads(Snapshots.read(dialect, "files-pulls"))).containsExactly(running);
        Snapshots.assertWritten(dialect, "files-pulls-none", files.writeDownloads(List.of()));
        assertThat(files.readDownloads(Snapshots.read(dialect, "files-pulls-none")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PELICAN", "CALAGOPUS"})
    void entries(Dialect dialect) {
        var files = FileDialect.of(dialect);
        Snapshots.assertWritten(dialect, "files-found", files.writeEntries(List.of(ENTRY), true));
        assertThat(files.readEntries(Snapshots.read(dialect, "files-found"))).containsExactly(ENTRY);
        files.search(new FileSearch("/", "*.log"))
                .ifPresent(body -> Snapshots.assertWritten(dialect, "files-search", body));
        assertThat(files.search(new FileSearch("/", "*.log")).isPresent()).isEqualTo(dialect == Dialect.CALAGOPUS);
    }

    private static <T> T written(Dialect dialect, String name, byte[] body, Class<T> type) {
        Snapshots.assertWritten(dialect, name, body);
        return WireJson.read(Snapshots.read(dialect, name), type);
    }
}
