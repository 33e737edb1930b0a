package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.node.NodeFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Answers the requests for what is in archives: our extension. Blocks. */
final class ArchiveHandlers {

    private static final int LIMIT = 100;

    private final FileFailures failures;

    ArchiveHandlers(Manner manner) {
        this.failures = new FileFailures(manner);
    }

    void addTo(Map<NodeCall, ServerCall> calls) {
        calls.put(NodeCall.LIST_ARCHIVE, (server, request) -> {
            server.details();
            return told(request, () -> list(server.files(), request));
        });
        calls.put(NodeCall.READ_ARCHIVE_ENTRY, (server, request) -> {
            server.details();
            return told(request, () -> read(server.files(), request));
        });
    }

    private static Response list(NodeFiles files, Request request) {
        var after = Optional.of(request.query("after")).filter(text -> !text.isEmpty());
        var query = new ArchiveQuery(
                request.query("file"), request.query("directory"), after, request.number("limit", LIMIT));
        return Response.json(200, files.listArchive(query));
    }

    private static Response read(NodeFiles files, Request request) throws IOException {
        var entry = request.query("entry");
        return FileAnswers.shown(
                files.readArchive(request.query("file"), entry),
                entry,
                !request.query("download").isEmpty());
    }

    /** These calls are ours, so that what is missing need not fail as if by accident. */
    private Response told(Request request, Asked asked) {
        try {
            return asked.answer();
        } catch (NotFoundException e) {
            return Failures.said(404, String.valueOf(e.getMessage()), e);
        } catch (RookeryException e) {
            return failures.general(e, request);
        } catch (IOException e) {
            // The first bytes are looked at before the answer begins: a file that is damaged there can still be
            // refused.
            var damaged = new InvalidInputException(String.valueOf(e.getMessage()), e);
            return Failures.said(400, String.valueOf(e.getMessage()), damaged, request);
        }
    }

    @FunctionalInterface
    private interface Asked {
        Response answer() throws IOException;
    }
}
