package dev.rookery.api.dialect;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.CompressRequest;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.FileSearch;
import dev.rookery.api.file.RemoteDownload;
import dev.rookery.api.file.RemoteDownloadRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The calls about files as a dialect writes and reads them: a client writes requests and reads answers, an edge reads requests ({@link
 * FileRequests}) and writes answers. Immutable. Sources: node API §2.4, §2.5 and, for Calagopus, §2.10.3.
 *
 * <p>Answers are read as tolerantly as the wild demands: {@code null} for an empty list, an empty body or {@code {}} for no result,
 * capitalised keys, and a message before the list.
 */
public final class FileDialect {

    private static final int CALAGOPUS_SEARCH_MAX = 500;

    private final Dialect dialect;

    private FileDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns the files of a dialect. */
    public static FileDialect of(Dialect dialect) {
        return new FileDialect(dialect);
    }

    /** Writes the request to move files. */
    public byte[] rename(String directory, List<FileRename> files) {
        return write("root", directory, "files", files);
    }

    /** Writes the request to copy a file. Newer daemons of Calagopus call the path by another name. */
    public byte[] copy(String path) {
        return calagopus() ? write("location", path, "path", path) : write("location", path);
    }

    /** Writes the request to delete files. */
    public byte[] delete(String directory, List<String> files) {
        return write("root", directory, "files", files);
    }

    /** Writes the request to create a directory. Newer daemons of Calagopus call the parent by another name. */
    public byte[] createDirectory(String parent, String name) {
        return calagopus() ? write("name", name, "path", parent, "root", parent) : write("name", name, "path", parent);
    }

    /** Writes the request to set permissions. */
    public byte[] chmod(String directory, List<FileModeChange> files) {
        return write("root", directory, "files", files);
    }

    /**
     * Returns whether a request to set permissions changes the last of its files only, though it answers success: Pterodactyl's daemon
     * does so. Source: docs/protocol/findings.md.
     */
    public boolean chmodsOnlyTheLast() {
        return dialect == Dialect.PTERODACTYL || dialect == Dialect.FLAMINGO;
    }

    /**
     * Returns whether the call that reads a file unpacks a compressed one, which nobody asked for: Calagopus' daemon does so, other than
     * with a signed URL. Source: docs/protocol/findings.md.
     */
    public boolean unpacksWhatIsRead() {
        return calagopus();
    }

    /**
     * Returns whether what is found is named from the directory that was searched, and not from the server's root. Source:
     * docs/protocol/findings.md.
     */
    public boolean findsRelativeNames() {
        return calagopus();
    }

    /** Writes the request for an archive. Pterodactyl's daemon looks at neither name nor format. */
    public byte[] compress(CompressRequest request) {
        var body = new LinkedHashMap<String, Object>();
        body.put("root", request.directory());
        body.put("files", request.files());
        // Calagopus' daemon takes the name as it is, the others add the extension.
        var extension = calagopus() ? "." + request.format().extension() : "";
        request.name().ifPresent(name -> body.put("name", name + extension));
        if (calagopus()) {
            body.put("format", calagopusFormat(request.format()));
            body.put("foreground", true);
        } else {
            body.put("extension", request.format().extension());
        }
        return WireJson.write(body);
    }

    /** Writes the request to unpack an archive. */
    public byte[] decompress(String directory, String file) {
        return calagopus()
                ? write("root", directory, "file", file, "foreground", true)
                : write("root", directory, "file", file);
    }

    /** Writes the search as a body; empty where it is asked in the query instead, by {@code directory} and {@code pattern}. */
    public Optional<byte[]> search(FileSearch search) {
        if (!calagopus()) {
            return Optional.empty();
        }
        var pattern = search.pattern();
        boolean glob = pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
        var filter = new LinkedHashMap<String, Object>();
        filter.put("include", List.of(glob ? pattern : "*" + pattern + "*"));
        filter.put("exclude", List.of());
        filter.put("case_insensitive", true);
        return Optional.of(write("root", search.directory(), "path_filter", filter, "per_page", CALAGOPUS_SEARCH_MAX));
    }

    /** Writes the request to fetch a file. */
    public byte[] download(RemoteDownloadRequest request, boolean foreground) {
        var body = new LinkedHashMap<String, Object>();
        // An empty one is refused. Source: node API §2.5.
        body.put("root", request.directory().isEmpty() ? "/" : request.directory());
        body.put("url", request.url().toString());
        request.fileName().ifPresent(name -> body.put("file_name", name));
        body.put("use_header", request.useHeader());
        body.put("foreground", foreground);
        return WireJson.write(body);
    }

    /**
     * Reads entries: of a directory, of a search, or none.
     *
     * @throws InvalidInputException if it is no list of entries
     */
    public List<FileEntry> readEntries(byte[] body) {
        Json list = Json.Null.INSTANCE;
        for (var value : WireJson.readAll(body)) {
            if (value instanceof Json.Array) {
                list = value;
            } else if (value instanceof Json.Obj object) {
                // Calagopus wraps lists; Pelican's daemon says {"message":..} before one. Source: node API §2.5 search.
                list = object.members().getOrDefault("results", object.members().getOrDefault("entries", list));
            }
        }
        if (list == Json.Null.INSTANCE) {
            return List.of();
        }
        if (!(list instanceof Json.Array array)) {
            throw new InvalidInputException("entries: no list (expected: an array)");
        }
        return array.items().stream()
                .map(item -> WireJson.read(item, FileEntry.class))
                .toList();
    }

