package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.UUID;

/**
 * One removal of a tree. Only the root and one directory in it are ever open: what is found below is moved up into the root under a name of
 * ours and emptied later. Each directory moves once, so the work grows with the tree and not with its depth. Directories are opened as places,
 * which neither follows a link nor waits for a FIFO that somebody puts there instead. Used by one thread.
 */
final class TreeRemoval {

    /** Somebody may go on writing into the tree: so many looks at it without an end are enough. */
    private static final int PASSES_MAX = 100;

    private final int parent;
    private final String name;
    private final CancelSignal cancel;
    private final String prefix = ".rookery-" + UUID.randomUUID() + "-";
    private long lifted;
    private long emptied;

    /**
     * Creates it.
     *
     * @param parent the directory that the tree is in
     */
    TreeRemoval(int parent, String name, CancelSignal cancel) {
        this.parent = parent;
        this.name = name;
        this.cancel = cancel;
    }

    void run() throws IOException {
        if (gone(parent, name)) {
            return;
        }
        for (int pass = 0; pass < PASSES_MAX; pass++) {
            try (var root = new OpenDirectory(NativeFiles.openDirectoryIn(parent, name))) {
                empty(root.descriptor());
            } catch (NoSuchFileException | NotDirectoryException ignored) {
                // Gone, or something else by now, which is looked at next.
            }
            if (gone(parent, name)) {
                return;
            }
        }
        throw new IOException(name + ": it is being written to while it is removed");
    }

    private void empty(int root) throws IOException {
        for (var entry : FileEntries.names(root)) {
            if (!gone(root, entry)) {
                flatten(root, entry);
            }
        }
        for (; emptied < lifted; emptied++) {
            var child = prefix + emptied;
            if (!gone(root, child)) {
                flatten(root, child);
            }
        }
    }

    /** Removes a directory of the root, after what it holds was removed or lifted into the root. */
    private void flatten(int root, String child) throws IOException {
        try (var directory = new OpenDirectory(NativeFiles.openDirectoryIn(root, child))) {
            for (var entry : FileEntries.names(directory.descriptor())) {
                if (!gone(directory.descriptor(), entry)) {
                    Moves.rename(directory.descriptor(), entry, root, prefix + lifted);
                    lifted++;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException ignored) {
            // Gone already, or something else by now.
        }
        gone(root, child);
    }

    /** Removes what is no directory, or an empty one; returns false if there is a directory that is not empty. */
    private boolean gone(int directory, String entry) throws IOException {
        if (cancel.cancelled()) {
            throw new IOException(name + ": its removal was cancelled");
        }
        var path = NativeFiles.path(directory).resolve(entry);
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (FileSystemException e) {
            // A file and a directory changed places at this very moment: looked at again, but an error stays one.
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.deleteIfExists(path);
            return true;
        }
    }
}
