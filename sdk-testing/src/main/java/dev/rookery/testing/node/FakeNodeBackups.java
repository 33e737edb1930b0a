package dev.rookery.testing.node;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupPart;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.node.NodeBackups;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A caller's view of the backups of a {@link FakeServer}. They are real archives, and go to a real object store if asked. */
final class FakeNodeBackups implements NodeBackups {

    private final FakeNode node;
    private final Supplier<FakeServer> server;

    FakeNodeBackups(FakeNode node, Supplier<FakeServer> server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public void create(BackupRequest request) {
        var present = permitted(Permission.BACKUP_CREATE);
        if (!request.adapter().equals(BackupAdapter.WINGS) && !request.adapter().equals(BackupAdapter.S3)) {
            throw new InvalidInputException("adapter: " + request.adapter() + " (expected: wings or s3)");
        }
        node.shared().threads.execute(() -> run(present, request));
    }

    @Override
    public void restore(BackupId id, RestoreRequest request) {
        var present = permitted(Permission.BACKUP_RESTORE);
        byte[] archive = request.downloadUrl()
                .filter(url -> request.adapter().equals(BackupAdapter.S3))
                .map(this::fetch)
                .orElseGet(() -> require(present, id));
        present.restoring(true);
        node.shared().threads.execute(() -> restore(present, id, archive, request.truncateDirectory()));
    }

    @Override
    public void delete(BackupId id) {
        var present = permitted(Permission.BACKUP_DELETE);
        require(present, id);
        present.backups().remove(id);
    }

    @Override
    public void deleteAll() {
        node.requirePanel();
        server.get().backups().clear();
    }

    @Override
    public Content read(BackupId id) {
        return Content.of(require(permitted(Permission.BACKUP_DOWNLOAD), id));
    }

    private FakeServer permitted(Permission permission) {
        var present = server.get();
        node.caller().require(permission, node.shared().clock.instant());
        return present;
    }

    private static byte[] require(FakeServer present, BackupId id) {
        byte[] archive = present.backups().get(id);
        if (archive == null) {
            throw new NotFoundException("there is no backup " + id);
        }
        return archive;
    }

    private void run(FakeServer present, BackupRequest request) {
        BackupReport report;
        try {
            byte[] archive = archive(present, request);
            boolean local = request.adapter().equals(BackupAdapter.WINGS);
            var parts = local ? List.<BackupPart>of() : upload(request.id(), archive);
            if (local) {
                present.backups().put(request.id(), archive);
            }
            report = BackupReport.builder()
                    .checksum(sha1(archive))
                    .checksumType("sha1")
                    .sizeBytes(archive.length)
                    .parts(parts)
                    .build();
        } catch (RookeryException | IOException e) {
            report = BackupReport.failed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report = BackupReport.failed();
        }
        try {
            node.shared().panel.reportBackup(request.id(), report);
            present.emit(new ConsoleEvent.BackupCompleted(request.id(), report));
        } catch (NotFoundException ignored) {
            // The panel does not know it, so nobody would ever delete it.
            present.backups().remove(request.id());
        }
    }

    private static byte[] archive(FakeServer present, BackupRequest request) {
        var ignored = new FakePatterns(request.ignoredFiles().isEmpty() ? ignoreFile(present) : request.ignoredFiles());
        var packed = new TreeMap<>(present.files().tree(""));
        packed.keySet().removeIf(ignored::matches);
        return FakeArchives.pack(packed, ArchiveFormat.TAR_GZ);
    }

    private static List<String> ignoreFile(FakeServer present) {
        return present.files()
                .find(".pelicanignore")
                .flatMap(FakeFiles.Item::content)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
                .orElse(List.of());
    }

    private List<BackupPart> upload(BackupId id, byte[] archive) throws IOException, InterruptedException {
        var upload = node.shared().panel.backupUpload(id, archive.length);
        var parts = new ArrayList<BackupPart>();
        for (int from = 0; from < archive.length; from += (int) upload.partSizeBytes()) {
            if (parts.size() >= upload.parts().size()) {
                throw new InvalidInputException(
                        "parts: " + upload.parts().size() + " (expected: enough for " + archive.length + " bytes)");
            }
            byte[] part =
                    Arrays.copyOfRange(archive, from, (int) Math.min(archive.length, from + upload.partSizeBytes()));
            var answer = node.shared()
                    .http
                    .send(
                            HttpRequest.newBuilder(upload.parts().get(parts.size()))
                                    .header("Content-Type", "application/x-gzip")
                                    .PUT(HttpRequest.BodyPublishers.ofByteArray(part))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() != 200) {
                throw new UnavailableException("the object store answered " + answer.statusCode());
            }
            parts.add(new BackupPart(answer.headers().firstValue("ETag").orElse(""), parts.size() + 1));
        }
        return parts;
    }

    private byte[] fetch(URI url) {
        if (!node.shared().reachable.test(url)) {
            throw new InvalidInputException("The provided backup link resolves to a blocked address.");
        }
        try {
            var answer = node.shared()
                    .http
                    .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new InvalidInputException(
                        "The provided backup link returned an invalid response status: " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UnavailableException("the backup could not be fetched: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    private void restore(FakeServer present, BackupId id, byte[] archive, boolean truncate) {
        boolean successful = true;
        try {
            if (truncate) {
                present.files().clear();
            }
            FakeArchives.unpack(archive, present.files(), "");
        } catch (RookeryException e) {
            successful = false;
        }
        boolean well = successful;
        present.restoring(false);
        FakeServer.report(() -> node.shared().panel.reportRestore(id, well));
        present.emit(new ConsoleEvent.DaemonMessage("Completed server restoration from local backup."));
        present.emit(new ConsoleEvent.RestoreCompleted());
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
