package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;

/** Removes files and directories of a server, but for those that nobody may touch, and the directories that hold such. */
final class Removal {

    private static final int DEPTH_MAX = 256;

    private final Denylist denylist;
    private final CancelSignal cancel;

    Removal(Denylist denylist, CancelSignal cancel) {
        this.denylist = denylist;
        this.cancel = cancel;
    }

    /**
     * Removes what is at a place, a link itself.
     *
     * @param names the real path of the place
     * @throws NoSuchFileException if there is nothing
     */
    void run(Place place, List<String> names) throws IOException {
        var present = place.attributes().orElseThrow(() -> new NoSuchFileException(place.name()));
        if (!denylist.isEmpty()) {
            remove(place.descriptor(), new ArrayList<>(names));
        } else if (present.isDirectory()) {
            new TreeRemoval(place.descriptor(), place.name(), cancel).run();
        } else {
            Files.deleteIfExists(place.child());
        }
    }

    /** Removes the last of these names, which is in the directory. */
    private void remove(int directory, List<String> names) throws IOException {
        if (cancel.cancelled()) {
            throw new IOException("the removal was cancelled");
        }
        var name = names.get(names.size() - 1);
        try (var below = new OpenDirectory(NativeFiles.openDirectoryIn(directory, name))) {
            if (denylist.denies(names, true)) {
                return;
            }
            if (names.size() > DEPTH_MAX) {
                throw new InvalidInputException(
                        "directories more than " + DEPTH_MAX + " levels deep (expected: fewer)");
            }
            for (var child : FileEntries.names(below.descriptor())) {
                names.add(child);
                remove(below.descriptor(), names);
                names.remove(names.size() - 1);
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (NotDirectoryException e) {
            if (denylist.denies(names, false)) {
                return;
            }
        }
        try {
            Files.deleteIfExists(NativeFiles.path(directory).resolve(name));
        } catch (DirectoryNotEmptyException ignored) {
            // It holds what may not be touched, or what came meanwhile.
        }
    }
}
