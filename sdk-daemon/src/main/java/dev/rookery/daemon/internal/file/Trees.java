package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

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
        try (var directory = Files.newDirectoryStream(parent)) {
            if (!(directory instanceof SecureDirectoryStream<Path> secure)) {
                throw new IOException(parent + ": its file system does not offer safe removal");
            }
            new TreeRemoval(secure, root.getFileName(), cancel).run();
        }
    }

    /** Returns the bytes that a tree takes on the disk; what vanishes meanwhile does not count. */
    public static long size(Path root, CancelSignal cancel) throws IOException {
        var sum = new long[1];
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return cancel.cancelled() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, @org.jspecify.annotations.Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
