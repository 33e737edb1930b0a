package dev.rookery.daemon.internal.console;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One file of a history, named by the number of its first line. Written by one thread at a time, read by any. */
final class HistorySegment implements HistoryChunk {

    private static final Pattern NAME = Pattern.compile("\\d{20}\\.log");
    /** So much of a file's end is looked at first when it is repaired: a node may open a thousand histories when it starts. */
    private static final long TAIL_BYTES = 32 << 10;

    private final Path file;
    private final long first;
    private volatile long bytes;
    private volatile long newestMillis;

    private HistorySegment(Path file, long first, long bytes, long newestMillis) {
        this.file = file;
        this.first = first;
        this.bytes = bytes;
        this.newestMillis = newestMillis;
    }

    /** Returns a segment that begins with the given number; its file is made when it is written. */
    static HistorySegment beginning(Path directory, long first, long millis) {
        return new HistorySegment(directory.resolve(String.format(Locale.ROOT, "%020d.log", first)), first, 0, millis);
    }

    /** Returns the segment that is in a file; empty if the file is something else. */
    static Optional<HistorySegment> in(Path file) throws IOException {
        var name = file.getFileName().toString();
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(new HistorySegment(
                file,
                Long.parseLong(name.substring(0, 20)),
                Files.size(file),
                Files.getLastModifiedTime(file).toMillis()));
    }

    @Override
    public long first() {
        return first;
    }

    /** Returns how large it is. */
    long bytes() {
        return bytes;
    }

    /** Returns when the last line came. */
    long newestMillis() {
        return newestMillis;
    }

    @Override
    public List<HistoryLine> lines() throws IOException {
        var content = content(0);
        var lines = new ArrayList<HistoryLine>();
        int from = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                var line = HistoryLine.read(content, from, i);
                if (line != null) {
                    lines.add(line);
                }
                from = i + 1;
            }
        }
        return lines;
    }

    /**
     * Cuts off what a crash has left of a line at the end.
     *
     * @return the number of the last whole line, 0 if there is none
     */
    long repair() throws IOException {
        long tail = TAIL_BYTES;
        var end = wholeLines(Math.max(0, bytes - tail));
        while (end.number() == 0 && tail < bytes) {
            tail *= 8;
            end = wholeLines(Math.max(0, bytes - tail));
        }
        if (end.at() < bytes) {
            try (var open = open()) {
                open.setLength(end.at());
            }
            bytes = end.at();
        }
        return end.number();
    }

    /** Returns where the whole lines end that come after an offset. */
    private End wholeLines(long offset) throws IOException {
        var content = content(offset);
        int from = 0;
        while (offset > 0 && from < content.length && content[from++] != '\n') {
            // What the offset lies in is passed over.
        }
        long last = 0;
        for (int i = from; i < content.length; i++) {
            if (content[i] == '\n') {
                var line = HistoryLine.read(content, from, i);
                if (line == null || line.number() <= last) {
                    break;
                }
                last = line.number();
                from = i + 1;
            }
        }
        return new End(last, last == 0 ? 0 : offset + from);
    }

    /** Opens the file for writing. Not a channel: that would be closed by the interruption of whoever happens to write. */
    RandomAccessFile open() throws IOException {
        return new RandomAccessFile(file.toFile(), "rw");
    }

    /** Writes at the end; a failure leaves what was there before. */
    void append(RandomAccessFile open, byte[] added, long millis) throws IOException {
        long at = bytes;
        try {
            open.seek(at);
            open.write(added);
        } catch (IOException e) {
            // Otherwise what was half written could follow the next, shorter lines.
            open.setLength(at);
            throw e;
        }
        newestMillis = millis;
        bytes = at + added.length;
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    private byte[] content(long offset) throws IOException {
        int present = Math.toIntExact(bytes - offset);
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            return in.readNBytes(present);
        } catch (NoSuchFileException ignored) {
            // Removed to make room since the list was read.
            return new byte[0];
        }
    }

    /**
     * Where whole lines end.
     *
     * @param number of the last one, 0 if there is none
     * @param at the offset after it
     */
    private record End(long number, long at) {}
}
