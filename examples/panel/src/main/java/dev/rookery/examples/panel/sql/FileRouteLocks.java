package dev.rookery.examples.panel.sql;

import dev.rookery.proxy.store.StoreLock;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * Locks beside a SQLite file, which is on one machine as all of its panels are. The system gives back what a process had that has ended, and takes nothing from
 * one that stands still.
 */
record FileRouteLocks(Path directory) implements RouteLocks {

    @Override
    public StoreLock take(String name, Duration limit) {
        return StoreLock.ofFile(directory.resolve("proxy-" + name + ".lock"), limit);
    }

    @Override
    public void requireHeld(Handle handle, String name) {
        // It cannot be lost.
    }
}
