package dev.rookery.daemon.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An open regular file of a server, written in place: every byte that makes it longer is claimed of the server's disk space before, and what it
 * takes after its last name is removed counts until it is closed. To be closed. Used by one thread at a time.
 */
public final class OpenFile implements Closeable {

    private final FileChannel channel;
    private final int place;
    private final Volume volume;
    private final FileOpening opening;
    private final boolean created;
    private final HeldFiles.Hold hold;
    /** For a file that is appended to and read: one descriptor cannot do both. */
    private @Nullable FileChannel reader;

    /**
     * Creates it.
     *
     * @param place the descriptor of the file's place, closed with this
     * @param created whether it was not there before
     */
    OpenFile(FileChannel channel, int place, Volume volume, FileOpening opening, boolean created) throws IOException {
        this.hold = volume.space().files().open(place);
        this.channel = channel;
        this.place = place;
        this.volume = volume;
        this.opening = opening;
        this.created = created;
    }

    /** Returns how it was opened. */
    public FileOpening opening() {
        return opening;
    }

    /** Returns whether it was not there before. */
    public boolean created() {
        return created;
    }

    /** Returns what the file system says of it. */
    public FileAttributes status() throws IOException {
        return FileAttributes.of(NativeFiles.path(place));
    }

    /** Returns its length. */
    public long size() throws IOException {
        return channel.size();
    }

    /**
     * Reads.
     *
     * @return how many bytes; less than asked for, or -1, at the end of the file
     */
    public int read(ByteBuffer into, long position) throws IOException {
        var from = opening.append() ? reader() : channel;
        int total = 0;
        while (into.hasRemaining()) {
            int count = from.read(into, position + total);
            if (count < 0) {
                return total == 0 ? -1 : total;
            }
            total += count;
        }
        return total;
    }

    private FileChannel reader() throws IOException {
        var present = reader;
        if (present == null) {
            present = FileChannel.open(NativeFiles.path(place), StandardOpenOption.READ);
            reader = present;
        }
        return present;
    }

    /**
     * Writes all of several buffers, one after the other; to a file that was opened to append, as one piece.
     *
     * @param position passed over if the file was opened to append
     * @throws NoDiskSpaceException if the server has no more space; nothing, or only some of the buffers, is written then
     */
    public void write(ByteBuffer[] parts, long position) throws IOException {
        if (opening.append()) {
            hold.alone(() -> append(parts));
            return;
        }
        long at = position;
        for (var part : parts) {
            int size = part.remaining();
            write(part, at);
            at += size;
        }
    }

    /** The kernel finds the end and writes in one step, so that nobody else's bytes are lost who appends at the same time. */
    private void append(ByteBuffer... parts) throws IOException {
        long count = 0;
        for (var part : parts) {
            count += part.remaining();
        }
        if (count == 0) {
            return;
        }
        long written = 0;
        try (var claim = volume.space().claim(count)) {
            try {
                while (written < count) {
                    written += channel.write(parts);
                }
            } finally {
                claim.written(hold.resized(written));
            }
        }
    }

    /**
     * Writes all of it.
     *
     * @param position passed over if the file was opened to append
     * @throws NoDiskSpaceException if the server has no more space; nothing is written then
     */
    public void write(ByteBuffer from, long position) throws IOException {
        hold.alone(() -> {
            if (opening.append()) {
                append(from);
            } else {
                writeAlone(from, position);
            }
        });
    }

    private void writeAlone(ByteBuffer from, long position) throws IOException {
        long before = channel.size();
        long growth = Math.addExact(position, from.remaining()) - before;
        if (growth <= 0) {
            writeAll(from, position);
            return;
        }
        try (var claim = volume.space().claim(growth)) {
            try {
                writeAll(from, position);
            } finally {
                claim.written(hold.resized(Math.max(0, channel.size() - before)));
            }
        }
    }

    private void writeAll(ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }

    /** Changes its attributes. */
    public void change(FileChange change) throws IOException {
        if (change.sizeBytes().isPresent()) {
            long size = change.sizeBytes().getAsLong();
            hold.alone(() -> resize(size));
        }
        FileChanges.apply(NativeFiles.path(place), change);
    }

    private void resize(long size) throws IOException {
        long before = channel.size();
        if (size < before) {
            try (var shorter = volume.space().change()) {
                channel.truncate(size);
                shorter.written(hold.resized(size - before));
            }
        } else if (size > before) {
            try (var claim = volume.space().claim(size - before)) {
                // A hole up to its last byte.
                try (var file = FileChannel.open(NativeFiles.path(place), StandardOpenOption.WRITE)) {
                    file.write(ByteBuffer.allocate(1), size - 1);
                }
                claim.written(hold.resized(size - before));
            }
        }
    }

    /** Flushes it to the disk. */
    public void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            hold.close();
            try {
                if (reader != null) {
                    reader.close();
                }
            } finally {
                NativeFiles.close(place);
            }
        }
    }
}
