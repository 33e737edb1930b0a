package dev.rookery.daemon.internal.node;

import dev.rookery.api.NotOfferedException;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.FileJobs;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import dev.rookery.daemon.internal.file.LongWork;
import dev.rookery.daemon.internal.file.ServerUploads;
import java.util.List;

/** The jobs with one server's files, asked for by one caller. Immutable and thread-safe. */
final class ServerJobs implements FileJobs, LongWork {

    private static final String SWITCHED_OFF = "This functionality is not currently enabled on this instance.";

    private final DaemonNode node;
    private final DaemonServer server;

    ServerJobs(DaemonNode node, DaemonServer server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public FileJobs jobs() {
        return this;
    }

    @Override
    public RemoteDownloads downloads() {
        if (node.running().downloads().disabled()) {
            throw new NotOfferedException(SWITCHED_OFF, Capability.REMOTE_DOWNLOADS, null, null);
        }
        return new ServerDownloads(node, server);
    }

    @Override
    public FileUploads uploads() {
        return new ServerUploads(
                server.id(),
                node.caller(),
                node.running().services().clock(),
                node.running().uploads(),
                () -> server.managed().volume());
    }

    @Override
    public List<FileJob> list() {
        require(Permission.FILE_READ);
        return node.running().services().work().list(server.managed().id());
    }

    @Override
    public FileJob compress(CompressRequest request) {
        throw new NotOfferedException(Capability.ARCHIVES);
    }

    @Override
    public FileJob decompress(String directory, String file) {
        throw new NotOfferedException(Capability.ARCHIVES);
    }

    @Override
    public void cancel(String id) {
        for (var job : list()) {
            if (job.id().equals(id) && !job.state().ended()) {
                require(job.kind() == FileJob.Kind.DOWNLOAD ? Permission.FILE_CREATE : Permission.FILE_ARCHIVE);
                node.running().services().work().cancel(server.id(), id);
            }
        }
    }

    private void require(Permission permission) {
        node.caller().require(permission, node.running().services().clock().instant());
    }
}
