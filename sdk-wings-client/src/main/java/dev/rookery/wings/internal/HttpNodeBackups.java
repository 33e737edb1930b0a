package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Content;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.NodeBackups;
import dev.rookery.api.permission.Permission;

/** The backups of a server behind HTTP. Source: node API §2.6. */
final class HttpNodeBackups implements NodeBackups {

    private final NodeConnection node;
    private final ServerId server;

    HttpNodeBackups(NodeConnection node, ServerId server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public void create(BackupRequest request) {
        node.require(Permission.BACKUP_CREATE);
        node.ask(slow(NodeCall.CREATE_BACKUP).json(WireJson.write(requireNonNull(request, "request"))));
    }

    @Override
    public void restore(BackupId id, RestoreRequest request) {
        node.require(Permission.BACKUP_RESTORE);
        node.ask(slow(NodeCall.RESTORE_BACKUP, id.toString()).json(WireJson.write(requireNonNull(request, "request"))));
    }

    @Override
    public void delete(BackupId id) {
        node.require(Permission.BACKUP_DELETE);
        node.ask(slow(NodeCall.DELETE_BACKUP, id.toString()));
    }

    @Override
    public void deleteAll() {
        node.requirePanel("delete all backups");
        node.ask(slow(NodeCall.DELETE_ALL_BACKUPS));
    }

    /** The node's only way to read a backup is a signed URL. */
    @Override
    public Content read(BackupId id) {
        var urls = new SignedCalls(node, server);
        return urls.open(urls.backup(id));
    }

    private RemoteCall slow(NodeCall call, String... more) {
        var arguments = new String[more.length + 1];
        arguments[0] = server.toString();
        System.arraycopy(more, 0, arguments, 1, more.length);
        return node.slow(call, arguments).server(server);
    }
}
