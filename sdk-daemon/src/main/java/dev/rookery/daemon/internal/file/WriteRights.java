package dev.rookery.daemon.internal.file;

import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;

/**
 * What somebody may write: a new file, one in the place of another, or both. Which of the two is needed is known once it is seen what is there.
 *
 * @param caller who writes
 * @param at when that is judged
 */
record WriteRights(Caller caller, Instant at) {

    /** Refuses who may do neither. */
    void requireSome() {
        if (!mayCreate()) {
            caller.require(Permission.FILE_UPDATE, at);
        }
    }

    /**
     * Finds the place of a file to be written, and refuses what is on the denylist. Who may not create a file creates no directories on the way
     * to it, either.
     *
     * @param create whether missing directories are created
     */
    Place target(Volume volume, String path, boolean create) throws IOException {
        Place place;
        try {
            place = volume.sandbox().target(path, create && mayCreate());
        } catch (NoSuchFileException e) {
            caller.require(Permission.FILE_CREATE, at);
            throw e;
        }
        try {
            ServerFiles.refuseDenied(volume, path, place);
            return place;
        } catch (IOException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    /** Refuses who may not write to a place, and a place that holds no file. */
    void requireReplaceable(Place place, String path) throws IOException {
        var present = place.attributes();
        if (present.isPresent() && !present.get().isRegularFile()) {
            throw new InvalidInputException("path: '" + path + "' is a "
                    + (present.get().isDirectory() ? "directory" : "link, a pipe or a device") + " (expected: a file)");
        }
        caller.require(present.isPresent() ? Permission.FILE_UPDATE : Permission.FILE_CREATE, at);
    }

    /** Refuses who may not create a file. */
    void requireCreate() {
        caller.require(Permission.FILE_CREATE, at);
    }

    private boolean mayCreate() {
        return caller.may(Permission.FILE_CREATE, at);
    }
}
