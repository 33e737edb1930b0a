package dev.rookery.daemon.internal.console;

import dev.rookery.daemon.internal.file.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored lines of one server, in segments of a directory. The oldest segment goes when there is no room. What was written is whole
 * after a crash of the daemon; after one of the machine, the last seconds may be missing. Thread-safe; who reads never waits for who
 * writes.
 */
final class HistoryStore {

    private static final int SEGMENT_BYTES = 1 << 20;
    /** So many segments there are at least, so that not all is gone when the oldest goes. */
    private static final int SEGMENTS = 8;

    private final Path directory;
    private final long maxBytes;
    private final long segmentBytes;
    private volatile List<HistorySegment> segments;
    private volatile long lastNumber;
    // Guarded by this.
    private @Nullable RandomAccessFile file;
    /** Whether nothing more is taken: it is closed or deleted. */
    private boolean ended;

    private HistoryStore(Path directory, long maxBytes, List<HistorySegment> segments, long lastNumber) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.segmentBytes = Math.max(1, Math.min(SEGMENT_BYTES, maxBytes / SEGMENTS));
        this.segments = segments;
        this.lastNumber = lastNumber;
    }

    /** Opens the history in a directory, which need not be there, and repairs its end. */
    static HistoryStore open(Path directory, long maxBytes) throws IOException {
        var found = new ArrayList<HistorySegment>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory)) {
                for (var file : files) {
                    HistorySegment.in(file).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparingLong(HistorySegment::first));
        long last = 0;
        while (last == 0 && !found.isEmpty()) {
            var newest = found.get(found.size() - 1);
            last = newest.repair();
            if (last == 0) {
                // Numbers up to its first one may have been seen.
                last = newest.first() - 1;
                newest.remove();
                found.remove(newest);
            }
        }
        return new HistoryStore(directory, maxBytes, List.copyOf(found), last);
    }

    /** Returns the greatest number that was stored, 0 if there is none. */
    long lastNumber() {
        return lastNumber;
    }

    /** Returns how large all is. */
    long bytes() {
        return segments.stream().mapToLong(HistorySegment::bytes).sum();
    }

    /** Returns the segments in their order. */
    List<HistorySegment> segments() {
        return segments;
    }

    /** Returns when the last line of the oldest segment came; the greatest number there is if there is no segment. */
    long oldestMillis() {
        var present = segments;
        return present.isEmpty() ? Long.MAX_VALUE : present.get(0).newestMillis();
    }

    /** Stores lines whose numbers are greater than all before; others are left out. */
    synchronized void append(List<HistoryLine> lines) throws IOException {
        var batch = new ByteArrayOutputStream();
        long millis = 0;
        for (var line : lines) {
            if (ended || line.number() <= lastNumber) {
                continue;
            }
            if (segments.isEmpty() || newest().bytes() + batch.size() >= segmentBytes) {
                write(batch, millis);
                begin(line);
            }
            line.writeTo(batch);
            lastNumber = line.number();
            millis = line.millis();
        }
        write(batch, millis);
    }

    /** Removes the segments whose last lines came before a time. */
    synchronized void removeUntil(long millis) throws IOException {
        boolean removed = true;
        while (removed && oldestMillis() < millis) {
            removed = removeOldest();
        }
    }

    /** Removes the oldest segment; returns whether there was one. */
    synchronized boolean removeOldest() throws IOException {
        var present = segments;
        if (present.isEmpty()) {
            return false;
        }
        if (present.size() == 1) {
            closeFile();
        }
        present.get(0).remove();
        segments = List.copyOf(present.subList(1, present.size()));
        return true;
    }

    /** Removes what is stored in a directory, whatever else lies there. */
    static void remove(Path directory) throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Trees.delete(directory);
        }
    }

    /** Removes all, for good. */
    synchronized void delete() throws IOException {
        ended = true;
        closeFile();
        segments = List.of();
        remove(directory);
    }

    /** Lets go of the file, and takes no more lines. */
    synchronized void close() throws IOException {
        ended = true;
        closeFile();
    }

    private void begin(HistoryLine line) throws IOException {
        closeFile();
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        boolean removed = true;
        while (removed && bytes() + segmentBytes > maxBytes) {
            removed = removeOldest();
        }
        var more = new ArrayList<>(segments);
        more.add(HistorySegment.beginning(directory, line.number(), line.millis()));
        segments = List.copyOf(more);
    }

    private void write(ByteArrayOutputStream batch, long millis) throws IOException {
        if (batch.size() == 0) {
            return;
        }
        var open = file;
        if (open == null) {
            open = newest().open();
            file = open;
        }
        newest().append(open, batch.toByteArray(), millis);
        batch.reset();
    }

    private HistorySegment newest() {
        return segments.get(segments.size() - 1);
    }

    private void closeFile() throws IOException {
        var open = file;
        file = null;
        if (open != null) {
            try (open) {
                open.getFD().sync();
            }
        }
    }
}
