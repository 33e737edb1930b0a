package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a file.
 *
 * @param mode its kind and permissions, as Unix has them
 * @param sizeBytes its length
 * @param uid whom it belongs to
 * @param gid which group it belongs to
 * @param accessedSeconds when it was read last, in seconds since 1970
 * @param modifiedSeconds when it was changed last, in seconds since 1970
 * @param links how many names it has
 */
public record FileAttributes(
        int mode, long sizeBytes, int uid, int gid, long accessedSeconds, long modifiedSeconds, int links) {

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    static FileAttributes of(Path path, LinkOption... options) throws IOException {
        var found = Files.readAttributes(path, "unix:mode,size,uid,gid,lastAccessTime,lastModifiedTime,nlink", options);
        return new FileAttributes(
                (Integer) value(found, "mode"),
                (Long) value(found, "size"),
                (Integer) value(found, "uid"),
                (Integer) value(found, "gid"),
                ((FileTime) value(found, "lastAccessTime")).to(TimeUnit.SECONDS),
                ((FileTime) value(found, "lastModifiedTime")).to(TimeUnit.SECONDS),
                (Integer) value(found, "nlink"));
    }

    /** Returns whether it is a directory. */
    public boolean directory() {
        return (mode & TYPE) == DIRECTORY;
    }

    /** Returns whether it is a regular file. */
    public boolean regular() {
        return (mode & TYPE) == REGULAR;
    }

    /** Returns whether it is a symbolic link. */
    public boolean link() {
        return (mode & TYPE) == LINK;
    }

    private static Object value(Map<String, Object> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), name);
    }
}
