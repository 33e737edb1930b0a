package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.RemoteDownload;
import dev.rookery.api.file.RemoteDownloadRequest;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Files that a node behind HTTP fetches. Source: node API §2.5 pull and §2.10.3. */
final class HttpNodeDownloads implements RemoteDownloads {

    private static final List<String> SWITCHED_OFF =
            List.of("functionality is not currently enabled", "remote pulling is disabled");

    private static final int ACCEPTED = 202;

    private final NodeConnection node;
    private final ServerId server;

    HttpNodeDownloads(NodeConnection node, ServerId server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public List<RemoteDownload> list() {
        node.require(Permission.FILE_READ);
        var call = node.query(NodeCall.LIST_DOWNLOADS, server.toString()).server(server);
        return offered(() -> node.ask(call).read(node.anyFileDialect()::readDownloads));
    }

    @Override
    public String start(RemoteDownloadRequest request) {
        node.require(Permission.FILE_CREATE);
        var call = node.slow(NodeCall.START_DOWNLOAD, server.toString()).server(server);
        var dialect = node.anyFileDialect();
        return offered(() -> node.ask(call.json(dialect.download(requireNonNull(request, "request"), false)))
                .read(dialect::readIdentifier));
    }

    @Override
    public FileEntry fetch(RemoteDownloadRequest request) {
        node.require(Permission.FILE_CREATE);
        var call = node.work(NodeCall.START_DOWNLOAD, server.toString()).server(server);
        var dialect = node.anyFileDialect();
        var answer = offered(() -> node.ask(call.json(dialect.download(requireNonNull(request, "request"), true))));
        refuseBackground(answer);
        return answer.read(dialect::readEntry).orElseGet(() -> found(request, answer));
    }

    /** Older daemons do not know that a caller may want to wait. */
    private static void refuseBackground(Answer answer) {
        if (answer.remote().status() == ACCEPTED
                && answer.json(Json.class) instanceof Json.Obj object
                && object.members().get("identifier") instanceof Json.Text id) {
            throw new NotOfferedException(
                    NodeCall.START_DOWNLOAD + ": the node fetches in the background only, and has begun with "
                            + id.value(),
                    Capability.REMOTE_DOWNLOADS,
                    null,
                    answer.remote());
        }
    }

    @Override
    public void cancel(String id) {
        node.require(Permission.FILE_CREATE);
        var call = node.query(NodeCall.CANCEL_DOWNLOAD, server.toString(), requireNonNull(id, "id"))
                .server(server);
        try {
            offered(() -> node.ask(call));
        } catch (NotFoundException e) {
            // Calagopus says so of an unknown download; the others never do.
            if (node.dialect() != Dialect.CALAGOPUS
                    || String.valueOf(e.getMessage()).contains("server not found")) {
                throw e;
            }
        }
    }

    /** Calagopus does not tell what it fetched, so the directory is looked into: for the name, or else for what is newest. */
    private FileEntry found(RemoteDownloadRequest request, Answer answer) {
        var files = new HttpNodeFiles(node, server)
                .entries(request.directory()).stream()
                        .filter(entry -> !entry.directory())
                        .toList();
        return name(request)
                .flatMap(name -> files.stream()
                        .filter(entry -> entry.name().equals(name))
                        .findFirst())
                .or(() -> files.stream().max(Comparator.comparing(FileEntry::modified)))
                .orElseThrow(() -> new ProtocolException(
                        NodeCall.START_DOWNLOAD + ": the node says the file is there, but its directory is empty",
                        null,
                        answer.remote()));
    }

    private static Optional<String> name(RemoteDownloadRequest request) {
        if (request.useHeader()) {
            return Optional.empty();
        }
        return request.fileName()
                .or(() -> Optional.ofNullable(request.url().getPath())
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .filter(name -> !name.isEmpty()));
    }

    /** A node whose operator has switched downloads off does not offer them. */
    private static <T> T offered(Supplier<T> call) {
        try {
            return call.get();
        } catch (InvalidInputException e) {
            if (SWITCHED_OFF.stream().anyMatch(String.valueOf(e.getMessage())::contains)) {
                throw new NotOfferedException(
                        String.valueOf(e.getMessage()),
                        Capability.REMOTE_DOWNLOADS,
                        e,
                        e.answer().orElse(null));
            }
            throw e;
        }
    }
}
