package dev.rookery.testing.node;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
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
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.FileJobs;
import dev.rookery.api.node.FileUploads;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.node.RemoteDownloads;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A caller's view of the files of a {@link FakeServer}. */
final class FakeNodeFiles implements NodeFiles {

    private static final String DENIED = "This file cannot be modified: present in egg denylist.";

    private final FakeNode node;
    private final Supplier<FakeServer> server;

    FakeNodeFiles(FakeNode node, Supplier<FakeServer> server) {
        this.node = node;
        this.server = server;
    }

    @Override
    public Content read(String path) {
        var files = files(Permission.FILE_READ_CONTENT);
        var name = allowed(FakeFiles.resolve(path));
        return Content.of(files.read(name));
    }

    @Override
    public void write(String path, Content content) {
        try (content) {
            var files = server.get().files();
            var name = requireWritable(path);
            if (content.sizeBytes().isPresent()) {
                files.requireSpace(content.sizeBytes().getAsLong());
            }
            files.write(name, content.stream().readAllBytes());
        } catch (IOException e) {
            throw new UnavailableException("the content of '" + path + "' broke off: " + e.getMessage(), e);
        }
    }

    @Override
    public List<FileEntry> list(String directory) {
        return files(Permission.FILE_READ).list(FakeFiles.resolve(directory));
    }

    @Override
    public FilePage list(String directory, int page, int perPage) {
        FilePage.require(page, perPage);
        node.offered(Capability.FILE_PAGES);
        var all = list(directory);
        return new FilePage(
                all.size(),
                all.stream().skip((page - 1L) * perPage).limit(perPage).toList());
    }

    @Override
    public ContentMatches search(ContentSearch search) {
        node.offered(Capability.CONTENT_SEARCH);
        var found = new ArrayList<ContentMatches.Match>();
        var wanted = search.matchCase() ? search.text() : search.text().toLowerCase(Locale.ROOT);
        files(Permission.FILE_READ_CONTENT)
                .tree(FakeFiles.resolve(search.directory()))
                .forEach((path, item) -> {
                    var lines = item.directory() || denied(path)
                            ? new String[0]
                            : new String(item.content().orElseThrow(), StandardCharsets.UTF_8).split("\n", -1);
                    for (int i = 0; i < lines.length && !(lines[0].indexOf('\0') >= 0); i++) {
                        if ((search.matchCase() ? lines[i] : lines[i].toLowerCase(Locale.ROOT)).contains(wanted)) {
                            found.add(new ContentMatches.Match(path, i + 1L, lines[i]));
                        }
                    }
                });
        return new ContentMatches(found, true);
    }

    @Override
    public void rename(String directory, List<FileRename> renames) {
        var files = files(Permission.FILE_UPDATE);
        requireSome(renames, "files to move");
        for (var rename : renames) {
            files.rename(allowed(in(directory, rename.from())), allowed(in(directory, rename.to())));
        }
    }

    @Override
    public Optional<FileEntry> copy(String path) {
        return Optional.of(files(Permission.FILE_CREATE).copy(allowed(FakeFiles.resolve(path))));
    }

    @Override
    public void delete(String directory, List<String> names) {
        var files = files(Permission.FILE_DELETE);
        requireSome(names, "files to delete");
        for (var name : names) {
            var path = in(directory, name);
            if (!denied(path) || files.find(path).isEmpty()) {
                files.delete(path);
            }
        }
    }

    @Override
    public void createDirectory(String path) {
        files(Permission.FILE_CREATE).createDirectories(FakeFiles.resolve(path));
    }

    @Override
    public void chmod(String directory, List<FileModeChange> changes) {
        var files = files(Permission.FILE_UPDATE);
        requireSome(changes, "files to change");
        changes.forEach(change -> files.chmod(in(directory, change.file()), change.mode()));
    }

