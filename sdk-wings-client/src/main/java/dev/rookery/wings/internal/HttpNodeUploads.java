package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Content;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.file.FileUpload;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Files that a node of ours behind HTTP takes in pieces. */
final class HttpNodeUploads implements FileUploads {

    private final NodeConnection node;
    private final ServerId server;
    private final Consumer<String> requireWrite;

    /**
     * Creates it.
     *
     * @param requireWrite refuses a caller who may not write the file of a path
     */
    HttpNodeUploads(NodeConnection node, ServerId server, Consumer<String> requireWrite) {
        this.node = node;
        this.server = server;
        this.requireWrite = requireWrite;
    }

    @Override
    public FileUpload begin(String path, long sizeBytes) {
        requireWrite.accept(requireNonNull(path, "path"));
        var body = WireJson.write(new FileRequests.Upload(path, OptionalLong.of(sizeBytes)));
        var call = node.slow(NodeCall.BEGIN_UPLOAD, server.toString()).server(server);
        return node.ask(call.json(body)).json(FileUpload.class);
    }

    @Override
    public FileUpload get(String id) {
        requireSome();
        return state(id);
    }

    @Override
    public FileUpload append(String id, long offsetBytes, Content content, boolean overwrite) {
        requireNonNull(id, "id");
        try (content) {
            requireSome();
            if (node.may(Permission.FILE_CREATE) != node.may(Permission.FILE_UPDATE)) {
                // Which of the two is needed depends on what is there by now.
                requireWrite.accept(state(id).path());
            }
            var answer = new FileUpload[1];
            Spool.send(
                    node,
                    content,
                    body -> answer[0] = node.ask(node.streaming(NodeCall.APPEND_UPLOAD, server.toString(), id)
                                    .server(server)
                                    .header(FileRequests.Upload.OFFSET_HEADER, Long.toString(offsetBytes))
                                    .header(FileRequests.Upload.OVERWRITE_HEADER, Boolean.toString(overwrite))
                                    .body(body))
                            .json(FileUpload.class));
            return answer[0];
        } catch (IOException e) {
            throw new UnavailableException("the piece of upload " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void cancel(String id) {
        requireSome();
        node.ask(node.query(NodeCall.CANCEL_UPLOAD, server.toString(), requireNonNull(id, "id"))
                .server(server));
    }

    private FileUpload state(String id) {
        return node.ask(node.query(NodeCall.UPLOAD_STATE, server.toString(), requireNonNull(id, "id"))
                        .server(server))
                .json(FileUpload.class);
    }

    private void requireSome() {
        if (!node.may(Permission.FILE_CREATE)) {
            node.require(Permission.FILE_UPDATE);
        }
    }
}
