package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.permission.Permission;

/** Archives of a server's files. Source: node API §2.5 compress, decompress and §2.10.3. */
final class HttpNodeArchives {

    // What Pterodactyl's daemon says of a gzip-compressed tar.
    private static final String ODD_GZIP = "application/tar+gzip";

    private final NodeConnection node;
    private final ServerId server;

    HttpNodeArchives(NodeConnection node, ServerId server) {
        this.node = node;
        this.server = server;
    }

    FileEntry compress(CompressRequest request) {
        node.require(Permission.FILE_ARCHIVE);
        var call = node.work(NodeCall.COMPRESS, server.toString()).server(server);
        var dialect = node.fileDialect();
        var entry = node.ask(call.json(dialect.compress(request)))
                .read(body -> dialect.readEntry(body)
                        .orElseThrow(() -> new InvalidInputException("no entry (expected: the archive)")));
        return entry.mime().equals(ODD_GZIP)
                ? FileEntry.builder().from(entry).mime("application/gzip").build()
                : entry;
    }

    void decompress(String directory, String file) {
        requireNonNull(directory, "directory");
        requireNonNull(file, "file");
        node.require(Permission.FILE_ARCHIVE);
        var call = node.work(NodeCall.DECOMPRESS, server.toString()).server(server);
        try {
            node.ask(call.json(node.fileDialect().decompress(directory, file)));
        } catch (InvalidInputException e) {
            // Calagopus' daemon passes its system's words on.
            if (String.valueOf(e.getMessage()).contains("No such file")) {
                throw new NotFoundException(
                        String.valueOf(e.getMessage()), e, e.answer().orElse(null));
            }
            throw e;
        }
    }

    ArchiveListing list(ArchiveQuery query) {
        node.require(Permission.FILE_READ);
        var call = node.work(NodeCall.LIST_ARCHIVE, server.toString())
                .server(server)
                .query("file", query.archive())
                .query("directory", query.directory())
                .query("limit", Integer.toString(query.limit()));
        var asked = query.after().map(after -> call.query("after", after)).orElse(call);
        return node.ask(asked).json(ArchiveListing.class);
    }

    /** Nothing is held in memory but one chunk. */
    Content read(String archive, String entry) {
        requireNonNull(archive, "archive");
        requireNonNull(entry, "entry");
        node.require(Permission.FILE_READ_CONTENT);
        return node.open(node.streaming(NodeCall.READ_ARCHIVE_ENTRY, server.toString())
                .server(server)
                .query("file", archive)
                .query("entry", entry));
    }
}
