package dev.rookery.daemon.internal.http;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.ContentSearch;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FilePage;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.node.NodeFiles;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Answers the requests for files. Blocks. Source: node API §2.5. */
final class FileHandlers {

    private static final String DIRECTORY_IN_THE_WAY =
            "Cannot write file, name conflicts with an existing directory by the same name.";
    private static final String FILE_IN_THE_PATH = "Part of the path being created is not a directory (ENOTDIR).";
    private static final String EXISTS = "Cannot move or rename file, destination already exists.";
    private static final String NO_SPACE =
            "This server does not have enough available disk space to generate a compressed archive.";
    private static final String UNKNOWN_ARCHIVE = "The archive provided is in a format Wings does not understand.";
    private static final String BUSY = "One or more files this archive is attempting to overwrite are currently in use"
            + " by another process. Please try again.";
    private static final int PER_PAGE = 100;
    private static final String PTERODACTYL_ARCHIVE = "application/tar+gzip";
    /** What Pelican's daemon writes, and Zstandard; for anything else it writes gzip. */
    private static final Set<ArchiveFormat> FORMATS = Set.of(
            ArchiveFormat.TAR_GZ,
            ArchiveFormat.ZIP,
            ArchiveFormat.TAR,
            ArchiveFormat.TAR_BZ2,
            ArchiveFormat.TAR_XZ,
            ArchiveFormat.TAR_ZSTD);

    private final Manner manner;
    private final FileFailures failures;

    FileHandlers(Manner manner) {
        this.manner = manner;
        this.failures = new FileFailures(manner);
    }

    void addTo(Map<NodeCall, ServerCall> calls) {
        calls.put(NodeCall.READ_FILE, known(this::read));
        calls.put(NodeCall.WRITE_FILE, known(this::write));
        calls.put(NodeCall.LIST_FILES, known(this::list));
        calls.put(NodeCall.RENAME_FILES, known(this::rename));
        calls.put(NodeCall.COPY_FILE, known(this::copy));
        calls.put(NodeCall.DELETE_FILES, known(this::delete));
        calls.put(NodeCall.CREATE_DIRECTORY, known(this::createDirectory));
        calls.put(NodeCall.CHMOD_FILES, known(this::chmod));
        calls.put(NodeCall.COMPRESS, known(this::compress));
        calls.put(NodeCall.DECOMPRESS, known(this::decompress));
        calls.put(NodeCall.SEARCH_FILES, known(this::search));
        calls.put(NodeCall.LIST_FILE_PAGE, known(this::page));
        calls.put(NodeCall.SEARCH_CONTENT, known(this::searchContent));
    }

    /** A call about the files of a server that is there. */
    @FunctionalInterface
    private interface FileCall {
        Response answer(NodeFiles files, Request request) throws IOException;
    }

    /** Asks for the server first, so that what is not found later is a file. */
    private ServerCall known(FileCall call) {
        return (server, request) -> {
            server.details();
            try {
                return call.answer(server.files(), request);
            } catch (RookeryException e) {
                return failures.general(e, request);
            }
        };
    }

    private Response read(NodeFiles files, Request request) throws IOException {
        var whole = FileAnswers.shown(
                files.read(file(request)),
                request.query("file"),
                !request.query("download").isEmpty());
        return FilePart.of(whole, request.headers());
    }

    private Response write(NodeFiles files, Request request) throws IOException {
        if (!request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return Response.error(400, "Missing Content-Length");
        }
        try {
            files.write(file(request), request.streamed());
            return Response.empty(204);
        } catch (InvalidInputException e) {
            var text = FileFailures.text(e);
            return text.equals(FileFailures.IS_DIRECTORY)
                    ? Failures.said(400, DIRECTORY_IN_THE_WAY, e)
                    : Failures.said(400, text, e, request);
        }
    }

    private static String file(Request request) {
        var path = request.query("file");
        if (path.chars().allMatch(character -> character == '/')) {
            throw new InvalidInputException("file: '" + path + "' is a directory (expected: a file)");
        }
        return path;
    }

    private Response list(NodeFiles files, Request request) {
        try {
            return Response.written(
                    200, manner.files().writeEntries(shown(files.list(request.query("directory"))), false));
        } catch (NotFoundException e) {
            return failures.noDirectory(e, request);
        }
    }

    private Response page(NodeFiles files, Request request) {
        FilePage page;
        try {
            page = files.list(
                    request.query("directory"), request.number("page", 1), request.number("per_page", PER_PAGE));
        } catch (NotFoundException e) {
            // Ours, so that it need not fail as if by accident.
            return Failures.said(404, FileFailures.NO_SUCH_FILE, e);
        }
        var entries = manner.files().writeEntries(shown(page.entries()), false);
        var head = ("{\"total\":" + page.total() + ",\"entries\":").getBytes(StandardCharsets.US_ASCII);
        var body = new ByteArrayOutputStream(head.length + entries.length + 1);
        body.writeBytes(head);
        body.writeBytes(entries);
        body.write('}');
        return Response.written(200, body.toByteArray());
    }

    private Response searchContent(NodeFiles files, Request request) {
        try {
            return Response.json(200, files.search(JsonBody.of(request).as(ContentSearch.class)));
        } catch (NotFoundException e) {
            return Failures.said(404, FileFailures.NO_SUCH_FILE, e);
        }
    }

