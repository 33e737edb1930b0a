package dev.rookery.testing.node;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.file.FileMode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a fake server: a tree in memory with modes, times and a size that it may not outgrow. Paths are those of {@link #resolve};
 * the root is the empty one. Thread-safe.
 */
final class FakeFiles {

    private static final FileMode FILE_MODE = new FileMode(0644);
    private static final FileMode DIRECTORY_MODE = new FileMode(0755);
    private static final int NAME_MAX = 255;
    private static final int COPIES_MAX = 49;
    private static final int SEARCH_DEPTH_MAX = 8;

    private final Clock clock;
    private final NavigableMap<String, Item> items = new TreeMap<>();
    private volatile long limitBytes;

    /**
     * Something in the tree.
     *
     * @param bytes the content; null for a directory
     * @param mode its permissions
     * @param modified when the content changed
     * @param changed when anything changed
     */
    @SuppressWarnings("ArrayRecordComponent") // replaced, never changed
    record Item(byte @Nullable [] bytes, FileMode mode, Instant modified, Instant changed) {

        boolean directory() {
            return bytes == null;
        }

        Optional<byte[]> content() {
            return Optional.ofNullable(bytes);
        }
    }

    FakeFiles(Clock clock) {
        this.clock = clock;
        items.put("", directoryItem());
    }

    /** Sets how large all files together may become, 0 for any size. */
    void limit(long bytes) {
        limitBytes = bytes;
    }

    /** Returns the plain form of a path. */
    static String resolve(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : path.split("/", -1)) {
            if (part.equals("..") && parts.pollLast() == null) {
                throw new InvalidInputException("path: '" + path + "' (expected: a path inside the server's files)");
            }
            if (part.length() > NAME_MAX) {
                throw new InvalidInputException("Cannot perform that action: file name is too long.");
            }
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    synchronized Optional<Item> find(String path) {
        return Optional.ofNullable(items.get(path));
    }

    synchronized byte[] read(String path) {
        var item = require(path);
        if (item.bytes() == null) {
            throw new InvalidInputException("'" + path + "' is a directory (expected: a file)");
        }
        return item.bytes();
    }

    synchronized void requireFileTarget(String path) {
        if (find(path).filter(Item::directory).isPresent()) {
            throw new InvalidInputException("'" + path + "' is a directory (expected: a file)");
        }
    }

    synchronized void write(String path, byte[] bytes) {
        requireFileTarget(path);
        requireSpace(bytes.length - sizeOf(path));
        createDirectories(parent(path));
        var mode = find(path).map(Item::mode).orElse(FILE_MODE);
        items.put(path, new Item(bytes, mode, clock.instant(), clock.instant()));
    }

    synchronized List<FileEntry> list(String directory) {
        if (find(directory).filter(Item::directory).isEmpty()) {
            throw new NotFoundException("there is no directory '" + directory + "'");
        }
        return below(directory).entrySet().stream()
                .filter(entry -> parent(entry.getKey()).equals(directory))
                .map(entry -> entry(baseName(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing(FileEntry::file).thenComparing(FileEntry::name))
                .toList();
    }

    synchronized FileEntry entry(String path) {
        return entry(baseName(path), require(path));
    }

    synchronized void rename(String from, String to) {
        if (find(to).isPresent()) {
            throw new ConflictException("Cannot move or rename file, destination already exists.");
        }
        if (find(from).isEmpty() || from.isEmpty()) {
            return;
        }
        if (to.startsWith(from + "/")) {
            throw new InvalidInputException("'" + to + "' is within '" + from + "' (expected: another place)");
        }
        createDirectories(parent(to));
        var moved = new TreeMap<>(below(from));
        moved.put(from, require(from));
        moved.forEach((path, item) -> {
            items.remove(path);
            items.put(to + path.substring(from.length()), item);
        });
    }

    synchronized FileEntry copy(String path) {
        var item = find(path)
                .filter(found -> !found.directory())
                .orElseThrow(() -> new NotFoundException("there is no file '" + path + "'"));
        var bytes = item.bytes();
        requireSpace(bytes == null ? 0 : bytes.length);
        var target = freeName(parent(path), baseName(path));
        items.put(target, new Item(bytes, item.mode(), clock.instant(), clock.instant()));
        return entry(target);
    }

    /** Returns the path, or that of a copy beside what is there. */
    synchronized String unused(String path) {
        return find(path).isEmpty() ? path : freeName(parent(path), baseName(path));
    }

    synchronized void delete(String path) {
        require(path);
        if (path.isEmpty()) {
            throw new InvalidInputException("the root cannot be deleted (expected: something in it)");
        }
        below(path).clear();
        items.remove(path);
    }

    synchronized void clear() {
        items.clear();
        items.put("", directoryItem());
    }

    synchronized void createDirectories(String path) {
        if (!path.isEmpty()) {
            createDirectories(parent(path));
        }
        var present = items.putIfAbsent(path, directoryItem());
        if (present != null && !present.directory()) {
            throw new InvalidInputException("'" + path + "' is a file (expected: a directory)");
        }
    }

    synchronized void chmod(String path, FileMode mode) {
        items.computeIfPresent(path, (name, item) -> new Item(item.bytes(), mode, item.modified(), clock.instant()));
    }

    /** Returns everything in a directory, by path; a copy. */
    synchronized Map<String, Item> tree(String directory) {
        return new TreeMap<>(below(directory));
    }

    synchronized List<FileEntry> search(String directory, String pattern) {
        var matcher = matcher(pattern.toLowerCase(Locale.ROOT));
        int depth = depth(directory);
        return below(directory).entrySet().stream()
                .filter(entry -> depth(entry.getKey()) - depth <= SEARCH_DEPTH_MAX)
                .filter(entry -> matcher.matcher(baseName(entry.getKey()).toLowerCase(Locale.ROOT))
                        .matches())
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    synchronized void requireSpace(long moreBytes) {
        if (limitBytes > 0 && usedBytes() + moreBytes > limitBytes) {
            throw new InvalidInputException("There is not enough disk space available to perform that action.");
        }
    }

    synchronized long usedBytes() {
        return items.keySet().stream().mapToLong(this::sizeOf).sum();
    }

    private long sizeOf(String path) {
        return find(path)
                .flatMap(Item::content)
                .map(bytes -> (long) bytes.length)
                .orElse(0L);
    }

    private Item require(String path) {
        return find(path).orElseThrow(() -> new NotFoundException("there is no file '" + path + "'"));
    }

    private NavigableMap<String, Item> below(String directory) {
        return directory.isEmpty()
                ? items.tailMap("", false)
                : items.subMap(directory + "/", false, directory + "0", false);
    }

    private String freeName(String directory, String name) {
        int tar = name.indexOf(".tar.");
        int dot = tar > 0 ? tar : name.lastIndexOf('.');
        var stem = dot > 0 ? name.substring(0, dot) : name;
        var extension = dot > 0 ? name.substring(dot) : "";
        for (int i = 0; i < COPIES_MAX; i++) {
            var candidate = join(directory, stem + (i == 0 ? " copy" : " copy " + i) + extension);
            if (find(candidate).isEmpty()) {
                return candidate;
            }
        }
        return join(directory, stem + " copy." + clock.instant() + extension);
    }

    private Item directoryItem() {
        return new Item(null, DIRECTORY_MODE, clock.instant(), clock.instant());
    }

    private static FileEntry entry(String name, Item item) {
        byte[] bytes = item.bytes();
        return FileEntry.builder()
                .name(name)
                .created(item.changed())
                .modified(item.modified())
                .mode((bytes == null ? "d" : "-") + letters(item.mode()))
                .modeBits(item.mode())
                .sizeBytes(bytes == null ? 0 : bytes.length)
                .directory(bytes == null)
                .mime(bytes == null ? "inode/directory" : FakeMime.of(bytes))
                .build();
    }

    private static String letters(FileMode mode) {
        var letters = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            letters.append((mode.bits() >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return letters.toString();
    }

    private static Pattern matcher(String pattern) {
        boolean glob = pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
        return FakePatterns.glob(glob ? pattern : "*" + pattern + "*");
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count() + (path.isEmpty() ? 0 : 1);
    }
}
