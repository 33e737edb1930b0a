package dev.rookery.daemon.internal.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The size of a disk.
 *
 * @param totalBytes all of it
 * @param usedBytes what is taken
 */
record Space(long totalBytes, long usedBytes) {

    /** Measures the disk that is mounted at a place. */
    static Space of(Path mountpoint) throws IOException {
        var store = Files.getFileStore(mountpoint);
        return new Space(store.getTotalSpace(), store.getTotalSpace() - store.getUnallocatedSpace());
    }

    /** Measures a disk. */
    @FunctionalInterface
    interface Measure {

        /** Returns its size. */
        Space of(Path mountpoint) throws IOException;
    }
}
