package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through everything below a directory, by descriptors and without following links: a server may exchange its directories meanwhile, and
 * leads nobody out by that. What vanishes or cannot be read is passed over. However deep and wide the tree is, few directories are open at a
 * time, and no list of names is kept: an entry is looked at where the kernel put it. Used once, by one thread.
 */
final class TreeWalk {

    /** So many levels stay open; of those below, only the present one is, and the way back is its {@code ..}. */
    private static final int OPEN_MAX = 32;

    /** What is deeper is not looked into: a server could make levels until no memory is left. */
    static final int DEPTH_MAX = 1 << 16;

    private static final int BUFFER_BYTES = 32 << 10;
    /** Read anew for each directory below; fits one entry with the longest name at least. */
    private static final int DEEP_BUFFER_BYTES = 1 << 10;

    private final CancelSignal cancel;
    private final Visitor visitor;
    private final int depthMax;
    private final List<TreeLevel> levels = new ArrayList<>();
    private final List<DirectoryReader> readers = new ArrayList<>();
    /** The present entry's once {@link #seen} is set, a directory's on the way otherwise. */
    private final FileStatus status = new FileStatus();

    private int depth;
    private boolean seen;

    /**
     * Creates it.
     *
     * @param cancel ends it early
     */
    TreeWalk(CancelSignal cancel, Visitor visitor) {
        this(cancel, visitor, DEPTH_MAX);
    }

    TreeWalk(CancelSignal cancel, Visitor visitor, int depthMax) {
        this.cancel = cancel;
        this.visitor = visitor;
        this.depthMax = depthMax;
    }

    /** What to do after an entry was looked at. */
    enum Next {
        /** Go on, into the entry if it is a directory. */
        ENTER,
        /** Go on after the entry. */
        PASS,
        /** Look at nothing more. */
        END
    }

    /** Why a directory was not looked into, or not to its end. */
    enum Miss {
        /** More directories than {@link #DEPTH_MAX} are above it. */
        DEPTH,
        /** It may not be read. */
        RIGHTS,
        /** It was moved away while it was looked through. */
        MOVED
    }

    /** What is done to files. */
    @FunctionalInterface
    interface Visitor {

        /** Looks at the present entry; what throws that it is not there is passed over. */
        Next visit(TreeWalk at) throws IOException;

        /** Was in a directory and is back in the one above: {@code name} is the one that it was in. */
        default void left(TreeWalk at, String name) throws IOException {}

        /** Hears of a directory whose entries were passed over. */
        default void missed(String name, Miss why) throws IOException {}
    }

    /**
     * Goes through what is below an open directory.
     *
     * @param directory any descriptor of it; stays open
     * @return whether it came to the end
     */
    boolean below(int directory) throws IOException {
        int root = NativeDirectories.open(directory, ".");
        levels.add(TreeLevel.of("", root, status));
        try {
            reader().begin();
            return run();
        } finally {
            levels.forEach(TreeLevel::close);
            levels.clear();
        }
    }

    /** Returns the directory that the present entry is in. */
    int directory() {
        return levels.get(depth).descriptor();
    }

    /** Returns the present entry's name. */
    String name() {
        return reader().name();
    }

    /** Returns how many directories are above the present entry. */
    int depth() {
        return depth;
    }

    /** Returns the names from where the walk began to the present entry. */
    List<String> names() {
        var names = directoryNames();
        names.add(name());
        return names;
    }

    /** Returns the names from where the walk began to the present directory. */
    List<String> directoryNames() {
        var names = new ArrayList<String>();
        for (int i = 1; i <= depth; i++) {
            names.add(levels.get(i).name());
        }
        return names;
    }

    /** Returns what the kernel knows of the present entry without looking at it. */
    DirectoryReader.Type type() {
        return reader().type();
    }

    /**
     * Looks at the present entry, a link itself.
     *
     * @return valid until the next entry
     * @throws NoSuchFileException if it is not there any more
     */
    FileStatus status() throws IOException {
        if (!seen) {
            if (!NativeDirectories.status(directory(), reader().nameAddress(), status)) {
                throw new NoSuchFileException(name());
            }
            seen = true;
        }
        return status;
    }

    private boolean run() throws IOException {
        while (true) {
            if (cancel.cancelled()) {
                return false;
            }
            if (!reader().next(directory())) {
                if (depth == 0) {
                    return true;
                }
                leave();
                continue;
            }
            seen = false;
            var next = visit();
            if (next == Next.END) {
                return false;
            }
            if (next == Next.ENTER && maybeDirectory()) {
                goInto();
            }
        }
    }

    private Next visit() throws IOException {
        try {
            return visitor.visit(this);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Next.PASS;
        }
    }

    private boolean maybeDirectory() {
        return type() == DirectoryReader.Type.DIRECTORY || type() == DirectoryReader.Type.UNKNOWN;
    }

    private void goInto() throws IOException {
        if (depth < depthMax) {
            enter();
        } else if (type() == DirectoryReader.Type.DIRECTORY || deepDirectory()) {
            visitor.missed(name(), Miss.DEPTH);
        }
    }

    private boolean deepDirectory() throws IOException {
        try {
            return status().directory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void enter() throws IOException {
        var name = name();
        TreeLevel below;
        try {
            below = TreeLevel.of(name, NativeDirectories.open(directory(), name), status);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // It vanished, or is something else by now.
            return;
        } catch (AccessDeniedException e) {
            visitor.missed(name, Miss.RIGHTS);
            return;
        }
        if (depth >= OPEN_MAX) {
            levels.get(depth).leftAt(reader().offset());
            levels.get(depth).close();
        }
        levels.add(below);
        depth++;
        reader().begin();
    }

    /** Goes back up, past directories that were moved away meanwhile and cannot be found again. */
    private void leave() throws IOException {
        var left = levels.get(depth);
        boolean back;
        try {
            back = levels.get(depth - 1).reopen(left, status);
        } finally {
            left.close();
            levels.remove(depth);
            depth--;
        }
        boolean moved = !back;
        while (!back) {
            back = depth == 0 || reopenFromAbove();
            if (!back) {
                levels.remove(depth);
                depth--;
            }
        }
        if (depth >= OPEN_MAX) {
            reader().resume(directory(), levels.get(depth).offset());
        }
        if (moved) {
            visitor.missed(left.name(), Miss.MOVED);
        } else {
            visitor.left(this, left.name());
        }
    }

    /** Finds the present level from the one nearest above it that is still open. */
    private boolean reopenFromAbove() throws IOException {
        int from = depth;
        while (!levels.get(from).open()) {
            from--;
        }
        for (int i = from + 1; i <= depth; i++) {
            boolean found = levels.get(i).reopenIn(levels.get(i - 1), status);
            if (i - 1 >= OPEN_MAX) {
                levels.get(i - 1).close();
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** The deep levels share one, as they share what is open. */
    private DirectoryReader reader() {
        int index = Math.min(depth, OPEN_MAX);
        while (readers.size() <= index) {
            readers.add(new DirectoryReader(readers.size() < OPEN_MAX ? BUFFER_BYTES : DEEP_BUFFER_BYTES));
        }
        return readers.get(index);
    }
}
