package dev.rookery.daemon.internal.quota;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.ServerId;
import dev.rookery.api.spi.DiskQuotas.Amount;
import dev.rookery.daemon.internal.file.TreeQuota;
import dev.rookery.daemon.internal.store.ProjectStore.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel keeps of one server's files: all of them are in a project of their own, whose limit is the server's. Nothing is said about
 * them, and nothing written to them, before that is so. Thread-safe.
 */
public final class ServerQuota implements TreeQuota {

    private static final Logger LOG = LoggerFactory.getLogger(ServerQuota.class);
    private static final long PATIENCE_SECONDS = 30;
    private static final int NOT_READY = 0;

    private final ServerId server;
    private final Path directory;
    private final LongSupplier limitBytes;
    private final Projects projects;
    /** Held while files are put into the project, which for a million of them takes a while. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile int project = NOT_READY;
    private volatile long lastBytes;
    /** Guarded by the lock. */
    private boolean ended;

    ServerQuota(ServerId server, Path directory, LongSupplier limitBytes, Projects projects) {
        this.server = server;
        this.directory = directory;
        this.limitBytes = limitBytes;
        this.projects = projects;
    }

    /**
     * Sees to it that all files are in the project and that its limit is the server's, whoever changed either meanwhile.
     *
     * @param cancel ends it early
     * @return false if the server has no files yet, not even a directory for them
     * @throws IOException if it is not so, or somebody else is still about it; the server may not run then
     */
    public boolean prepare(CancelSignal cancel) throws IOException {
        lock();
        try {
            if (ended || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            var present = projects.get(server);
            if (!present.assigned() || projects.quotas().projectOf(directory) != present.number()) {
                project = NOT_READY;
                assign(present, cancel);
            }
            limit(present.number());
            project = present.number();
            lastBytes = projects.quotas().usage(present.number()).bytes();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void assign(Project present, CancelSignal cancel) throws IOException {
        LOG.info("server {}: its files are put into project {}", server, present.number());
        projects.quotas().assign(directory, present.number(), cancel);
        projects.store().setAssigned(present);
    }

    /**
     * Puts files back into the project that the server took out of it: who owns a file may do so, unless he is in a user namespace of his own.
     *
     * @param cancel ends it early
     * @throws IOException if some may be outside still
     */
    public void collect(CancelSignal cancel) throws IOException {
        int present = project;
        if (present != NOT_READY && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            projects.quotas().assign(directory, present, cancel);
        }
    }

    /** Gives the kernel the server's limit, which may have changed. */
    private void limit(int number) throws IOException {
        var quotas = projects.quotas();
        var wanted = Amount.ofBytes(limitBytes.getAsLong());
        if (!quotas.limits(number).equals(wanted)) {
            quotas.limit(number, wanted);
        }
    }

    /**
     * Ends the limit, for good: the server is about to be deleted. Repeating has no effect.
     *
     * @throws IOException if it is still there; may be tried again
     */
    public void end() throws IOException {
        lock();
        try {
            ended = true;
            project = NOT_READY;
            var present = projects.store().find(server);
            if (present.isPresent()) {
                projects.end(present.get());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean ready() {
        return project != NOT_READY;
    }

    @Override
    public long usedBytes() throws IOException {
        lastBytes = projects.quotas().usage(number()).bytes();
        return lastBytes;
    }

    @Override
    public long lastBytes() {
        if (!ready()) {
            return lastBytes;
        }
        try {
            return usedBytes();
        } catch (IOException e) {
            LOG.debug("server {}: what its files take is not known now", server, e);
            return lastBytes;
        }
    }

    @Override
    public void adopt(Path path) throws IOException {
        if (path.equals(directory)) {
            // Made just now, perhaps in the place of one that somebody took away.
            if (!prepare(CancelSignal.create())) {
                throw new IOException(directory + " is gone, or the server is being deleted");
            }
            return;
        }
        projects.quotas().assign(path, number(), CancelSignal.create());
    }

    private int number() throws IOException {
        int present = project;
        if (present == NOT_READY && prepare(CancelSignal.create())) {
            present = project;
        }
        if (present == NOT_READY) {
            throw new IOException(
                    "the server has no directory, or is being deleted (expected: one, with its disk quota)");
        }
        return present;
    }

    private void lock() throws IOException {
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        "the server's files are still being put under its disk quota (expected: try again" + " later)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server's files were put under its disk quota", e);
        }
    }
}
