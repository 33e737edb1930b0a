package dev.rookery.daemon.internal.http;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.token.Token;
import dev.rookery.api.token.TokenRefusal;
import dev.rookery.api.token.TokenRefusedException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers browsers that come with a signed URL. The node is asked in the name of the token's user. Blocks. Source: node API §2.8. */
final class SignedHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(SignedHandlers.class);

    private static final String NOT_FOUND = "The requested resource was not found on this server.";
    private static final String NO_FORM = "Failed to get multipart form data from request.";
    private static final String NO_FILES = "No files were found on the request body.";
    private static final String FIELD = "files";
    private static final int MEBIBYTE_SHIFT = 20;
    /** As many as a request may bring; panels send one, or a folder. */
    private static final long FILES_MAX = 1000;
    /** What a form has beside the files. */
    private static final long FORM_BYTES = 1 << 20;

    private final Edge edge;
    private final FileFailures failures;

    SignedHandlers(Edge edge) {
        this.edge = edge;
        this.failures = new FileFailures(edge.manner());
    }

    Response download(Request request) throws IOException {
        try {
            var token = edge.tokens().fileDownload(request.query("token"));
            if (!token.names().isEmpty() || !token.ignoredFiles().isEmpty()) {
                // Only Calagopus' panel asks for several files or hides some, and this edge does not speak like its
                // node.
                return notFound();
            }
            var server = server(token, token.server(), request);
            return used(token, server.files().read(token.path()), token.path(), request);
        } catch (TokenRefusedException e) {
            return refused(e);
        } catch (UnknownServerException e) {
            return notFound();
        } catch (InvalidInputException e) {
            return edge.manner().pelican() ? failures.general(e, request) : notFound();
        } catch (RookeryException e) {
            return failures.general(e, request);
        }
    }

    Response backup(Request request) throws IOException {
        try {
            var token = edge.tokens().backupDownload(request.query("token"));
            if (token.serverId().isEmpty()) {
                return notFound();
            }
            var server = server(token, token.serverId().get(), request);
            return used(token, server.backups().read(token.backup()), token.backup() + ".tar.gz", request);
        } catch (TokenRefusedException e) {
            return refused(e);
        } catch (UnknownServerException e) {
            return notFound();
        } catch (NotFoundException e) {
            return Failures.said(404, BackupHandlers.NO_SUCH_BACKUP, e);
        }
    }

    Response upload(Request request) throws IOException {
        NodeServer server;
        Caller.User caller;
        try {
            var token = edge.tokens().upload(request.query("token"));
            if (!token.ignoredFiles().isEmpty()) {
                return notFound();
            }
            server = server(token, token.server(), request);
            edge.tokens().use(token);
            caller = token.caller();
        } catch (TokenRefusedException e) {
            return refused(e);
        } catch (UnknownServerException e) {
            return notFound();
        }
        if (!(request.body() instanceof Request.Streamed body)) {
            return Response.error(400, NO_FORM);
        }
        long declared = body.content().sizeBytes().orElse(0);
        long most = details(server.id(), request).configuration().build().diskMebibytes() << MEBIBYTE_SHIFT;
        if (declared > FILES_MAX * edge.options().uploadLimitBytes() + FORM_BYTES) {
            return Response.error(413, "The request's body is too large.");
        }
        if (most > 0 && declared - FORM_BYTES > most) {
            // Before a byte of it is read.
            var full = new InvalidInputException("the body of " + declared + " bytes is larger than the disk space");
            return failures.general(full, request);
        }
        var parts = Multipart.of(request.headers().get(HttpHeaderNames.CONTENT_TYPE), body.content().stream());
        return parts.isEmpty()
                ? Response.error(400, NO_FORM)
                : store(parts.get(), new Uploading(server, caller, request));
    }

    /**
     * Files on their way in.
     *
     * @param caller who sends them
     */
    private record Uploading(NodeServer server, Caller.User caller, Request request) {}

    private Response store(Multipart parts, Uploading uploading) {
        int stored = 0;
        try {
            for (var part = parts.next(); part != null; part = parts.next()) {
                if (!part.name().equals(FIELD) || part.fileName().isEmpty()) {
                    continue;
                }
                if (stored == FILES_MAX) {
                    return Response.error(400, "More than " + FILES_MAX + " files in one request.");
                }
                var refusal = store(part, part.fileName().get(), uploading);
                if (refusal != null) {
                    return refusal;
                }
                stored++;
            }
        } catch (IOException ignored) {
            // The client's fault: its body broke off, or is none.
            return Response.error(400, NO_FORM);
        }
        return stored == 0 ? Response.error(400, NO_FILES) : Response.empty(200);
    }

    private @Nullable Response store(Multipart.Part part, String given, Uploading uploading) {
        var request = uploading.request();
        var directory = request.query("directory");
        var name = given.substring(given.lastIndexOf('/') + 1);
        long limit = edge.options().uploadLimitBytes();
        var stream = new UploadStream(part, limit);
        try {
            uploading.server().files().write(directory + "/" + name, Content.of(stream, OptionalLong.empty()));
            told(uploading, directory, name);
            return null;
        } catch (RookeryException e) {
            if (stream.tooLarge()) {
                return Response.error(
                        400,
                        "File " + name + " is larger than the maximum file upload size of " + (limit >> MEBIBYTE_SHIFT)
                                + " MB.");
            }
            return stream.broken() ? Response.error(400, NO_FORM) : failures.general(e, request);
        }
    }

    private void told(Uploading uploading, String directory, String name) {
        var user = uploading.caller();
        var here = new Caller.User(
                user.user(), user.permissions(), uploading.request().client(), user.expiresAt());
        try {
            edge.listener().uploaded(uploading.server().id(), here, directory, name);
        } catch (RuntimeException e) {
            LOG.error(
                    "nobody heard of an upload to server {}", uploading.server().id(), e);
        }
    }

    private Response used(Token token, Content content, String name, Request request) throws IOException {
        try {
            if (!request.match().headOnly()) {
                edge.tokens().use(token);
            }
        } catch (TokenRefusedException e) {
            content.close();
            return refused(e);
        }
        return FilePart.of(FileAnswers.saved(content, name), request.headers());
    }

    private NodeServer server(Token token, ServerId id, Request request) {
        try {
            details(id, request);
        } catch (NotFoundException e) {
            throw new UnknownServerException(e);
        }
        return edge.node().as(token.caller()).with(request.options()).server(id);
    }

    private ServerDetails details(ServerId id, Request request) {
        return edge.node().as(Caller.panel()).with(request.options()).server(id).details();
    }

    /** Says as much as somebody without a good token may know. Source: node API §2.8 and §7.5. */
    private static Response refused(TokenRefusedException refusal) {
        var reason = refusal.reason();
        boolean untimely = reason == TokenRefusal.EXPIRED
                || reason == TokenRefusal.NOT_YET_VALID
                || reason == TokenRefusal.TOO_LONG;
        return reason.forged() || untimely ? Failures.said(403, reason.text(), refusal) : notFound();
    }

    private static Response notFound() {
        return Response.error(404, NOT_FOUND).header(Failures.KIND_HEADER, "not-found");
    }

    /** Thrown where the node does not have the server of a token. */
    private static final class UnknownServerException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnknownServerException(NotFoundException cause) {
            super("this node does not have the server of the token", cause);
        }
    }
}
