package dev.rookery.daemon.internal.file;

import dev.rookery.api.Caller;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.FileEntry;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Puts files among a server's that are brought for somebody while he waits elsewhere: what he may do is judged as of the moment when he asked,
 * where the file goes when it comes. Thread-safe.
 */
public final class Delivery {

    private final Supplier<Volume> volume;
    private final WriteRights rights;

    /**
     * Begins one.
     *
     * @param volume gives the server's files, or throws if there is no such server
     * @throws dev.rookery.api.DeniedException if the caller may create no files
     * @throws InvalidInputException if there is no space left at all
     */
    public Delivery(Supplier<Volume> volume, Caller caller, Instant at) {
        caller.require(Permission.FILE_CREATE, at);
        this.volume = volume;
        this.rights = new WriteRights(caller, at);
        if (volume.get().space().freeBytes() == 0) {
            throw new InvalidInputException("not enough disk space: nothing is left (expected: some)");
        }
    }

    /**
     * Returns the plain path of a name in a directory.
     *
     * @throws InvalidInputException if it leads out
     */
    public String path(String directory, String name) {
        return PathNames.plain(PathNames.in(directory, name));
    }

    /** Writes a file, or replaces one as a whole. What was there stays if it fails. */
    public FileEntry deliver(String path, Content content, CancelSignal cancel) {
        var found = new FileEntry[1];
        ServerFiles.change("written", path, () -> {
            var files = volume.get();
            PathNames.ofFile(path);
            ServerFiles.refuseDenied(files, path);
            ServerFiles.createRoot(files);
            try (content;
                    var place = rights.target(files, path, true)) {
                rights.requireReplaceable(place, path);
                found[0] = write(files, place, path, content, cancel);
            }
        });
        return found[0];
    }

    private static FileEntry write(Volume files, Place place, String path, Content content, CancelSignal cancel)
            throws IOException {
        FileReplacement.write(place, path, content, files, files.ownership(), new StagedFile.Claiming(true, cancel));
        return FileEntries.of(place.descriptor(), place.name(), place.name())
                .orElseThrow(() -> new NoSuchFileException(path));
    }
}
