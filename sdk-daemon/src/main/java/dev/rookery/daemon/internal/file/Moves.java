package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;

/** Moves files to names that are free. */
final class Moves {

    private Moves() {}

    /**
     * Moves a file, a link itself.
     *
     * @param from the directory that {@code name} is in
     * @param to the directory of the new name
     * @throws FileAlreadyExistsException if there is one of the new name
     */
    static void rename(int from, String name, int to, String newName) throws IOException {
        try {
            NativeFiles.rename(from, name, to, newName);
        } catch (UnsupportedOperationException e) {
            // Some file systems cannot look and move in one step: who creates the new name between the two loses it.
            var target = NativeFiles.path(to).resolve(newName);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(newName);
            }
            Files.move(NativeFiles.path(from).resolve(name), target, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
