package dev.rookery.daemon.internal.store;

import dev.rookery.api.ConflictException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second daemon off a node's directory, in this process and others; a killed process loses it. Thread-safe. */
public final class RootLock implements AutoCloseable {

    private static final String FILE = "rookery.lock";

    private final FileChannel channel;

    private RootLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a directory.
     *
     * @throws ConflictException if another daemon has it
     */
    public static RootLock take(Path directory) {
        var file = directory.resolve(FILE);
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                taken = channel.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                throw new ConflictException(inUse(directory, "this process"), e);
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            if (!taken) {
                throw new ConflictException(inUse(directory, "another process"));
            }
            return new RootLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private static String inUse(Path directory, String where) {
        return "system.root_directory: " + directory + " is in use by another daemon in " + where
                + " (expected: a directory for each daemon)";
    }

    @Override
    public void close() {
        try {
            // Closing gives the lock back. The file stays: removing it would let two take "the same" file.
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be given back", e);
        }
    }
}
