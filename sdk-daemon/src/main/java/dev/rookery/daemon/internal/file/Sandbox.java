package dev.rookery.daemon.internal.file;

import dev.rookery.api.InvalidInputException;
import dev.rookery.daemon.internal.file.NativeFiles.LeavesException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The one way to a server's files. It hands out descriptors, never paths that could be exchanged between a look and a use: the kernel goes to
 * a directory in one step that cannot leave the root ({@code openat2}), and where it cannot, or an absolute link is in the path, a {@link Walk}
 * does. Links inside the root are followed, one that leads out is refused. Immutable.
 */
final class Sandbox {

    /** What a server calls its own directory, from inside of its container. Source: node API, daemon behaviour §3.5. */
    private static final Path HOME = Path.of("/home/container");

    private static volatile boolean kernelGoesBeneath = true;

    private final Path root;
    private final Ownership ownership;
    private final boolean byKernel;

    /**
     * Creates a sandbox.
     *
     * @param root is trusted
     * @param ownership whose new directories are
     */
    Sandbox(Path root, Ownership ownership) {
        this(root, ownership, true);
    }

    private Sandbox(Path root, Ownership ownership, boolean byKernel) {
        this.root = root;
        this.ownership = ownership;
        this.byKernel = byKernel;
    }

    /** Returns the same sandbox for a kernel without {@code openat2}. */
    Sandbox walking() {
        return new Sandbox(root, ownership, false);
    }

    /**
     * Finds the place of a path's last name, which may be a link or missing.
     *
     * @param create whether directories on the way are created
     * @throws NoSuchFileException if there is no such directory
     * @throws java.nio.file.NotDirectoryException if a file is in the way
     * @throws InvalidInputException if the path leads out, or is none of a file
     */
    Place place(String path, boolean create) throws IOException {
        var names = PathNames.ofFile(path);
        var last = names.get(names.size() - 1);
        return new Place(directory(names.subList(0, names.size() - 1), path, create), last);
    }

    /** Finds the place of a path; if a link is there, the place that it leads to. */
    Place target(String path, boolean create) throws IOException {
        var place = place(path, create);
        try {
            if (!place.holdsLink()) {
                return place;
            }
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
        place.close();
        return new Walk(this, path, create).target(PathNames.ofFile(path));
    }

    /** Opens a directory, the root too. */
    OpenDirectory directory(String path, boolean create) throws IOException {
        return new OpenDirectory(directory(PathNames.of(path), path, create));
    }

    /**
     * Returns the names of a place's real path, from the root, as it is now.
     *
     * @throws InvalidInputException if its directory was moved out of the root meanwhile
     */
    List<String> names(Place place) throws IOException {
        return PathNames.of(PathNames.in(real(place.directory(), place.name()).toString(), place.name()));
    }

    /**
     * Returns the names of an open file's real path, from the root, as it is now; none for the root.
     *
     * @throws InvalidInputException if it was moved out of the root meanwhile
     */
    List<String> names(int descriptor) throws IOException {
        return PathNames.of(real(NativeFiles.path(descriptor), "a file").toString());
    }

    private Path real(Path open, String name) throws IOException {
        int base = openRoot();
        try {
            var real = Files.readSymbolicLink(NativeFiles.path(base));
            var found = Files.readSymbolicLink(open);
            if (!found.startsWith(real)) {
                throw new InvalidInputException(
                        "path: '" + name + "' is not inside of the server's files any more (expected: it is)");
            }
            return real.relativize(found);
        } finally {
            NativeFiles.close(base);
        }
    }

    int openRoot() throws IOException {
        return NativeFiles.openDirectory(root.toString());
    }

    void createDirectory(Path directory) throws IOException {
        if (Walk.created(directory)) {
            ownership.set(directory);
        }
    }

    /** Returns what an absolute target of a link is called from the root; empty if it is outside. */
    Optional<String> insideOf(Path target) {
        var plain = target.normalize();
        return plain.startsWith(HOME) ? Optional.of(HOME.relativize(plain).toString()) : Optional.empty();
    }

    private int directory(List<String> names, String path, boolean create) throws IOException {
        if (names.isEmpty()) {
            return openRoot();
        }
        if (byKernel && kernelGoesBeneath) {
            int from = openRoot();
            try {
                return NativeFiles.openDirectoryBeneath(from, String.join("/", names));
            } catch (NoSuchFileException e) {
                if (!create) {
                    throw new NoSuchFileException(path);
                }
            } catch (LeavesException | FileSystemLoopException ignored) {
                // An absolute link may yet lead to the inside, which the kernel does not know.
            } catch (UnsupportedOperationException e) {
                kernelGoesBeneath = false;
            } finally {
                NativeFiles.close(from);
            }
        }
        return new Walk(this, path, create).directory(names);
    }
}
