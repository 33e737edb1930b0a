package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.node.NodeBackups;
import dev.rookery.api.node.NodeServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers the requests for backups. Blocks. Source: node API §2.6. */
final class BackupHandlers {

    static final String NO_SUCH_BACKUP = "The requested backup was not found on this server.";

    private static final String BAD_UUID = "The backup identifier must be a valid UUID.";
    private static final String NO_URL = "The download_url field is required when the backup adapter is set to S3.";
    private static final String BAD_URL = "The provided backup link is not a valid URL.";
    private static final String BAD_SCHEME = "The provided backup link must use HTTP or HTTPS.";

    private final Manner manner;

    BackupHandlers(Manner manner) {
        this.manner = manner;
    }

    void addTo(Map<NodeCall, ServerCall> calls) {
        calls.put(NodeCall.CREATE_BACKUP, this::create);
        calls.put(NodeCall.RESTORE_BACKUP, this::restore);
        calls.put(NodeCall.DELETE_BACKUP, this::delete);
        calls.put(NodeCall.DELETE_ALL_BACKUPS, (server, request) -> {
            backups(server).deleteAll();
            return Response.empty(204);
        });
    }

    private Response create(NodeServer server, Request request) {
        var backups = backups(server);
        var body = JsonBody.of(request);
        var adapter = new BackupAdapter(body.text("adapter"));
        if (!known(adapter)) {
            return Failures.unexpected(request.requestId());
        }
        var id = id(body.text("uuid"));
        if (id.isEmpty()) {
            return Response.error(400, BAD_UUID);
        }
        var ignored =
                body.text("ignore").lines().filter(line -> !line.isBlank()).toList();
        backups.create(new BackupRequest(id.get(), adapter, List.copyOf(ignored)));
        return Response.empty(202);
    }

    private Response restore(NodeServer server, Request request) {
        var backups = backups(server);
        var id = id(request.argument());
        if (id.isEmpty()) {
            return unknown();
        }
        var body = JsonBody.of(request);
        var adapter = new BackupAdapter(body.text("adapter"));
        boolean truncate = body.bool("truncate_directory");
        if (!known(adapter)) {
            return Failures.badBody(request.requestId());
        }
        var url = Optional.<URI>empty();
        if (adapter.equals(BackupAdapter.S3)) {
            var refusal = refusal(body.text("download_url"));
            if (refusal.isPresent()) {
                return Response.error(400, refusal.get());
            }
            url = Optional.of(URI.create(body.text("download_url")));
        }
        try {
            backups.restore(id.get(), new RestoreRequest(adapter, truncate, url));
            return Response.empty(202);
        } catch (NotFoundException e) {
            return Failures.said(404, NO_SUCH_BACKUP, e);
        }
    }

    private static Optional<String> refusal(String url) {
        if (url.isEmpty()) {
            return Optional.of(NO_URL);
        }
        try {
            var scheme = String.valueOf(URI.create(url).getScheme());
            return scheme.equals("http") || scheme.equals("https") ? Optional.empty() : Optional.of(BAD_SCHEME);
        } catch (IllegalArgumentException ignored) {
            // Told in the words of the protocol; the URL itself is a secret.
            return Optional.of(BAD_URL);
        }
    }

    private Response delete(NodeServer server, Request request) {
        var backups = backups(server);
        var id = id(request.argument());
        if (id.isEmpty()) {
            return unknown();
        }
        try {
            backups.delete(id.get());
            return Response.empty(204);
        } catch (NotFoundException e) {
            return Failures.said(404, NO_SUCH_BACKUP, e);
        }
    }

    /** The answer to a backup in the path that is no UUID: only Pelican's daemon looks at that. */
    private Response unknown() {
        return manner.pelican() ? Response.error(400, BAD_UUID) : Response.error(404, NO_SUCH_BACKUP);
    }

    private static NodeBackups backups(NodeServer server) {
        server.details();
        return server.backups();
    }

    private static boolean known(BackupAdapter adapter) {
        return adapter.equals(BackupAdapter.WINGS) || adapter.equals(BackupAdapter.S3);
    }

    private static Optional<BackupId> id(String text) {
        try {
            return Optional.of(BackupId.parse(text));
        } catch (InvalidInputException ignored) {
            // Told in the words of the protocol.
            return Optional.empty();
        }
    }
}
