package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Whole directory trees of servers. Links are never followed. */
public final class Trees {

    private Trees() {}

    /**
     * Removes a tree, if it is there, however deep it is.
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
        var name = root.getFileName().toString();
        // By descriptors: a server that still runs must not lead us out of its directory by exchanging one for a link.
        try (var directory = new OpenDirectory(NativeFiles.openTrusted(parent.toString()))) {
            new Removal(Denylist.of(List.of()), DiskSpace.unlimited(), cancel)
                    .run(directory.descriptor(), name, List.of(name));
        }
    }
}
