package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are being written. They grow in a folder beside the servers' files, where no server sees them, and are moved to their places when
 * they are whole; so what a crash leaves is found without looking through the servers' files. Where a file cannot be moved to its place from
 * there, because something is mounted between, it grows beside its place, and the folder holds a link that says where. Immutable.
 */
public final class Unfinished {

    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);
    private static final String FOLDER = ".rookery-unfinished";

    private final Path root;
    private final Path folder;

    /** Creates it for the server whose files are in this directory. */
    Unfinished(Path root) {
        this.root = root;
        this.folder = root.resolveSibling(FOLDER).resolve(root.getFileName());
    }

    /** Returns the folder of all servers below this directory; missing as long as nothing was written. */
    public static Path folder(Path dataDirectory) {
        return dataDirectory.resolve(FOLDER);
    }

    /** Returns a name that nobody has. */
    static String newName() {
        return ".rookery-" + UUID.randomUUID() + ".tmp";
    }

    /**
     * Opens where a file may grow that is to be moved into a directory.
     *
     * @param target any descriptor of the directory
     * @param name what the file will be called while it grows
     * @param real gives the path of the directory from the server's root
     */
    Site open(int target, String name, RealPath real) throws IOException {
        var own = open();
        try {
            if (together(target, own.descriptor())) {
                return new Site(own, false);
            }
            Files.createSymbolicLink(own.path().resolve(name), Path.of("./" + real.get()));
            own.close();
            return new Site(new OpenDirectory(NativeDirectories.open(target, ".")), true);
        } catch (IOException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** Returns whether files can be moved from one of these directories to the other. */
    static boolean together(int one, int other) throws IOException {
        var here = new FileStatus();
        var there = new FileStatus();
        NativeDirectories.status(one, here);
        NativeDirectories.status(other, there);
        return here.device() == there.device() && here.mount() == there.mount();
    }

    /** Forgets where a file grew that is not there any more. */
    void forget(String name) throws IOException {
        try (var own = open()) {
            NativeDirectories.remove(own.descriptor(), name);
        }
    }

    /**
     * Where a file grows.
     *
     * @param directory to be closed
     * @param noted whether it is to be forgotten afterwards
     */
    record Site(OpenDirectory directory, boolean noted) {}

    /** Asked for only when it is needed. */
    @FunctionalInterface
    interface RealPath {
        String get() throws IOException;
    }

    /** Opens the folder, which is created if it is not there. */
    OpenDirectory open() throws IOException {
        try {
            return new OpenDirectory(NativeFiles.openDirectory(folder.toString()));
        } catch (NoSuchFileException e) {
            var onlyOurs = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            for (var missing : new Path[] {folder.getParent(), folder}) {
                try {
                    Files.createDirectory(missing, onlyOurs);
                } catch (FileAlreadyExistsException ignored) {
                    // Somebody else writes as well.
                }
            }
            return new OpenDirectory(NativeFiles.openDirectory(folder.toString()));
        }
    }

    /**
     * Removes what a crash left beside the places of files; afterwards the folder holds nothing that is needed. Called before anything is written.
     *
     * @param dataDirectory where the servers' files are
     */
    public static void clear(Path dataDirectory) {
        var all = folder(dataDirectory);
        if (!Files.isDirectory(all, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var servers = Files.newDirectoryStream(all)) {
            for (var server : servers) {
                new Unfinished(dataDirectory.resolve(server.getFileName())).clear();
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("what a crash left of unfinished files cannot be read: {}", e.toString());
        }
    }

    private void clear() throws IOException {
        try (var names = Files.newDirectoryStream(folder)) {
            for (var name : names) {
                if (Files.isSymbolicLink(name)) {
                    removeAt(
                            Files.readSymbolicLink(name).toString(),
                            name.getFileName().toString());
                }
            }
        }
    }

    private void removeAt(String directory, String name) {
        try (var open = new Sandbox(root, Ownership.of(0, 0)).directory(directory, false)) {
            NativeDirectories.remove(open.descriptor(), name);
        } catch (IOException | RuntimeException e) {
            LOG.debug("the unfinished file {} in {} is not found any more", name, directory, e);
        }
    }
}
