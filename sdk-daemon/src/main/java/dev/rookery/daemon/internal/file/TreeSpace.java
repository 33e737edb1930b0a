package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.Files;

/**
 * How much a server's files may take of the disk.
 *
 * @param totalBytes its limit, or the size of the disk if it has none
 * @param freeBytes what may still be written
 */
public record TreeSpace(long totalBytes, long freeBytes) {

    static TreeSpace of(Volume volume) throws IOException {
        var disk = Files.getFileStore(volume.directory());
        long free = volume.space().freeBytes();
        if (free == Long.MAX_VALUE) {
            return new TreeSpace(disk.getTotalSpace(), disk.getUsableSpace());
        }
        return new TreeSpace(volume.space().usedBytes() + free, Math.min(free, disk.getUsableSpace()));
    }
}
