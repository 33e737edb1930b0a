package dev.rookery.daemon.internal.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.FileJobs;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import dev.rookery.daemon.internal.file.LongWork;
import dev.rookery.daemon.internal.file.ServerUploads;
import dev.rookery.daemon.internal.job.JobRun;
import dev.rookery.daemon.internal.job.JobWork;
import dev.rookery.daemon.internal.server.ManagedServer;
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
        return packing(request).job();
    }

    @Override
    public FileEntry compressed(CompressRequest request) {
        return packing(request).await(cancelled());
    }

    @Override
    public FileJob decompress(String directory, String file) {
        return unpacking(directory, file).job();
    }

    @Override
    public void decompressed(String directory, String file) {
        unpacking(directory, file).await(cancelled());
    }

    @Override
    public ArchiveListing entries(ArchiveQuery query) {
        require(Permission.FILE_READ);
        requireNonNull(query, "query");
        return node.running().entries().list(server.managed().volume(), query, cancelled());
    }

    @Override
    public Content entry(String archive, String entry) {
        require(Permission.FILE_READ_CONTENT);
        requireNonNull(archive, "archive");
        requireNonNull(entry, "entry");
        return node.running().entries().read(server.managed().volume(), archive, entry, cancelled());
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

    private JobRun<FileEntry> packing(CompressRequest request) {
        require(Permission.FILE_ARCHIVE);
        requireNonNull(request, "request");
        var volume = present().volume();
        var archives = node.running().archives();
        var name = archives.name(request);
        return begin(
                FileJob.Kind.COMPRESS,
                request.directory() + "/" + name,
                progress -> archives.compress(volume, request, name, progress));
    }

    private JobRun<Boolean> unpacking(String directory, String file) {
        require(Permission.FILE_ARCHIVE);
        requireNonNull(directory, "directory");
        requireNonNull(file, "file");
        var volume = present().volume();
        var archives = node.running().archives();
        archives.require(volume, directory, file);
        return begin(FileJob.Kind.DECOMPRESS, directory, progress -> {
            archives.decompress(volume, directory, file, progress);
            return true;
        });
    }

    private <T> JobRun<T> begin(FileJob.Kind kind, String path, JobWork<T> work) {
        return node.running().services().work().begin(server.id(), kind, path, work);
    }

    /** Returns the server; one that is being deleted gets no new files. */
    private ManagedServer present() {
        var present = server.managed();
        if (present.state().phase().leaving()) {
            throw new ConflictException("the server is being deleted");
        }
        return present;
    }

    private CancelSignal cancelled() {
        return node.options().cancel().orElseGet(CancelSignal::create);
    }

    private void require(Permission permission) {
        node.caller().require(permission, node.running().services().clock().instant());
    }
}
