package dev.rookery.daemon.internal.archive;

import com.github.luben.zstd.ZstdOutputStream;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.daemon.internal.file.SourceFile;
import dev.rookery.daemon.internal.file.SourceTree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Writes one archive and reads it back. Used by one thread. */
final class Packing {

    private static final int BUFFER = 256 << 10;
    private static final int ZSTD_LEVEL = 3;
    /** Four megabytes of history: a larger one takes most of the memory that a node has. */
    private static final int XZ_PRESET = 4;

    private final Executor threads;
    private final int workers;
    private final CancelSignal cancel;
    private final LongConsumer progress;
    private final Tally tally = new Tally();
    private final Map<SourceFile.Identity, String> known = new HashMap<>();

    Packing(Executor threads, int workers, CancelSignal cancel, LongConsumer progress) {
        this.threads = threads;
        this.workers = workers;
        this.cancel = cancel;
        this.progress = progress;
    }

    /** Returns the format that is written where this one is asked for: gzip for what nobody knows. */
    static ArchiveFormat written(ArchiveFormat asked) {
        boolean known = asked.equals(ArchiveFormat.ZIP)
                || asked.equals(ArchiveFormat.TAR)
                || asked.equals(ArchiveFormat.TAR_BZ2)
                || asked.equals(ArchiveFormat.TAR_XZ)
                || asked.equals(ArchiveFormat.TAR_ZSTD);
        return known ? asked : ArchiveFormat.TAR_GZ;
    }

    /** Writes the archive. */
    void write(SourceTree files, ArchiveFormat format, ClaimedChannel channel) throws IOException {
        try (var writer = writer(format, channel)) {
            files.walk(cancel, file -> add(file, writer));
        }
        if (cancel.cancelled()) {
            throw new IOException("cancelled");
        }
    }

    /** Returns how many files, directories and links were written. */
    long entries() {
        return tally.entries();
    }

    /**
     * Reads an archive to its end.
     *
     * @param channel is closed by this
     * @throws IOException if it is not what was written
     */
    void compare(FileChannel channel, String name) throws IOException {
        var found = new Tally();
        var unlimited = new ArchiveLimits(
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                ArchiveLimits.USUAL.time());
        var buffer = new byte[BUFFER];
        try (var archive = ArchiveReaders.open(channel, name, unlimited, threads, count -> {})) {
            for (var entry = archive.next(); entry != null; entry = archive.next()) {
                long size = 0;
                var crc = new CRC32();
                if (entry.kind() == Entry.Kind.FILE) {
                    var content = archive.content();
                    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                        crc.update(buffer, 0, count);
                        size += count;
                        requireGoingOn();
                    }
                }
                found.add(entry, size, crc.getValue());
                requireGoingOn();
            }
        }
        if (!Tally.same(tally, found)) {
            throw new IOException("the archive reads back otherwise than it was written, with " + found.entries()
                    + " entries (expected: " + tally.entries() + ", the same)");
        }
    }

    private void requireGoingOn() throws IOException {
        if (cancel.cancelled()) {
            throw new IOException("cancelled");
        }
    }

    private void add(SourceFile file, ArchiveWriter writer) throws IOException {
        var name = String.join("/", file.names());
        if (file.directory()) {
            write(Entry.directory(name, file.mode(), file.modified()), writer);
        } else if (file.link()) {
            write(Entry.link(name, file.modified(), file.target()), writer);
        } else {
            var first = file.manyNames() && writer.hardLinks() ? known.putIfAbsent(file.identity(), name) : null;
            if (first == null) {
                content(file, name, writer);
            } else {
                write(Entry.hardLink(name, file.mode(), file.modified(), first), writer);
            }
        }
    }

    private void write(Entry entry, ArchiveWriter writer) throws IOException {
        writer.entry(entry);
        tally.add(entry, 0, 0);
    }

    private void content(SourceFile file, String name, ArchiveWriter writer) throws IOException {
        FileChannel channel;
        try {
            channel = file.open();
        } catch (NoSuchFileException e) {
            // It vanished: a second name of it, later, is its first one then.
            known.remove(file.identity(), name);
            throw e;
        }
        try (channel;
                InputStream in = Channels.newInputStream(channel)) {
            long size = channel.size();
            var entry = Entry.file(name, file.mode(), file.modified(), size);
            var content = new ExactContent(in, size, progress);
            writer.file(entry, content);
            tally.add(entry, size, content.crc());
        }
    }

    private ArchiveWriter writer(ArchiveFormat format, ClaimedChannel channel) throws IOException {
        if (format.equals(ArchiveFormat.ZIP)) {
            return new ZipWriter(channel);
        }
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        return new TarWriter(compressed(format, out));
    }

    private OutputStream compressed(ArchiveFormat format, OutputStream out) throws IOException {
        if (format.equals(ArchiveFormat.TAR)) {
            return out;
        }
        if (format.equals(ArchiveFormat.TAR_ZSTD)) {
            return new ZstdOutputStream(out, ZSTD_LEVEL).setWorkers(workers).setChecksum(true);
        }
        if (format.equals(ArchiveFormat.TAR_BZ2)) {
            return new BufferedOutputStream(new BZip2CompressorOutputStream(out), BUFFER);
        }
        if (format.equals(ArchiveFormat.TAR_XZ)) {
            return new XZOutputStream(out, new LZMA2Options(XZ_PRESET));
        }
        return new ParallelGzip(out, threads, workers);
    }
}