    @Override
    public FileEntry compress(CompressRequest request) {
        var files = files(Permission.FILE_ARCHIVE);
        var directory = FakeFiles.resolve(request.directory());
        var packed = new TreeMap<String, FakeFiles.Item>();
        for (var name : request.files()) {
            collect(files, directory, in(request.directory(), name), packed);
        }
        if (packed.isEmpty()) {
            throw new NotFoundException("there is none of the files " + request.files());
        }
        var format = FakeArchives.written(request.format());
        byte[] archive = FakeArchives.pack(packed, format);
        var stem = request.name()
                .orElseGet(() ->
                        "archive-" + node.shared().clock.instant().toString().replace(":", ""));
        var path = files.unused(FakeFiles.join(directory, stem + "." + format));
        files.write(path, archive);
        return files.entry(path);
    }

    @Override
    public void decompress(String directory, String file) {
        var files = files(Permission.FILE_ARCHIVE);
        byte[] archive = files.read(allowed(in(directory, file)));
        FakeArchives.unpack(archive, files, FakeFiles.resolve(directory));
    }

    @Override
    public ArchiveListing listArchive(ArchiveQuery query) {
        node.offered(Capability.ARCHIVE_ENTRIES);
        var archive = files(Permission.FILE_READ).read(allowed(FakeFiles.resolve(query.archive())));
        return new FakeArchiveEntries(archive).list(query);
    }

    @Override
    public Content readArchive(String archive, String entry) {
        node.offered(Capability.ARCHIVE_ENTRIES);
        var bytes = files(Permission.FILE_READ_CONTENT).read(allowed(FakeFiles.resolve(archive)));
        return Content.of(new FakeArchiveEntries(bytes).read(entry));
    }

    @Override
    public List<FileEntry> search(FileSearch search) {
        return files(Permission.FILE_READ).search(FakeFiles.resolve(search.directory()), search.pattern());
    }

    @Override
    public RemoteDownloads downloads() {
        return node.scripted(RemoteDownloads.class, new FakeRemoteDownloads(node, server));
    }

    @Override
    public FileUploads uploads() {
        node.offered(Capability.RESUMABLE_UPLOADS);
        return node.scripted(FileUploads.class, new FakeUploads(node, server, this));
    }

    @Override
    public FileJobs jobs() {
        node.offered(Capability.FILE_JOBS);
        return node.scripted(FileJobs.class, new FakeFileJobs(node, server, this));
    }

    private void collect(FakeFiles files, String directory, String path, Map<String, FakeFiles.Item> packed) {
        int prefix = directory.isEmpty() ? 0 : directory.length() + 1;
        files.find(path).ifPresent(item -> {
            if (!denied(path)) {
                packed.put(path.substring(prefix), item);
                files.tree(path).forEach((below, inner) -> {
                    if (!denied(below)) {
                        packed.put(below.substring(prefix), inner);
                    }
                });
            }
        });
    }

    /** Refuses who may not write a file; returns its plain path. */
    String requireWritable(String path) {
        var files = server.get().files();
        var name = FakeFiles.resolve(path);
        require(files.find(name).isPresent() ? Permission.FILE_UPDATE : Permission.FILE_CREATE);
        allowed(name);
        files.requireFileTarget(name);
        return name;
    }

    private FakeFiles files(Permission permission) {
        var present = server.get();
        require(permission);
        return present.files();
    }

    private void require(Permission permission) {
        Caller caller = node.caller();
        caller.require(permission, node.shared().clock.instant());
    }

    private String allowed(String path) {
        if (denied(path)) {
            throw new DeniedException(DENIED);
        }
        return path;
    }

    private boolean denied(String path) {
        return new FakePatterns(server.get().denylist()).matches(path);
    }

    private static String in(String directory, String name) {
        return FakeFiles.resolve(directory + "/" + name);
    }

    private static void requireSome(List<?> items, String what) {
        if (items.isEmpty()) {
            throw new InvalidInputException(what + ": none (expected: at least one)");
        }
    }
}
