package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
        var selected = new LinkedHashSet<List<String>>();
        for (var file : files) {
            // Whoever asks is told the whole path, as by every other verb.
            PathNames.ofFile(PathNames.in(directory, file));
            selected.add(PathNames.ofFile(file));
        }
        for (var names : selected) {
            // What is below another one comes with that.
            if (below(names, selected)) {
                continue;
            }
            var file = String.join("/", names);
            try (var place = volume.sandbox().place(PathNames.in(directory, file), false)) {
                walk(place, names, cancel, visitor);
            } catch (NoSuchFileException e) {
                throw new NoSuchFileException(file);
            }
        }
    }

    private boolean below(List<String> names, Set<List<String>> selected) throws IOException {
        for (int i = 1; i < names.size(); i++) {
            var above = names.subList(0, i);
            if (selected.contains(above)) {
                requireNoLink(above);
                return true;
            }
        }
        return false;
    }

    /** A link goes into an archive as such, and nothing can be below it there. */
    private void requireNoLink(List<String> names) throws IOException {
        var file = String.join("/", names);
        try (var place = volume.sandbox().place(PathNames.in(directory, file), false)) {
            if (place.holdsLink()) {
                throw new InvalidInputException(
                        "files: '" + file + "' is a link (expected: it, or files below it, but not both)");
            }
        }
    }

    private void walk(Place place, List<String> shown, CancelSignal cancel, Visitor visitor) throws IOException {
        var real = volume.sandbox().names(place);
        var status = new FileStatus();
        if (!NativeDirectories.status(place.descriptor(), place.name(), status)) {
            throw new NoSuchFileException(place.name());
        }
        var top = new SourceFile(shown, path(place.descriptor(), place.name()), SourceFile.Found.of(status));
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
        var found = SourceFile.Found.of(at.status());
        var names = at.names();
        var file = new SourceFile(joined(shown, names), path(at.directory(), at.name()), found);
        return visit(file, joined(real, names), visitor) ? TreeWalk.Next.ENTER : TreeWalk.Next.PASS;
    }

    private static String path(int directory, String name) {
        return NativeFiles.path(directory) + "/" + name;
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
