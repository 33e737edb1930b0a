package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.UUID;

/**
 * One removal of a tree. Only the root and one directory in it are ever open: what is found below is moved up into the root under a name of
 * ours and emptied later. Each directory moves once, so the work grows with the tree and not with its depth. Used by one thread.
 */
final class TreeRemoval {

    /** Somebody may go on writing into the tree: so many looks at it without an end are enough. */
    private static final int PASSES_MAX = 100;

    private final SecureDirectoryStream<Path> parent;
    private final Path name;
    private final CancelSignal cancel;
    private final String prefix = ".rookery-" + UUID.randomUUID() + "-";
    private long lifted;
    private long emptied;

    TreeRemoval(SecureDirectoryStream<Path> parent, Path name, CancelSignal cancel) {
        this.parent = parent;
        this.name = name;
        this.cancel = cancel;
    }

    void run() throws IOException {
        if (gone(parent, name)) {
            return;
        }
        for (int pass = 0; pass < PASSES_MAX; pass++) {
            try (var root = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                empty(root);
            } catch (NoSuchFileException e) {
                return;
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            if (gone(parent, name)) {
                return;
            }
        }
        throw new IOException(name + ": it is being written to while it is removed");
    }

    private void empty(SecureDirectoryStream<Path> root) throws IOException {
        for (var entry : root) {
            if (!gone(root, entry.getFileName())) {
                flatten(root, entry.getFileName());
            }
        }
        for (; emptied < lifted; emptied++) {
            var child = Path.of(prefix + emptied);
            if (!gone(root, child)) {
                flatten(root, child);
            }
        }
    }

    /** Removes a directory of the root, after what it holds was removed or lifted into the root. */
    private void flatten(SecureDirectoryStream<Path> root, Path child) throws IOException {
        try (var directory = root.newDirectoryStream(child, LinkOption.NOFOLLOW_LINKS)) {
            for (var entry : directory) {
                if (!gone(directory, entry.getFileName())) {
                    directory.move(entry.getFileName(), root, Path.of(prefix + lifted));
                    lifted++;
                }
            }
        } catch (NoSuchFileException ignored) {
            // Gone already.
        }
        gone(root, child);
    }

    /** Removes what is no directory, or an empty one; returns false if there is a directory that is not empty. */
    private boolean gone(SecureDirectoryStream<Path> directory, Path entry) throws IOException {
        if (cancel.cancelled()) {
            throw new IOException(name + ": its removal was cancelled");
        }
        try {
            var attributes = directory
                    .getFileAttributeView(entry, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            if (!attributes.isDirectory()) {
                directory.deleteFile(entry);
                return true;
            }
            directory.deleteDirectory(entry);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
