package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Whole directory trees of servers. Links are never followed. */
public final class Trees {

    private Trees() {}

    /**
     * Removes a tree, if it is there, however deep it is: directories below the second level are lifted to the first one, so that neither
     * stack nor open directories grow with the depth.
     *
     * @throws IOException if something of it cannot be removed; it may be tried again
     */
    public static void delete(Path root) throws IOException {
        delete(root, CancelSignal.create());
    }

    /**
     * Removes a tree, if it is there.
     *
     * @param cancel ends the removal early
     * @throws IOException if something of it cannot be removed, or it was cancelled; it may be tried again
     */
    public static void delete(Path root, CancelSignal cancel) throws IOException {
        var parent = root.getParent();
        if (parent == null || !Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // By descriptors: a server that still runs must not lead us out of its directory by exchanging one for a link.
        try (var directory = new OpenDirectory(NativeFiles.openTrusted(parent.toString()))) {
            new TreeRemoval(directory.descriptor(), root.getFileName().toString(), cancel).run();
        }
    }

    /** Returns the bytes that a tree takes on the disk; what vanishes meanwhile does not count. */
    public static long size(Path root, CancelSignal cancel) throws IOException {
        var sum = new long[1];
        try (var directory = new OpenDirectory(NativeFiles.openDirectory(root.toString()))) {
            new TreeWalk(cancel, (file, entry) -> {
                        sum[0] += entry.directory() ? 0 : entry.sizeBytes();
                        return true;
                    })
                    .below(directory.descriptor());
        }
        return sum[0];
    }
}
