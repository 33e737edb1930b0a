package dev.rookery.daemon.internal.file;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The permissions of files. */
final class FileModes {

    /** From the lowest bit on. */
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    private FileModes() {}

    /**
     * Sets the permissions of a file or a directory. Changing them by its path would follow a link that somebody puts there at the last moment,
     * so only the very file that was looked at is changed.
     *
     * @param path what messages call it
     */
    static void set(Place place, String path, FileMode mode) throws IOException {
        int file = NativeFiles.openPlace(place.child().toString());
        try {
            var same = NativeFiles.path(file);
            if (!Files.isRegularFile(same) && !Files.isDirectory(same)) {
                throw new InvalidInputException(
                        "path: '" + path + "' is a link or a device (expected: a file or a directory)");
            }
            Files.setPosixFilePermissions(same, permissions(mode.bits()));
        } finally {
            NativeFiles.close(file);
        }
    }

    /** Returns the permissions that bits stand for. */
    static Set<PosixFilePermission> permissions(int bits) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((bits >> bit & 1) != 0) {
                permissions.add(BITS[bit]);
            }
        }
        return permissions;
    }
}
