package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through files of a server and all that is below them, by descriptors and without following links. What the denylist names is passed
 * over, and so are pipes, sockets and devices. Immutable.
 */
public final class SourceTree {

    private static final int DEPTH_MAX = 256;

    private final Volume volume;
    private final String directory;
    private final List<String> files;

    /**
     * Creates it.
     *
     * @param directory what the names are relative to
     * @param files names in it
     */
    public SourceTree(Volume volume, String directory, List<String> files) {
        this.volume = volume;
        this.directory = directory;
        this.files = files;
    }

    /** What is done to a file. */
    @FunctionalInterface
    public interface Visitor {

        /** Looks at a file; a directory comes before what is in it. */
        void visit(SourceFile file) throws IOException;
    }

    /**
     * Goes through everything.
     *
     * @throws NoSuchFileException if one of the names is not there
     * @throws InvalidInputException if directories are too deep
     */
    public void walk(CancelSignal cancel, Visitor visitor) throws IOException {
        for (var file : files) {
            var path = PathNames.in(directory, file);
            try (var place = volume.sandbox().place(path, false)) {
                walk(place, PathNames.ofFile(file), cancel, visitor);
            } catch (NoSuchFileException e) {
                throw new NoSuchFileException(file);
            }
        }
    }

    private void walk(Place place, List<String> shown, CancelSignal cancel, Visitor visitor) throws IOException {
        var real = volume.sandbox().names(place);
        var attributes = Files.readAttributes(place.child(), SourceFile.ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        var top = new SourceFile(shown, place.child(), attributes);
        if (!visit(top, real, visitor) || !top.directory()) {
            return;
        }
        try (var open = new OpenDirectory(NativeFiles.openDirectoryIn(place.descriptor(), place.name()))) {
            new TreeWalk(cancel, at -> visit(at, shown, real, visitor)).below(open.descriptor());
        }
        if (cancel.cancelled()) {
            throw new IOException("cancelled");
        }
    }

    private TreeWalk.Next visit(TreeWalk at, List<String> shown, List<String> real, Visitor visitor)
            throws IOException {
        if (at.depth() > DEPTH_MAX) {
            throw new InvalidInputException("'" + String.join("/", shown) + "': directories more than " + DEPTH_MAX
                    + " levels deep (expected: fewer)");
        }
        var path = NativeFiles.path(at.directory()).resolve(at.name());
        var found = Files.readAttributes(path, SourceFile.ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        var names = at.names();
        boolean seen = visit(new SourceFile(joined(shown, names), path, found), joined(real, names), visitor);
        return seen ? TreeWalk.Next.ENTER : TreeWalk.Next.PASS;
    }

    private boolean visit(SourceFile file, List<String> real, Visitor visitor) throws IOException {
        boolean known = file.directory() || file.link() || file.regular();
        // What is being written by us has no name yet.
        boolean ours = Leftovers.is(file.names().get(file.names().size() - 1));
        if (!known || ours || volume.denylist().denies(real, file.directory())) {
            return false;
        }
        visitor.visit(file);
        return true;
    }

    private static List<String> joined(List<String> above, List<String> below) {
        var names = new ArrayList<String>(above.size() + below.size());
        names.addAll(above);
        names.addAll(below);
        return names;
    }
}
