package dev.rookery.daemon.internal.file;

import dev.rookery.api.DeniedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A file that a {@link SourceTree} came to. Valid for as long as it is being looked at.
 *
 * @param names from the directory that was asked for
 * @param path a path to it for now, never to be followed if it is a link
 * @param attributes what is known of it
 */
public record SourceFile(List<String> names, Path path, Map<String, Object> attributes) {

    static final String ATTRIBUTES = "unix:mode,size,ino,dev,nlink,lastModifiedTime";

    private static final int TYPE = 0170000;
    private static final int PERMISSIONS = 0777;

    /**
     * Opens a file of a server for reading; a link inside is followed.
     *
     * @throws NoSuchFileException if there is none
     * @throws dev.rookery.api.InvalidInputException if it is a directory or a device
     * @throws DeniedException if the denylist names it
     */
    public static FileChannel open(Volume volume, String path) throws IOException {
        try (var place = volume.sandbox().target(path, false)) {
            if (volume.denylist().denies(volume.sandbox().names(place), false)
                    || volume.denylist().denies(PathNames.of(path), false)) {
                throw new DeniedException("file '" + path + "' is on the denylist of the server's egg");
            }
            return FileReplacement.open(place, path);
        }
    }

    /** Returns whether it is a directory. */
    public boolean directory() {
        return type() == 0040000;
    }

    /** Returns whether it is a symbolic link. */
    public boolean link() {
        return type() == 0120000;
    }

    /** Returns whether it is a regular file. */
    public boolean regular() {
        return type() == 0100000;
    }

    /** Returns the permissions. */
    public int mode() {
        return (int) number("mode") & PERMISSIONS;
    }

    /** Returns the size. */
    public long sizeBytes() {
        return number("size");
    }

    /** Returns when it was changed last. */
    public FileTime modified() {
        return (FileTime) Objects.requireNonNull(attributes.get("lastModifiedTime"));
    }

    /** Returns whether there are more names of it. */
    public boolean manyNames() {
        return regular() && number("nlink") > 1;
    }

    /** Returns what all names of the file have in common. */
    public Identity identity() {
        return new Identity(number("dev"), number("ino"));
    }

    /** Returns where the link leads. */
    public String target() throws IOException {
        return Files.readSymbolicLink(path).toString();
    }

    /**
     * Opens it for reading.
     *
     * @throws NoSuchFileException if it vanished, or is something else by now
     */
    public FileChannel open() throws IOException {
        int place = NativeFiles.openPlace(path.toString());
        try {
            // The place is one file for good, so what is found out now stays true when it is opened.
            var same = NativeFiles.path(place);
            if (!Files.isRegularFile(same)) {
                throw new NoSuchFileException(String.join("/", names));
            }
            return FileChannel.open(same, StandardOpenOption.READ);
        } finally {
            NativeFiles.close(place);
        }
    }

    private int type() {
        return (int) number("mode") & TYPE;
    }

    private long number(String name) {
        return ((Number) Objects.requireNonNull(attributes.get(name), name)).longValue();
    }

    /**
     * Which file it is.
     *
     * @param device the file system
     * @param inode its number there
     */
    public record Identity(long device, long inode) {}
}
