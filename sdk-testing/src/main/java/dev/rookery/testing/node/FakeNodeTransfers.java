package dev.rookery.testing.node;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.node.NodeTransfers;
import dev.rookery.api.transfer.IncomingTransfer;
import dev.rookery.api.transfer.TransferStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The receiving side of a {@link FakeNode}. */
final class FakeNodeTransfers implements NodeTransfers {

    private final FakeNode node;

    FakeNodeTransfers(FakeNode node) {
        this.node = node;
    }

    /** The servers that are arriving, each with the thread that receives it. */
    static final class Arrivals {

        final Map<ServerId, Thread> threads = new ConcurrentHashMap<>();
    }

    @Override
    public void receive(IncomingTransfer transfer) {
        node.requirePanel();
        var id = transfer.server();
        node.requireAbsent(id);
        var arrivals = node.shared().arrivals.threads;
        if (arrivals.putIfAbsent(id, Thread.currentThread()) != null) {
            throw new ConflictException("server " + id + " is arriving already");
        }
        try {
            var server = new FakeServer(node.shared(), node.shared().panel.configuration(id));
            unpack(transfer, server);
            node.add(server);
            node.shared().panel.reportTransfer(id, true);
            server.emit(new ConsoleEvent.TransferChanged(TransferStatus.SUCCESS));
        } catch (RookeryException | IOException | UncheckedIOException e) {
            FakeServer.report(() -> node.shared().panel.reportTransfer(id, false));
            throw e instanceof RookeryException known
                    ? known
                    : new UnavailableException("the transfer broke off: " + e.getMessage(), e);
        } finally {
            arrivals.remove(id);
            Thread.interrupted();
        }
    }

    @Override
    public void cancel(ServerId server) {
        node.requirePanel();
        var receiver = node.shared().arrivals.threads.get(server);
        if (receiver == null) {
            throw new ConflictException("server " + server + " is not being transferred");
        }
        receiver.interrupt();
    }

    private static void unpack(IncomingTransfer transfer, FakeServer server) throws IOException {
        FakeArchives.unpack(read(transfer.archive()), server.files(), "");
        var backups = new LinkedHashMap<BackupId, byte[]>();
        for (var backup : transfer.backups().entrySet()) {
            backups.put(backup.getKey(), read(backup.getValue()));
        }
        server.backups().putAll(backups);
        Optional<Content> log = transfer.installLog();
        if (log.isPresent()) {
            server.installLog(new String(read(log.get()), StandardCharsets.UTF_8));
        }
    }

    private static byte[] read(Content content) throws IOException {
        try (content) {
            return content.stream().readAllBytes();
        }
    }
}
