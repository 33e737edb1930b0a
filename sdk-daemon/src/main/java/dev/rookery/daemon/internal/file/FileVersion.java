package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Tells one content of a file from a later one by what the file system says of it. */
final class FileVersion {

    private FileVersion() {}

    /**
     * Returns the version of what is at a place; empty if there is nothing. Whom it belongs to and what may be done with it are no part of that: a
     * server's start sets them anew.
     */
    static Optional<String> of(Place place) throws IOException {
        var status = new FileStatus();
        return NativeDirectories.status(place.descriptor(), place.name(), status)
                ? Optional.of(content(status))
                : Optional.empty();
    }

    /** Returns the version of a content. */
    static String content(FileStatus status) {
        return Long.toHexString(status.inode()) + "-" + Long.toHexString(status.sizeBytes()) + "-"
                + hex(status.modified());
    }

    /** Returns the version of a file with everything that belongs to it. */
    static String whole(FileStatus status) {
        return content(status) + "-" + hex(status.changed());
    }

    private static String hex(Instant time) {
        return Long.toHexString(time.getEpochSecond()) + "." + Integer.toHexString(time.getNano());
    }
}