    private Response rename(NodeFiles files, Request request) {
        var body = JsonBody.of(request).as(FileRequests.Rename.class);
        if (body.files().isEmpty()) {
            return Response.error(422, "No files to move or rename were provided.");
        }
        try {
            files.rename(body.root(), body.files());
            return Response.empty(204);
        } catch (ConflictException e) {
            return Failures.said(400, EXISTS, e);
        }
    }

    private Response copy(NodeFiles files, Request request) {
        files.copy(JsonBody.of(request).as(FileRequests.Copy.class).location());
        return Response.empty(204);
    }

    private Response delete(NodeFiles files, Request request) {
        var body = JsonBody.of(request).as(FileRequests.Delete.class);
        if (body.files().isEmpty()) {
            return Response.error(422, "No files were specified for deletion.");
        }
        if (!manner.passesOverMissingFiles()) {
            files.delete(body.root(), body.files());
            return Response.empty(204);
        }
        for (var file : body.files()) {
            try {
                files.delete(body.root(), List.of(file));
            } catch (NotFoundException ignored) {
                // Gone is gone. Source: node API §7.1.
            }
        }
        return Response.empty(204);
    }

    private Response createDirectory(NodeFiles files, Request request) {
        var body = JsonBody.of(request).as(FileRequests.Directory.class);
        var path = body.path() + "/" + body.name();
        try {
            files.createDirectory(path);
            return Response.empty(204);
        } catch (InvalidInputException e) {
            var text = FileFailures.text(e);
            if (FileFailures.leadsOut(e) || !text.equals(String.valueOf(e.getMessage()))) {
                return Failures.said(400, text, e, request);
            }
            // Of a file with that very name too, whatever the sources say.
            return Failures.said(400, FILE_IN_THE_PATH, e);
        }
    }

    private Response chmod(NodeFiles files, Request request) {
        var body = JsonBody.of(request).as(FileRequests.Chmod.class);
        if (body.files().isEmpty()) {
            return Response.error(422, "No files to chmod were provided.");
        }
        try {
            files.chmod(body.root(), body.changes());
            return Response.empty(204);
        } catch (InvalidInputException e) {
            if (FileFailures.leadsOut(e)) {
                throw e;
            }
            return Failures.said(400, "Invalid file mode.", e);
        }
    }

    private Response compress(NodeFiles files, Request request) {
        var body = JsonBody.of(request).as(FileRequests.Compress.class);
        if (body.files().isEmpty()) {
            return Response.error(422, "No files were passed through to be compressed.");
        }
        var asked = FORMATS.contains(body.format()) ? body.format() : ArchiveFormat.TAR_GZ;
        var order = manner.choosesArchives()
                ? new CompressRequest(body.root(), body.files(), body.name(), asked)
                : CompressRequest.of(body.root(), body.files());
        if (FileJobHandlers.asked(request)) {
            return FileJobHandlers.accepted(files.jobs().compress(order));
        }
        try {
            var entry = files.compress(order);
            return Response.json(200, manner.choosesArchives() ? entry : named(entry, PTERODACTYL_ARCHIVE));
        } catch (ConflictException e) {
            if (String.valueOf(e.getMessage()).startsWith("jobs of the server")) {
                throw e;
            }
            return Failures.said(409, NO_SPACE, e);
        }
    }

    private Response decompress(NodeFiles files, Request request) {
        var body = JsonBody.of(request).as(FileRequests.Decompress.class);
        if (FileJobHandlers.asked(request)) {
            return FileJobHandlers.accepted(files.jobs().decompress(body.root(), body.file()));
        }
        try {
            files.decompress(body.root(), body.file());
            return Response.empty(204);
        } catch (ConflictException e) {
            return Failures.said(400, BUSY, e);
        } catch (InvalidInputException e) {
            var text = FileFailures.text(e);
            boolean known = !text.equals(String.valueOf(e.getMessage()))
                    || FileFailures.leadsOut(e)
                    || text.startsWith("archive entry")
                    || text.toLowerCase(Locale.ROOT).contains("disk space");
            return known ? Failures.said(400, text, e, request) : Failures.said(400, UNKNOWN_ARCHIVE, e);
        }
    }

    private Response search(NodeFiles files, Request request) {
        var pattern = request.query("pattern");
        if (pattern.getBytes(StandardCharsets.UTF_8).length < FileSearch.PATTERN_MIN) {
            return Response.error(400, "Pattern must be at least 3 characters long");
        }
        List<FileEntry> found;
        try {
            // Characters that are several bytes long may be fewer than the port asks for.
            found = pattern.length() < FileSearch.PATTERN_MIN
                    ? List.of()
                    : files.search(new FileSearch(request.query("directory"), pattern));
        } catch (NotFoundException ignored) {
            // Nothing is found where nothing is. Source: node API §7.5.
            found = List.of();
        }
        return Response.written(200, manner.files().writeEntries(found, true));
    }

    private List<FileEntry> shown(List<FileEntry> entries) {
        if (manner.pelican()) {
            return entries;
        }
        // Pterodactyl's daemon asks the wrong bits. Source: node API §2.4.
        var shown = new ArrayList<FileEntry>();
        entries.forEach(entry ->
                shown.add(FileEntry.builder().from(entry).symlink(false).build()));
        return shown;
    }

    private static FileEntry named(FileEntry entry, String mime) {
        return FileEntry.builder().from(entry).mime(mime).build();
    }
}
