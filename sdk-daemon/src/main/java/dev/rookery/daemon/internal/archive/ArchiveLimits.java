package dev.rookery.daemon.internal.archive;

import java.time.Duration;

/**
 * How far an archive is trusted. Who makes one may be a stranger: what is beyond a limit is refused, whatever has been unpacked by then is
 * taken away.
 *
 * @param entries how many files, directories and links are in it
 * @param totalBytes how long all files are together
 * @param ratio how many times as long as the archive they are
 * @param ratioFromBytes from how much on the ratio counts
 * @param depth how many directories are in each other
 * @param pathBytes how long a path is
 * @param headerBytes how long what is said of one file is
 * @param memoryBytes how much memory the decoder wants
 * @param time how long it takes
 */
public record ArchiveLimits(
        int entries,
        long totalBytes,
        int ratio,
        long ratioFromBytes,
        int depth,
        int pathBytes,
        int headerBytes,
        int memoryBytes,
        Duration time) {

    /** What nodes keep to. */
    public static final ArchiveLimits USUAL =
            new ArchiveLimits(1_000_000, 1L << 42, 250, 1L << 30, 128, 4096, 4 << 20, 80 << 20, Duration.ofHours(6));
}
