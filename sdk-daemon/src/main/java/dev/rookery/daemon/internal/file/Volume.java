package dev.rookery.daemon.internal.file;

import java.nio.file.Path;

/**
 * Where a server's files are, and how they are treated.
 *
 * @param directory may be missing until something is written
 * @param denylist what nobody may touch
 * @param ownership whom new files are given to
 * @param space what they may take of the disk
 */
public record Volume(Path directory, Denylist denylist, Ownership ownership, DiskSpace space) {

    Sandbox sandbox() {
        return new Sandbox(directory, ownership);
    }

    Unfinished unfinished() {
        return new Unfinished(directory);
    }
}
