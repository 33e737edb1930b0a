package dev.rookery.proxy.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import dev.rookery.proxy.store.StoreLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks against other threads and other processes. The system's locks of files belong to a whole JVM: threads need one of their own besides, and two
 * stores of one directory the same one. A lock file is never removed: two could have "the same" file then.
 */
public final class FileLocks {

    private static final ConcurrentHashMap<Path, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private FileLocks() {}

    /**
     * Takes a lock.
     *
     * @param file its directory exists
     * @param limit how long to wait
     * @throws StoreException if somebody else has it all the time
     */
    public static StoreLock take(Path file, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        var mine = IN_THIS_JVM.computeIfAbsent(real(file), path -> new ReentrantLock());
        if (mine.isHeldByCurrentThread() || !within(mine, limit)) {
            throw locked(file, "another thread of this process");
        }
        boolean taken = false;
        try {
            var channel = channel(file, end);
            taken = true;
            return new Held(mine, channel);
        } finally {
            if (!taken) {
                mine.unlock();
            }
        }
    }

    /** A directory may be reached by several ways. */
    private static Path real(Path file) throws IOException {
        var directory = requireNonNull(file.toAbsolutePath().getParent(), "directory");
        return directory.toRealPath().resolve(file.getFileName());
    }

    private static boolean within(ReentrantLock lock, Duration limit) {
        try {
            return lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FileChannel channel(Path file, long end) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            // The system has no lock of files that waits for a limited time.
            while (channel.tryLock() == null) {
                if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                    throw locked(file, holder(channel));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            sign(file, channel);
            taken = true;
            return channel;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** For messages only: that it is locked is known by the lock, not by the text. */
    private static void sign(Path file, FileChannel channel) throws IOException {
        var process = ProcessHandle.current();
        var text = "process " + process.pid()
                + process.info().startInstant().map(at -> " started " + at).orElse("");
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)), 0);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(200);
        channel.read(bytes, 0);
        var text = new String(bytes.array(), 0, bytes.position(), UTF_8);
        return text.isEmpty() ? "another process" : "another process (" + Shown.of(text) + ")";
    }

    private static StoreException locked(Path file, String holder) {
        return new StoreException(
                Problem.LOCKED, file.getFileName() + " is held by " + holder + " (expected: that it ends soon)");
    }

    /** A lock that is held. */
    private record Held(ReentrantLock mine, FileChannel channel) implements StoreLock {
        @Override
        public void close() {
            if (!channel.isOpen()) {
                return;
            }
            try {
                channel.close();
            } catch (IOException e) {
                throw new StoreException(Problem.UNAVAILABLE, "a lock cannot be given back: " + e.getMessage(), e);
            } finally {
                mine.unlock();
            }
        }
    }
}
