package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Content;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.TransferParts;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.NodeTransfers;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.transfer.IncomingTransfer;
import dev.rookery.api.transfer.TransferRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both sides of moving a server. Source: node API §2.7 and §2.10.3. */
final class HttpNodeTransfers implements NodeTransfers {

    private static final Logger LOG = LoggerFactory.getLogger(HttpNodeTransfers.class);
    private static final String POOL = "X-Storage-Pool";
    private static final MediaType GZIP = MediaType.get("application/gzip");
    private static final MediaType TEXT = MediaType.get("text/plain");
    private static final int SERVER_ERROR = 500;

    private final NodeConnection node;

    HttpNodeTransfers(NodeConnection node) {
        this.node = node;
    }

    /** Has the node send a server to another one. */
    void start(ServerId server, TransferRequest request) {
        node.requirePanel("move a server");
        var call = node.slow(NodeCall.START_TRANSFER, server.toString()).server(server);
        node.ask(call.json(WireJson.write(startBody(server, request))));
    }

    @Override
    public void receive(IncomingTransfer transfer) {
        requireNonNull(transfer, "transfer");
        try {
            node.requirePanel("send a server to the node");
            var token = signer().transfer(transfer.server()).text();
            var call = node.streaming(NodeCall.RECEIVE_TRANSFER)
                    .server(transfer.server())
                    .header("Authorization", "Bearer " + token)
                    .body(body(transfer, node.nodeDialect().transferParts()));
            var pooled =
                    transfer.storagePool().map(pool -> call.header(POOL, pool)).orElse(call);
            node.ask(pooled);
        } finally {
            close(transfer);
        }
    }

    @Override
    public void cancel(ServerId server) {
        node.requirePanel("end the move of a server");
        try {
            node.ask(node.slow(NodeCall.CANCEL_RECEIVING, server.toString()).server(server));
        } catch (UnavailableException e) {
            // Both Go daemons forgot to load the server and break down over it. Source: node API §2.7.
            if (e.answer().filter(answer -> answer.status() == SERVER_ERROR).isPresent()
                    && node.dialect() != Dialect.CALAGOPUS) {
                throw new NotOfferedException(
                        e.getMessage() + " (this daemon cannot end a transfer to it)",
                        Capability.TRANSFERS,
                        e,
                        e.answer().orElse(null));
            }
            throw e;
        } catch (NotFoundException e) {
            throw HttpNodeServer.conflict(e);
        }
    }

    private Map<String, Object> startBody(ServerId server, TransferRequest request) {
        var body = new LinkedHashMap<String, Object>();
        body.put("url", request.destination().toString());
        body.put("token", "Bearer " + request.token());
        body.put("backups", request.backups());
        if (node.dialect() == Dialect.CALAGOPUS) {
            body.put("archive_format", "tar_gz");
            body.put("delete_backups", false);
            body.put("multiplex_streams", 0);
        } else {
            // Not looked at, but panels send it.
            body.put("server", new CreateServer(server, false));
        }
        return body;
    }

    private MultipartBody body(IncomingTransfer transfer, TransferParts parts) {
        var body = new MultipartBody.Builder().setType(MultipartBody.FORM);
        var archive = new Multipart.Part(TransferParts.ARCHIVE, "archive.tar.gz", GZIP, transfer.archive());
        Multipart.addChecked(body, archive, parts.checksum());
        if (parts.takesBackups()) {
            var type = MediaType.get(parts.backupType());
            for (var backup : transfer.backups().entrySet()) {
                Multipart.addChecked(body, part(parts, backup, type), parts.backupChecksum(backup.getKey()));
            }
        } else if (!transfer.backups().isEmpty()) {
            LOG.warn(
                    "{} takes no backups with a server; {} are left behind",
                    node.settings().peer(),
                    transfer.backups().size());
        }
        if (parts.takesInstallLog()) {
            transfer.installLog()
                    .ifPresent(log ->
                            Multipart.add(body, new Multipart.Part(parts.installLog(), "install.log", TEXT, log)));
        }
        return body.build();
    }

    private static Multipart.Part part(TransferParts parts, Map.Entry<BackupId, Content> backup, MediaType type) {
        return new Multipart.Part(parts.backup(backup.getKey()), backup.getKey() + ".tar.gz", type, backup.getValue());
    }

    private TokenSigner signer() {
        return Signing.of(node.settings(), node.dialect());
    }

    private static void close(IncomingTransfer transfer) {
        close(transfer.archive());
        transfer.backups().values().forEach(HttpNodeTransfers::close);
        transfer.installLog().ifPresent(HttpNodeTransfers::close);
    }

    private static void close(Content content) {
        try {
            content.close();
        } catch (IOException e) {
            LOG.debug("a content of a transfer cannot be closed", e);
        }
    }
}
