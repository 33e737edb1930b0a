package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the files and directories of a tree one after another for somebody who has to have each open. Nothing is opened by a path that a server
 * could turn elsewhere, and nothing that one would have to wait for.
 */
public final class OpenedTree {

    private static final Logger LOG = LoggerFactory.getLogger(OpenedTree.class);

    private OpenedTree() {}

    /** Gets what is open. */
    @FunctionalInterface
    public interface Visitor {

        /** Looks at one, which is closed afterwards. A directory is seen before what is in it. */
        void visit(Opened file) throws IOException;
    }

    /**
     * An open file or directory.
     *
     * @param descriptor open for reading; closed with this
     */
    public record Opened(int descriptor, boolean directory) implements AutoCloseable {

        @Override
        public void close() {
            NativeFiles.close(descriptor);
        }
    }

    /**
     * Opens one file or directory.
     *
     * @throws FileSystemException if it is a link or something else
     */
    public static Opened open(Path path) throws IOException {
        return open(NativeFiles.openPlace(path.toString()), new FileStatus())
                .orElseThrow(() -> new FileSystemException(path.toString(), null, "it is no file and no directory"));
    }

    /**
     * Opens a file, or a directory and every directory and regular file below it on the same file system.
     *
     * @throws IOException if one of them cannot be opened, or {@code cancel} was given
     */
    public static void each(Path path, CancelSignal cancel, Visitor visitor) throws IOException {
        try (var top = open(path)) {
            visitor.visit(top);
            if (top.directory() && !new TreeWalk(cancel, new Below(path, top, visitor)).below(top.descriptor())) {
                throw new IOException(path + ": it was cancelled");
            }
        }
    }

    /** Closes the place; returns nothing if nothing of the kind is there. */
    private static Optional<Opened> open(int place, FileStatus status) throws IOException {
        try {
            NativeDirectories.status(place, status);
            boolean directory = status.directory();
            // The place is one file for good: what was seen of it is true of what is opened.
            return directory || status.regular()
                    ? Optional.of(new Opened(NativeFiles.openAgain(place), directory))
                    : Optional.empty();
        } finally {
            NativeFiles.close(place);
        }
    }

    private static final class Below implements TreeWalk.Visitor {

        private final Path root;
        private final long device;
        private final Visitor visitor;
        private final FileStatus status = new FileStatus();

        private Below(Path root, Opened top, Visitor visitor) throws IOException {
            this.root = root;
            this.visitor = visitor;
            NativeDirectories.status(top.descriptor(), status);
            this.device = status.device();
        }

        @Override
        public TreeWalk.Next visit(TreeWalk at) throws IOException {
            var present = at.status();
            if (present.device() != device) {
                LOG.warn("{}: on another file system, passed over: {}", root, String.join("/", at.names()));
                return TreeWalk.Next.PASS;
            }
            if (present.directory() || present.regular()) {
                visit(NativeFiles.openPlaceIn(at.directory(), at.name()));
            }
            return TreeWalk.Next.ENTER;
        }

        private void visit(int place) throws IOException {
            var found = open(place, status);
            if (found.isPresent()) {
                try (var file = found.get()) {
                    visitor.visit(file);
                }
            }
        }

        @Override
        public void missed(String name, TreeWalk.Miss why) throws IOException {
            throw new IOException(root + ": directory '" + name + "' was not looked into (" + why + ")");
        }
    }
}
