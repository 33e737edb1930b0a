package dev.rookery.daemon.internal.archive;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.NotFoundException;
import dev.rookery.daemon.internal.file.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way through an archive from its first entry. It ends when it is cancelled, or when its time is up: what passes over a long entry reads all
 * of it, and is ended in the middle by closing the file. Used by one thread; to be closed.
 */
final class ArchivePass implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchivePass.class);

    private final FileChannel channel;
    private final ArchiveReader reader;
    private final Guard guard;
    private final CancelSignal cancel;
    private final long deadline;
    /** Nothing ends the pass any more but its limits. */
    private volatile boolean arrived;

    private volatile boolean late;
    private volatile boolean ended;

    private ArchivePass(
            FileChannel channel,
            String name,
            ArchiveLimits limits,
            WorkMemory memory,
            Executor threads,
            Duration time,
            CancelSignal cancel)
            throws IOException {
        this.channel = channel;
        this.cancel = cancel;
        this.deadline = System.nanoTime() + time.toNanos();
        long size = channel.size();
        this.guard = new Guard(limits, cancel, () -> size);
        this.reader =
                ArchiveReaders.open(channel, name, new ArchiveReaders.Means(guard, memory, threads, count -> look()));
    }

    /**
     * Begins one.
     *
     * @param path of the archive; judged by the denylist
     * @param time how long it may take
     * @throws NotFoundException if there is no such file
     */
    static ArchivePass begin(
            Volume volume,
            String path,
            ArchiveLimits limits,
            WorkMemory memory,
            Executor threads,
            Duration time,
            CancelSignal cancel)
            throws IOException {
        var channel = Archives.open(volume, path);
        try {
            return new ArchivePass(channel, Archives.last(path), limits, memory, threads, time, cancel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Goes to the next entry.
     *
     * @return null at the end
     * @throws IOException if the archive is refused, or if time is up
     */
    @Nullable
    Entry next() throws IOException {
        look();
        if (ended) {
            // What is read already could go on for long.
            throw new ClosedChannelException();
        }
        var entry = reader.next();
        if (entry != null) {
            guard.entry(entry);
        }
        return entry;
    }

    /**
     * Returns the parts of an entry's name.
     *
     * @throws ArchiveRefusedException if it leads out, or no file can have it
     */
    List<String> names(String name) throws ArchiveRefusedException {
        return guard.names(name);
    }

    /** Returns the content of the present entry, held to the limits; from now on it may take the time of an unpacking. */
    InputStream content(Entry entry) throws IOException {
        arrived = true;
        return new EntryContent(reader.content(), entry, guard);
    }

    /** Returns whether it was ended because its time was up. */
    boolean late() {
        return late;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Closes the file under whatever is reading it if it is time. */
    private void look() {
        if (arrived) {
            return;
        }
        late |= System.nanoTime() - deadline > 0;
        if (late || cancel.cancelled()) {
            ended = true;
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("cannot close an archive", e);
            }
        }
    }
}
