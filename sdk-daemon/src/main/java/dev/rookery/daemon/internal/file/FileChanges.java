package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** Applies changes of attributes to the very file of a descriptor. */
final class FileChanges {

    private static final int PERMISSIONS = 0777;

    private FileChanges() {}

    /**
     * Sets permissions and times.
     *
     * @param same leads to the file by its descriptor; a regular file or a directory
     */
    static void apply(Path same, FileChange change) throws IOException {
        if (change.mode().isPresent()) {
            Files.setPosixFilePermissions(
                    same, FileModes.permissions(change.mode().getAsInt() & PERMISSIONS));
        }
        if (change.times().isPresent()) {
            var times = change.times().get();
            Files.getFileAttributeView(same, BasicFileAttributeView.class)
                    .setTimes(time(times.modifiedSeconds()), time(times.accessedSeconds()), null);
        }
    }

    private static FileTime time(long seconds) {
        return FileTime.from(seconds, TimeUnit.SECONDS);
    }
}