    /** Reads how many files were moved; empty where the node does not tell. */
    public OptionalLong readRenamed(byte[] body) {
        var values = WireJson.readAll(body);
        return values.isEmpty()
                ? OptionalLong.empty()
                : number(values.get(0), "renamed")
                        .map(count -> OptionalLong.of(count.longValue()))
                        .orElseGet(OptionalLong::empty);
    }

    /** Reads one entry; empty where the node tells none. */
    public Optional<FileEntry> readEntry(byte[] body) {
        var values = WireJson.readAll(body);
        if (values.isEmpty()
                || !(values.get(0) instanceof Json.Obj object)
                || !object.members().containsKey("name")) {
            return Optional.empty();
        }
        return Optional.of(WireJson.read(object, FileEntry.class));
    }

    /**
     * Reads what a node is fetching.
     *
     * @throws InvalidInputException if it is no list of downloads
     */
    public List<RemoteDownload> readDownloads(byte[] body) {
        var found = new ArrayList<RemoteDownload>();
        for (var value : WireJson.readAll(body)) {
            if (member(value, "downloads") instanceof Json.Array downloads) {
                downloads.items().forEach(item -> found.add(readDownload(item)));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Reads the id of a download that has begun.
     *
     * @throws InvalidInputException if there is none
     */
    public String readIdentifier(byte[] body) {
        var values = WireJson.readAll(body);
        if (!values.isEmpty() && member(values.get(0), "identifier") instanceof Json.Text id) {
            return id.value();
        }
        throw new InvalidInputException("identifier: missing (expected: the id of the download)");
    }

    /** Writes entries of a directory or a search. */
    public byte[] writeEntries(List<FileEntry> entries, boolean search) {
        return calagopus() && search ? write("results", entries) : WireJson.write(entries);
    }

    /** Writes the list of what is being fetched; Go daemons say {@code null} for none. */
    public byte[] writeDownloads(List<RemoteDownload> downloads) {
        var body = new LinkedHashMap<String, Object>();
        body.put(
                "downloads",
                downloads.isEmpty() && !calagopus()
                        ? Json.Null.INSTANCE
                        : downloads.stream().map(this::downloadOut).toList());
        return WireJson.write(body);
    }

    /** Writes the id of a download that has begun. */
    public byte[] writeIdentifier(String id) {
        return write("identifier", id);
    }

    private Map<String, Object> downloadOut(RemoteDownload download) {
        var out = new LinkedHashMap<String, Object>();
        if (!calagopus()) {
            out.put("Identifier", download.id());
            out.put("Progress", download.progress());
            return out;
        }
        long total = download.totalBytes().orElse(0);
        out.put("identifier", download.id());
        out.put("destination", download.destination().orElse(""));
        out.put("progress", Math.round(download.progress() * total));
        out.put("total", total);
        return out;
    }

    private static RemoteDownload readDownload(Json item) {
        if (!(member(item, "identifier") instanceof Json.Text id)) {
            throw new InvalidInputException("download without identifier (expected: a text)");
        }
        double progress = number(item, "progress").orElse(0d);
        var total = number(item, "total").map(Double::longValue).filter(bytes -> bytes > 0);
        // Calagopus counts bytes where the others give a share.
        double share = total.map(bytes -> progress / bytes).orElse(progress);
        var destination = member(item, "destination") instanceof Json.Text text
                ? Optional.of(text.value())
                : Optional.<String>empty();
        return new RemoteDownload(
                id.value(),
                Math.max(0, Math.min(1, share)),
                destination,
                total.map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    private static Optional<Double> number(Json object, String name) {
        return member(object, name) instanceof Json.Num number
                ? Optional.of(number.value().doubleValue())
                : Optional.empty();
    }

    /** Finds a member whatever the case of its name: Go writes some in capitals. */
    private static Json member(Json value, String name) {
        if (value instanceof Json.Obj object) {
            for (var member : object.members().entrySet()) {
                if (member.getKey().equalsIgnoreCase(name)) {
                    return member.getValue();
                }
            }
        }
        return Json.Null.INSTANCE;
    }

    private boolean calagopus() {
        return dialect == Dialect.CALAGOPUS;
    }

    /** Returns how Calagopus names an archive format, such as {@code tar_gz}. */
    public static String calagopusFormat(ArchiveFormat format) {
        return switch (format.extension()) {
            case "7z" -> "seven_zip";
            case "tar.zst" -> "tar_zstd";
            default -> format.extension().replace('.', '_').toLowerCase(Locale.ROOT);
        };
    }

    private static byte[] write(Object... pairs) {
        var body = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            body.put((String) pairs[i], pairs[i + 1]);
        }
        return WireJson.write(body);
    }
}
