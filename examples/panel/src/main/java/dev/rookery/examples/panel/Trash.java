package dev.rookery.examples.panel;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.node.NodeFiles;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deleted files that can be brought back. They are moved to a directory of the server's own files, under a name that says when they were
 * deleted and where they were, so that nothing has to be kept elsewhere, and they go with the server. Thread-safe.
 */
public final class Trash {

    /** The directory, in the root of a server's files. */
    public static final String DIRECTORY = ".trash";

    private static final Logger LOG = LoggerFactory.getLogger(Trash.class);
    private static final Duration KEPT = Duration.ofDays(14);
    private static final int KEPT_FILES = 2000;
    private static final int NAME_MAX_BYTES = 255;
    private static final int MARK_BYTES = 4;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("(\\d{8}T\\d{6}Z)-[0-9a-f]{8}-([^/]+)");

    private final Clock clock;
    private final SecureRandom random;

    /**
     * A deleted file.
     *
     * @param id its name in the trash
     * @param path where it was
     * @param deletedAt when it was deleted
     * @param directory whether it is a directory
     * @param sizeBytes how large it is
     */
    public record Item(String id, String path, Instant deletedAt, boolean directory, long sizeBytes) {}

    /** Creates a trash. */
    public Trash(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** Returns whether a path is the trash, or in it. */
    public static boolean holds(String path) {
        var names = names(path);
        return !names.isEmpty() && names.get(0).equals(DIRECTORY);
    }

    /** Returns what was deleted, the latest first. */
    public List<Item> list(NodeFiles files) {
        try {
            return files.list(DIRECTORY).stream()
                    .flatMap(entry -> item(entry).stream())
                    .sorted(Comparator.comparing(Item::id).reversed())
                    .toList();
        } catch (NotFoundException e) {
            return List.of();
        }
    }

    /**
     * Moves files to the trash. What has been there for two weeks goes, and the oldest beyond 2000.
     *
     * @param directory what the names are relative to
     * @return their ids, in the order of the names
     * @throws InvalidInputException if one is in the trash already, or its path is too long for it
     */
    public List<String> put(NodeFiles files, String directory, List<String> names) {
        byte[] mark = new byte[MARK_BYTES];
        random.nextBytes(mark);
        var prefix = TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(mark) + "-";
        var ids = new ArrayList<String>();
        var moves = new ArrayList<FileRename>();
        for (var name : names) {
            var path = String.join("/", names(directory + "/" + name));
            if (path.isEmpty() || holds(path)) {
                throw new InvalidInputException("files: '" + name + "' (expected: something outside of the trash)");
            }
            var id = prefix + path.replace("%", "%25").replace("/", "%2F");
            if (id.getBytes(StandardCharsets.UTF_8).length > NAME_MAX_BYTES) {
                throw new InvalidInputException(
                        "files: '" + name + "' has too long a path for the trash (expected: to be deleted for good)");
            }
            ids.add(id);
            moves.add(new FileRename(path, DIRECTORY + "/" + id));
        }
        files.rename("/", moves);
        rotate(files);
        return ids;
    }

    /**
     * Brings a file back to where it was; one that is not there is passed over.
     *
     * @return whether it could be; not if there is another file by now
     * @throws NotFoundException if it is no id
     */
    public boolean restore(NodeFiles files, String id) {
        try {
            files.rename("/", List.of(new FileRename(DIRECTORY + "/" + id, path(id))));
            return true;
        } catch (ConflictException e) {
            LOG.debug("{} stays in the trash: {}", id, e.getMessage());
            return false;
        }
    }

    /**
     * Deletes files for good.
     *
     * @throws NotFoundException if one of them is not there
     */
    public void delete(NodeFiles files, List<String> ids) {
        ids.forEach(Trash::path);
        files.delete(DIRECTORY, ids);
    }

    /** Deletes all of it for good. */
    public void empty(NodeFiles files) {
        try {
            files.delete("/", List.of(DIRECTORY));
        } catch (NotFoundException e) {
            LOG.debug("there is no trash: {}", e.getMessage());
        }
    }

    /**
     * Returns where a file was.
     *
     * @throws NotFoundException if it is no id
     */
    public static String path(String id) {
        var match = ID.matcher(id);
        if (!match.matches()) {
            throw new NotFoundException("there is nothing '" + id + "' in the trash");
        }
        var path = match.group(2).replace("%2F", "/").replace("%25", "%");
        if (!path.equals(String.join("/", names(path)))) {
            throw new NotFoundException("there is nothing '" + id + "' in the trash");
        }
        return path;
    }

    /** What is too old stays when it cannot be deleted now: it does not keep anybody from deleting something else. */
    private void rotate(NodeFiles files) {
        try {
            var items = list(files);
            var oldest = clock.instant().minus(KEPT);
            var gone = new ArrayList<String>();
            for (int i = 0; i < items.size(); i++) {
                if (i >= KEPT_FILES || items.get(i).deletedAt().isBefore(oldest)) {
                    gone.add(items.get(i).id());
                }
            }
            if (!gone.isEmpty()) {
                files.delete(DIRECTORY, gone);
            }
        } catch (RookeryException e) {
            LOG.warn("what is old stays in the trash for now: {}", e.getMessage());
        }
    }

    private static Optional<Item> item(FileEntry entry) {
        try {
            var path = path(entry.name());
            var time = Instant.from(
                    TIME.parse(entry.name().substring(0, entry.name().indexOf('-'))));
            return Optional.of(new Item(entry.name(), "/" + path, time, entry.directory(), entry.sizeBytes()));
        } catch (NotFoundException | DateTimeException e) {
            LOG.debug("something else is in the trash: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static List<String> names(String path) {
        var names = new ArrayList<String>();
        for (var name : path.split("/", -1)) {
            if (name.equals("..")) {
                throw new InvalidInputException("path: '" + path + "' (expected: one without '..')");
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }
}
