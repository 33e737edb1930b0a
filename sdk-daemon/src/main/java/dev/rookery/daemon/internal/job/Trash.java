package dev.rookery.daemon.internal.job;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.internal.file.Trees;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder beside the servers' files that deleted ones are moved to: a server is gone at once, its files follow when the disk has removed
 * them, also after a restart. {@link #run} is the thread that empties it; the rest may be called by any.
 */
public final class Trash implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Trash.class);
    private static final Backoff PAUSES = Backoff.of(Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0.2);
    private static final long IDLE_HOURS = 1;

    private final Path dataDirectory;
    private final Path folder;
    private final Semaphore work = new Semaphore(1);
    private final CancelSignal closed = CancelSignal.create();

    /** Creates the trash of the servers below {@code dataDirectory}; its folder is made when it is needed. */
    public Trash(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        this.folder = dataDirectory.resolve(".rookery-deleted");
    }

    /**
     * Takes a server's files away from their place: when this returns, it is not there any more, also after a power cut. Repeating has no effect.
     *
     * @throws IOException if it is still there; may be tried again
     */
    public void take(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var place = folder.resolve(tree.getFileName() + "." + UUID.randomUUID());
            Files.move(tree, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // A file system of its own is mounted there, which cannot move, or the disk is full.
            LOG.debug("{} cannot be moved, it is removed in place: {}", tree, e.toString());
            Trees.delete(tree, closed);
        }
        DurableFiles.syncDirectory(dataDirectory);
        work.release();
    }

    /** Ends the removal that runs; what is left is removed after the next start. */
    public void close() {
        closed.cancel();
        work.release();
    }

    @Override
    public void run() {
        int failures = 0;
        try {
            while (!closed.cancelled()) {
                boolean waited = work.tryAcquire(
                        failures == 0
                                ? TimeUnit.HOURS.toMillis(IDLE_HOURS)
                                : PAUSES.pauseAfter(failures).toMillis(),
                        TimeUnit.MILLISECONDS);
                work.drainPermits();
                LOG.trace("looking into the trash, {}", waited ? "there is something new" : "again");
                failures = closed.cancelled() || sweep() ? 0 : failures + 1;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what is in the trash; returns whether nothing is left. */
    boolean sweep() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        boolean all = true;
        try (var trees = Files.newDirectoryStream(folder)) {
            for (var tree : trees) {
                all &= remove(tree);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("the trash {} cannot be read: {}", folder, e.toString());
            return false;
        }
        return all;
    }

    private boolean remove(Path tree) {
        try {
            Trees.delete(tree, closed);
            return true;
        } catch (IOException | RuntimeException e) {
            if (!closed.cancelled()) {
                LOG.warn("the files of a deleted server cannot be removed yet: {}: {}", tree, e.toString());
            }
            return false;
        }
    }
}
