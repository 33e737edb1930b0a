package dev.rookery.testing.node;

import dev.rookery.api.Content;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.dialect.NodeDialect;
import dev.rookery.api.dialect.TransferParts;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.transfer.IncomingTransfer;
import dev.rookery.api.transfer.TransferRequest;
import dev.rookery.api.transfer.TransferStatus;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The sending side of a transfer: over HTTP as the daemon of its dialect does, or straight to a node that the test has connected. */
final class FakeTransfer {

    private final FakeState node;
    private final FakeServer server;
    private final TransferRequest request;

    FakeTransfer(FakeState node, FakeServer server, TransferRequest request) {
        this.node = node;
        this.server = server;
        this.request = request;
    }

    void run() {
        server.emit(new ConsoleEvent.TransferChanged(TransferStatus.PROCESSING));
        server.emit(
                new ConsoleEvent.TransferLog("[Transfer System] [Source Node]: sending to " + request.destination()));
        TransferStatus end;
        try {
            send();
            end = TransferStatus.COMPLETED;
        } catch (RookeryException | IOException e) {
            server.emit(new ConsoleEvent.TransferLog("[Transfer System] [Source Node]: " + e.getMessage()));
            end = TransferStatus.FAILURE;
        } catch (InterruptedException e) {
            // The thread is the pool's; that it was interrupted means that the transfer was ended.
            end = TransferStatus.CANCELLED;
        }
        server.endTransfer();
        if (!end.equals(TransferStatus.COMPLETED)) {
            FakeServer.report(() -> node.panel.reportTransfer(server.id(), false));
        }
        server.emit(new ConsoleEvent.TransferChanged(end));
    }

    private void send() throws IOException, InterruptedException {
        byte[] archive = FakeArchives.pack(new TreeMap<>(server.files().tree("")), ArchiveFormat.TAR_GZ);
        var backups = new LinkedHashMap<BackupId, byte[]>();
        for (var id : request.backups()) {
            Optional.ofNullable(server.backups().get(id)).ifPresent(bytes -> backups.put(id, bytes));
        }
        var connected = node.destinations.get(request.destination());
        if (connected != null) {
            var contents = new LinkedHashMap<BackupId, Content>();
            backups.forEach((id, bytes) -> contents.put(id, Content.of(bytes)));
            connected
                    .transfers()
                    .receive(IncomingTransfer.builder(server.id(), Content.of(archive))
                            .backups(contents)
                            .installLog(Content.of(server.installLog().getBytes(StandardCharsets.UTF_8)))
                            .build());
        } else {
            post(archive, backups);
        }
    }

    private void post(byte[] archive, Map<BackupId, byte[]> backups) throws IOException, InterruptedException {
        var boundary = "transfer-" + UUID.randomUUID();
        var body = body(boundary, NodeDialect.of(node.dialect).transferParts(), archive, backups);
        var answer = node.http.send(
                HttpRequest.newBuilder(request.destination())
                        .header("Authorization", "Bearer " + request.token())
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofByteArrays(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new UnavailableException("the other node answered " + answer.statusCode());
        }
    }

    private List<byte[]> body(String boundary, TransferParts parts, byte[] archive, Map<BackupId, byte[]> backups) {
        var body = new ArrayList<byte[]>();
        part(body, boundary, TransferParts.ARCHIVE, "archive.tar.gz", archive);
        part(body, boundary, parts.checksum(), "", text(sha256(archive)));
        var sent = parts.takesBackups() ? backups : Map.<BackupId, byte[]>of();
        sent.forEach((id, bytes) -> {
            part(body, boundary, parts.backup(id), id + ".tar.gz", bytes);
            part(body, boundary, parts.backupChecksum(id), "", text(sha256(bytes)));
        });
        if (parts.takesInstallLog()) {
            part(body, boundary, parts.installLog(), "install.log", text(server.installLog()));
        }
        body.add(text("--" + boundary + "--\r\n"));
        return body;
    }

    private static void part(List<byte[]> body, String boundary, String name, String file, byte[] content) {
        var disposition = "form-data; name=\"" + name + "\"" + (file.isEmpty() ? "" : "; filename=\"" + file + "\"");
        body.add(text("--" + boundary + "\r\nContent-Disposition: " + disposition + "\r\n"
                + (file.isEmpty() ? "" : "Content-Type: application/octet-stream\r\n") + "\r\n"));
        body.add(content);
        body.add(text("\r\n"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
