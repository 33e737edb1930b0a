package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.node.FileJobs;
import dev.rookery.api.permission.Permission;
import java.util.List;

/** What a node behind HTTP does with a server's files on its own; nodes of ours have it. */
final class HttpNodeJobs implements FileJobs {

    private static final String PREFER = "Prefer";
    private static final String RESPOND_ASYNC = "respond-async";

    private final NodeConnection node;
    private final ServerId server;

    HttpNodeJobs(NodeConnection node, ServerId server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public List<FileJob> list() {
        node.require(Permission.FILE_READ);
        return listed();
    }

    @Override
    public FileJob compress(CompressRequest request) {
        node.require(Permission.FILE_ARCHIVE);
        return begun(NodeCall.COMPRESS, node.fileDialect().compress(requireNonNull(request, "request")));
    }

    @Override
    public FileJob decompress(String directory, String file) {
        requireNonNull(directory, "directory");
        requireNonNull(file, "file");
        node.require(Permission.FILE_ARCHIVE);
        return begun(NodeCall.DECOMPRESS, node.fileDialect().decompress(directory, file));
    }

    @Override
    public void cancel(String id) {
        requireNonNull(id, "id");
        node.require(Permission.FILE_READ);
        for (var job : listed()) {
            if (job.id().equals(id) && !job.state().ended()) {
                node.require(job.kind() == FileJob.Kind.DOWNLOAD ? Permission.FILE_CREATE : Permission.FILE_ARCHIVE);
                node.ask(node.query(NodeCall.CANCEL_FILE_JOB, server.toString(), id)
                        .server(server));
            }
        }
    }

    private List<FileJob> listed() {
        var call = node.query(NodeCall.LIST_FILE_JOBS, server.toString()).server(server);
        return node.ask(call).json(FileRequests.Jobs.class).jobs();
    }

    private FileJob begun(NodeCall call, byte[] body) {
        // A node without jobs would do the work while we wait.
        node.requireCall(NodeCall.LIST_FILE_JOBS);
        var asked = node.slow(call, server.toString()).server(server).json(body).header(PREFER, RESPOND_ASYNC);
        return node.ask(asked).json(FileJob.class);
    }
}
