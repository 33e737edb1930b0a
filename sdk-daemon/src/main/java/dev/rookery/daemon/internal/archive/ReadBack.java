package dev.rookery.daemon.internal.archive;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.file.ArchiveFormat;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive of ours to its end as if it were a stranger's: while it is written, on another thread, or after that where only the end of an
 * archive says what is in it. Used by one thread.
 */
final class ReadBack implements AutoCloseable {

    private static final int BUFFER = 256 << 10;

    private final FileChannel channel;
    private final GrowingFile file;
    private final Guard guard;
    private final ArchiveReaders.Means means;
    private final String name;
    private final CancelSignal ended = CancelSignal.create();
    private final CancelSignal.Registration cancelled;
    private @Nullable CompletableFuture<Tally> beside;

    /**
     * Creates it.
     *
     * @param channel reads what is written; is closed with this
     * @param name of the archive
     */
    ReadBack(
            FileChannel channel,
            String name,
            ArchiveLimits limits,
            WorkMemory memory,
            Executor threads,
            CancelSignal cancel) {
        this.channel = channel;
        this.name = name;
        this.file = new GrowingFile(channel, ended);
        this.guard = new Guard(limits, ended, file::sizeBytes);
        this.means = new ArchiveReaders.Means(guard, memory, threads, count -> {});
        this.cancelled = cancel.onCancel(ended::cancel);
    }

    /** Begins to read what is written there, if the format can be read from its beginning to its end. */
    void begin(ArchiveFormat format, ClaimedChannel writing) {
        if (!format.equals(ArchiveFormat.ZIP)) {
            writing.tell(file);
            beside = CompletableFuture.supplyAsync(this::follow, means.threads());
        }
    }

    /**
     * Reads to the end, now that all is written.
     *
     * @return what is in it
     */
    Tally end() throws IOException {
        if (beside == null) {
            file.reach(channel.size());
        }
        file.whole();
        var tally = beside == null ? read(ArchiveReaders.open(channel, name, means)) : result(beside);
        // Only now it is known how long all of it is.
        guard.passed(0);
        return tally;
    }

    private static Tally result(CompletableFuture<Tally> beside) throws IOException {
        try {
            return beside.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UncheckedIOException unchecked
                    ? unchecked.getCause()
                    : new IOException("the archive cannot be read back", e.getCause());
        }
    }

    /** Ends it, and waits until nothing is read any more. */
    @Override
    public void close() throws IOException {
        cancelled.close();
        ended.cancel();
        file.close();
        if (beside != null) {
            beside.handle((tally, failure) -> tally).join();
        }
    }

    private Tally follow() {
        try {
            return read(ArchiveReaders.open(file, name, means));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tally read(ArchiveReader reader) throws IOException {
        var tally = new Tally();
        var buffer = new byte[BUFFER];
        try (var archive = reader) {
            for (var entry = archive.next(); entry != null; entry = archive.next()) {
                guard.entry(entry);
                long size = 0;
                var crc = new CRC32();
                if (entry.kind() == Entry.Kind.FILE) {
                    var content = archive.content();
                    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                        guard.bytes(entry.name(), count);
                        crc.update(buffer, 0, count);
                        size += count;
                    }
                }
                tally.add(entry, size, crc.getValue());
            }
        }
        return tally;
    }
}
