package dev.rookery.daemon.internal.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.RemoteDownload;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import dev.rookery.daemon.internal.download.Downloads;
import dev.rookery.daemon.internal.file.Delivery;
import java.util.List;
import java.util.Optional;

/** What the node fetches for one server, asked for by one caller. Immutable and thread-safe. */
final class ServerDownloads implements RemoteDownloads {

    private final DaemonNode node;
    private final DaemonServer server;

    ServerDownloads(DaemonNode node, DaemonServer server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public List<RemoteDownload> list() {
        require(Permission.FILE_READ);
        return downloads().list(server.managed().id()).stream()
                .map(job ->
                        new RemoteDownload(job.id(), Downloads.share(job), Optional.of(job.path()), job.totalBytes()))
                .toList();
    }

    @Override
    public String start(RemoteDownloadRequest request) {
        return downloads()
                .begin(server.id(), requireNonNull(request, "request"), delivery())
                .job()
                .id();
    }

    @Override
    public FileEntry fetch(RemoteDownloadRequest request) {
        return downloads()
                .begin(server.id(), requireNonNull(request, "request"), delivery())
                .await(node.options().cancel().orElseGet(CancelSignal::create));
    }

    @Override
    public void cancel(String id) {
        require(Permission.FILE_CREATE);
        downloads().cancel(server.managed().id(), requireNonNull(id, "id"));
    }

    private Delivery delivery() {
        return new Delivery(
                () -> server.managed().volume(),
                node.caller(),
                node.running().services().clock().instant());
    }

    private Downloads downloads() {
        return node.running().downloads();
    }

    private void require(Permission permission) {
        node.caller().require(permission, node.running().services().clock().instant());
    }
}
