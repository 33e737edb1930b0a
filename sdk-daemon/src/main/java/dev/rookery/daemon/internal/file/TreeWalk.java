package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Goes through everything below a directory, by descriptors and without following links: a server may exchange its directories meanwhile, and
 * leads nobody out by that. What vanishes or cannot be read is passed over. Used once, by one thread.
 */
final class TreeWalk {

    /** Each level keeps a descriptor open. */
    private static final int DEPTH_MAX = 512;

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;

    private final CancelSignal cancel;
    private final Visitor visitor;
    private final List<String> names = new ArrayList<>();

    /**
     * Creates it.
     *
     * @param cancel ends it early
     */
    TreeWalk(CancelSignal cancel, Visitor visitor) {
        this.cancel = cancel;
        this.visitor = visitor;
    }

    /**
     * What is done to a file.
     *
     * @see TreeWalk
     */
    @FunctionalInterface
    interface Visitor {

        /**
         * Looks at a file.
         *
         * @param file a path to it for now, never to be followed if it is a link
         * @param entry what it is
         * @return whether to go on
         */
        boolean visit(Path file, Entry entry) throws IOException;
    }

    /**
     * What is there.
     *
     * @param names from the directory where the walk began; valid during the visit
     * @param attributes {@code mode}, {@code size}, {@code uid} and {@code gid}
     */
    record Entry(List<String> names, Map<String, Object> attributes) {

        boolean directory() {
            return (number("mode") & TYPE) == DIRECTORY;
        }

        long sizeBytes() {
            return ((Number) Objects.requireNonNull(attributes.get("size"))).longValue();
        }

        int number(String name) {
            return ((Number) Objects.requireNonNull(attributes.get(name), name)).intValue();
        }
    }

    /** Goes through what is below an open directory; returns whether it came to the end. */
    boolean below(int directory) throws IOException {
        for (var name : FileEntries.names(directory)) {
            if (cancel.cancelled()) {
                return false;
            }
            names.add(name);
            try {
                if (!visit(directory, name)) {
                    return false;
                }
            } catch (NoSuchFileException | NotDirectoryException ignored) {
                // It vanished, or is something else by now.
            } finally {
                names.remove(names.size() - 1);
            }
        }
        return true;
    }

    private boolean visit(int directory, String name) throws IOException {
        var file = NativeFiles.path(directory).resolve(name);
        var entry = new Entry(names, Files.readAttributes(file, "unix:mode,size,uid,gid", LinkOption.NOFOLLOW_LINKS));
        if (!visitor.visit(file, entry)) {
            return false;
        }
        if (!entry.directory() || names.size() >= DEPTH_MAX) {
            return true;
        }
        try (var child = new OpenDirectory(NativeFiles.openDirectoryIn(directory, name))) {
            return below(child.descriptor());
        }
    }
}
