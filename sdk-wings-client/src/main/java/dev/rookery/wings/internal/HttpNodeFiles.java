package dev.rookery.wings.internal;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.FileRequests;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.file.ArchiveListing;
import dev.rookery.api.file.ArchiveQuery;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.ContentMatches;
import dev.rookery.api.file.ContentSearch;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FilePage;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.node.FileJobs;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The files of a server behind HTTP. Nothing is held in memory but one chunk. Source: node API §2.4 and §2.5. */
final class HttpNodeFiles implements NodeFiles {

    private static final Comparator<FileEntry> ORDER =
            Comparator.comparing(FileEntry::directory).reversed().thenComparing(FileEntry::name);
    // Go daemons answer 400 to it, though what is wrong is what is there.
    private static final String EXISTS = "already exists";

    // Calagopus' daemon says so of a search in a directory that is not there.
    private static final String NO_SUCH_ROOT = "root not found";
    private static final String MIME = "X-Mime-Type";
    private static final String DIRECTORY = "inode/directory";

    private final NodeConnection node;
    private final ServerId server;

    HttpNodeFiles(NodeConnection node, ServerId server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public Content read(String path) {
        node.require(Permission.FILE_READ_CONTENT);
        requireNonNull(path, "path");
        if (node.anyFileDialect().unpacksWhatIsRead()) {
            return openAsItIs(path);
        }
        var answer = open(path);
        // Without this header it may be one of those whose dialect was not known yet.
        if (answer.response().header(MIME) != null || !node.fileDialect().unpacksWhatIsRead()) {
            return answer;
        }
        answer.close();
        return openAsItIs(path);
    }

    @Override
    public void write(String path, Content content) {
        requireNonNull(path, "path");
        try (content) {
            requireWrite(path);
            Spool.send(
                    node,
                    content,
                    body -> node.ask(file(NodeCall.WRITE_FILE, path).body(body)));
        } catch (IOException e) {
            throw new UnavailableException("the content for '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public List<FileEntry> list(String directory) {
        node.require(Permission.FILE_READ);
        return entries(requireNonNull(directory, "directory"));
    }

    @Override
    public FilePage list(String directory, int page, int perPage) {
        FilePage.require(page, perPage);
        node.require(Permission.FILE_READ);
        var call = node.query(NodeCall.LIST_FILE_PAGE, server.toString())
                .server(server)
                .query("directory", requireNonNull(directory, "directory"))
                .query("page", Integer.toString(page))
                .query("per_page", Integer.toString(perPage));
        var dialect = node.anyFileDialect();
        return node.ask(call)
                .read(body -> new FilePage(
                        WireJson.read(body, FileRequests.Total.class).total(), dialect.readEntries(body)));
    }

    @Override
    public ContentMatches search(ContentSearch search) {
        node.require(Permission.FILE_READ_CONTENT);
        node.requireCall(NodeCall.SEARCH_CONTENT);
        var call = work(NodeCall.SEARCH_CONTENT).json(WireJson.write(requireNonNull(search, "search")));
        return node.ask(call).json(ContentMatches.class);
    }

    @Override
    public void rename(String directory, List<FileRename> files) {
        node.require(Permission.FILE_UPDATE);
        requireSome(files);
        try {
            var answer = node.ask(
                    work(NodeCall.RENAME_FILES).json(node.anyFileDialect().rename(directory, files)));
            if (answer.text().strip().startsWith("{")) {
                requireMoved(answer, directory, files);
            }
        } catch (InvalidInputException e) {
            if (String.valueOf(e.getMessage()).contains(EXISTS)) {
                throw HttpNodeServer.conflict(e);
            }
            throw e;
        }
    }

    @Override
    public Optional<FileEntry> copy(String path) {
        node.require(Permission.FILE_CREATE);
        var dialect = node.fileDialect();
        var call = work(NodeCall.COPY_FILE).json(dialect.copy(requireNonNull(path, "path")));
        try {
            return node.ask(call).read(dialect::readEntry);
        } catch (UnavailableException e) {
            throw missing().explain(e, path);
        }
    }

    @Override
    public void delete(String directory, List<String> files) {
        node.require(Permission.FILE_DELETE);
        requireSome(files);
        node.ask(work(NodeCall.DELETE_FILES).json(node.anyFileDialect().delete(directory, files)));
    }

    @Override
    public void createDirectory(String path) {
        node.require(Permission.FILE_CREATE);
        var plain = stripSlashes(requireNonNull(path, "path"));
        if (plain.isEmpty()) {
            // The root is always there.
            return;
        }
        int slash = plain.lastIndexOf('/');
        var parent = slash < 0 ? "/" : "/" + plain.substring(0, slash);
        var call = work(NodeCall.CREATE_DIRECTORY)
                .json(node.fileDialect().createDirectory(parent, plain.substring(slash + 1)));
        try {
            node.ask(call);
        } catch (UnavailableException e) {
            throw missing().explainFileInTheWay(e, plain);
        }
    }

    @Override
    public void chmod(String directory, List<FileModeChange> files) {
        node.require(Permission.FILE_UPDATE);
        requireSome(files);
        if (files.size() > 1 && node.fileDialect().chmodsOnlyTheLast()) {
            files.forEach(file -> chmod(directory, List.of(file)));
            return;
        }
        node.ask(work(NodeCall.CHMOD_FILES).json(node.anyFileDialect().chmod(directory, files)));
    }

    @Override
    public FileEntry compress(CompressRequest request) {
        return new HttpNodeArchives(node, server).compress(requireNonNull(request, "request"));
    }

    @Override
    public void decompress(String directory, String file) {
        new HttpNodeArchives(node, server).decompress(directory, file);
    }

    @Override
    public ArchiveListing listArchive(ArchiveQuery query) {
        return new HttpNodeArchives(node, server).list(requireNonNull(query, "query"));
    }

    @Override
    public Content readArchive(String archive, String entry) {
        return new HttpNodeArchives(node, server).read(archive, entry);
    }

    @Override
    public List<FileEntry> search(FileSearch search) {
        node.require(Permission.FILE_READ);
        var call = work(NodeCall.SEARCH_FILES);
        var dialect = node.fileDialect();
        var asked = dialect.search(requireNonNull(search, "search"))
                .map(call::json)
                .orElseGet(() -> call.query("directory", search.directory()).query("pattern", search.pattern()));
        try {
            var found = node.ask(asked).read(dialect::readEntries);
            return dialect.findsRelativeNames() ? below(search.directory(), found) : found;
        } catch (NotFoundException e) {
            if (String.valueOf(e.getMessage()).contains(NO_SUCH_ROOT)) {
                return List.of();
            }
            throw e;
        }
    }

    private static List<FileEntry> below(String directory, List<FileEntry> found) {
        var parent = stripSlashes(directory);
        return parent.isEmpty()
                ? found
                : found.stream()
                        .map(entry -> FileEntry.builder()
                                .from(entry)
                                .name(parent + "/" + entry.name())
                                .build())
                        .toList();
    }

    @Override
    public RemoteDownloads downloads() {
        return new HttpNodeDownloads(node, server);
    }

    @Override
    public FileUploads uploads() {
        return new HttpNodeUploads(node, server, this::requireWrite);
    }

    @Override
    public FileJobs jobs() {
        return new HttpNodeJobs(node, server);
    }

    /** Returns what is in a directory; the caller has been checked. */
    List<FileEntry> entries(String directory) {
        try {
            return listed(directory);
        } catch (UnavailableException e) {
            throw missing().explain(e, directory);
        }
    }

    private List<FileEntry> listed(String directory) {
        var call = node.nexus()
                ? node.query(NodeCall.LIST_FILES, server.toString(), directory).server(server)
                : node.query(NodeCall.LIST_FILES, server.toString())
                        .server(server)
                        .query("directory", directory);
        return node.ask(call).read(node.anyFileDialect()::readEntries).stream()
                .sorted(ORDER)
                .toList();
    }

    private OpenAnswer open(String path) {
        OpenAnswer answer;
        try {
            answer = node.open(file(NodeCall.READ_FILE, requireNonNull(path, "path")));
        } catch (UnavailableException e) {
            throw missing().explain(e, path);
        } catch (NotFoundException e) {
            throw missing().explainNotFound(e, path);
        }
        if (DIRECTORY.equals(answer.response().header(MIME))) {
            // Pterodactyl's daemon announces a directory's size and then sends nothing.
            answer.close();
            throw new InvalidInputException("'" + path + "' is a directory (expected: a file)", null, answer.remote());
        }
        return answer;
    }

    /** Reads a file whose daemon unpacks what is read by the usual call, but not what a browser loads down. */
    private Content openAsItIs(String path) {
        var signed = new SignedCalls(node, server);
        try {
            return signed.open(signed.download(path));
        } catch (NotFoundException e) {
            throw missing().explainNotFound(e, path);
        }
    }

    /** Calagopus' daemon only counts what it moved, so the files that are still where they were tell what stood in the way. */
    private void requireMoved(Answer answer, String directory, List<FileRename> files) {
        long moved =
                answer.read(body -> node.anyFileDialect().readRenamed(body)).orElse(files.size());
        if (moved >= files.size()) {
            return;
        }
        for (var file : files) {
            if (missing().there(directory + "/" + file.from())) {
                throw new ConflictException(
                        "'" + file.from() + "' was not moved (expected: no '" + file.to() + "' yet)",
                        null,
                        answer.remote());
            }
        }
    }

    private void requireWrite(String path) {
        boolean update = node.may(Permission.FILE_UPDATE);
        boolean create = node.may(Permission.FILE_CREATE);
        if (update != create) {
            // Only the node knows which of the two this is.
            node.require(exists(path) ? Permission.FILE_UPDATE : Permission.FILE_CREATE);
        } else {
            node.require(Permission.FILE_UPDATE);
        }
    }

    private boolean exists(String path) {
        try (var content = open(path)) {
            return content.sizeBytes().orElse(0) >= 0;
        } catch (NotFoundException ignored) {
            // The answer to the question, not a failure.
            return false;
        }
    }

    private MissingFiles missing() {
        return new MissingFiles(this::listed);
    }

    private RemoteCall file(NodeCall call, String path) {
        return node.nexus()
                ? node.streaming(call, server.toString(), path).server(server)
                : node.streaming(call, server.toString()).server(server).query("file", path);
    }

    private RemoteCall work(NodeCall call) {
        return node.work(call, server.toString()).server(server);
    }

    private static void requireSome(List<?> files) {
        if (files.isEmpty()) {
            throw new InvalidInputException("files: none (expected: at least one)");
        }
    }

    private static String stripSlashes(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}
