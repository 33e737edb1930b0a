package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes files and directories, however deep, but for those that nobody may touch, and the directories that hold such. Used once, by one thread.
 */
final class Removal {

    /** Somebody may go on writing into the tree: so many looks at it without an end are enough. */
    private static final int PASSES_MAX = 100;

    private final Denylist denylist;
    private final DiskSpace space;
    private final CancelSignal cancel;
    private final FileStatus status = new FileStatus();

    Removal(Denylist denylist, DiskSpace space, CancelSignal cancel) {
        this.denylist = denylist;
        this.space = space;
        this.cancel = cancel;
    }

    /**
     * Removes what is at a place, a link itself.
     *
     * @param names the real path of the place
     * @param unfinished where a file is out of the reach of others
     * @throws NoSuchFileException if there is nothing
     */
    void run(Place place, List<String> names, Unfinished unfinished) throws IOException {
        if (!NativeDirectories.status(place.descriptor(), place.name(), status)) {
            throw new NoSuchFileException(place.name());
        }
        if (!denylist.denies(names, status.directory()) && (status.directory() || !taken(place, unfinished))) {
            run(place.descriptor(), place.name(), names);
        }
    }

    /** Whoever replaces the file at this moment changes its size: only what nobody else can reach is accounted for exactly. */
    private boolean taken(Place place, Unfinished unfinished) throws IOException {
        var name = Unfinished.newName();
        try (var own = unfinished.open()) {
            if (!Unfinished.together(place.descriptor(), own.descriptor())) {
                return false;
            }
            Moves.rename(place.descriptor(), place.name(), own.descriptor(), name);
            NativeDirectories.status(own.descriptor(), name, status);
            if (status.directory()) {
                Moves.rename(own.descriptor(), name, place.descriptor(), place.name());
                return false;
            }
            return remove(own.descriptor(), name);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Removes a name in a directory, if it is there. */
    void run(int parent, String name, List<String> names) throws IOException {
        for (int pass = 0; pass < PASSES_MAX; pass++) {
            if (remove(parent, name) || empty(parent, name, names)) {
                return;
            }
        }
        throw new IOException(name + ": it is being written to while it is removed");
    }

    /** Removes what is in a directory; returns whether nothing is left but what may not be touched. */
    private boolean empty(int parent, String name, List<String> names) throws IOException {
        Visitor visitor;
        try (var directory = new OpenDirectory(NativeFiles.openDirectoryIn(parent, name))) {
            visitor = new Visitor(directory, names);
            if (!new TreeWalk(cancel, visitor).below(directory.descriptor())) {
                throw new IOException(name + ": its removal was cancelled");
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Gone, or something else by now, which is looked at next.
            return false;
        }
        return visitor.kept;
    }

    /** Removes a file, a link itself, or an empty directory, if it is there; returns false if it is a directory that is not empty. */
    private boolean remove(int directory, String name) throws IOException {
        var found = Leaving.of(space, directory, name, status);
        if (found.isEmpty()) {
            return true;
        }
        try (var leaving = found.get()) {
            boolean gone = NativeDirectories.remove(directory, name);
            if (gone) {
                leaving.gone();
            }
            return gone;
        }
    }

    /** Removes files at once, and directories when it comes back from them. */
    private final class Visitor implements TreeWalk.Visitor {

        private final OpenDirectory root;
        private final List<String> above;
        private boolean kept;

        private Visitor(OpenDirectory root, List<String> above) {
            this.root = root;
            this.above = above;
        }

        @Override
        public TreeWalk.Next visit(TreeWalk at) throws IOException {
            var name = at.name();
            if (!denylist.isEmpty() && denied(at, name, at.status().directory())) {
                kept = true;
                return TreeWalk.Next.PASS;
            }
            if (remove(at.directory(), name)) {
                return TreeWalk.Next.PASS;
            }
            if (at.depth() == TreeWalk.DEPTH_MAX && denylist.isEmpty()) {
                // Too deep to be looked into: it is when it is the next time.
                Moves.rename(at.directory(), name, root.descriptor(), Unfinished.newName());
                return TreeWalk.Next.PASS;
            }
            return TreeWalk.Next.ENTER;
        }

        @Override
        public void left(TreeWalk at, String name) throws IOException {
            remove(at.directory(), name);
        }

        private boolean denied(TreeWalk at, String name, boolean directory) {
            var names = new ArrayList<>(above);
            names.addAll(at.directoryNames());
            names.add(name);
            return denylist.denies(names, directory);
        }
    }
}
