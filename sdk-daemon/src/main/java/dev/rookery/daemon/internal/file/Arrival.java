package dev.rookery.daemon.internal.file;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A file that arrives over a while: hidden in the root of a server's files, readable for nobody else, until it is whole and goes to its place
 * in one step. The server may exchange or remove it meanwhile, as anything of its own, but never lead it out. Used by one thread at a time.
 */
final class Arrival {

    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> USUAL = PosixFilePermissions.fromString("rw-r--r--");

    private final Volume volume;
    private final String name;

    /**
     * Names one.
     *
     * @param id unlike that of every other
     */
    Arrival(Volume volume, String id) {
        this.volume = volume;
        this.name = ".rookery-" + id + ".part";
    }

    /** Creates the file, empty, and opens it. */
    FileChannel create() throws IOException {
        ServerFiles.createRoot(volume);
        try (var root = volume.sandbox().directory("", false)) {
            var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
            var file = FileChannel.open(root.path().resolve(name), options, PosixFilePermissions.asFileAttribute(OURS));
            DurableFiles.syncDirectory(root.path());
            return file;
        }
    }

    /**
     * Opens the file again.
     *
     * @throws NoSuchFileException if it is gone
     */
    FileChannel open() throws IOException {
        try (var root = volume.sandbox().directory("", false)) {
            int place = NativeFiles.openPlace(root.path().resolve(name).toString());
            try {
                FileReplacement.requireRegular(NativeFiles.path(place), name);
                return FileChannel.open(NativeFiles.path(place), StandardOpenOption.WRITE);
            } finally {
                NativeFiles.close(place);
            }
        }
    }

    /** Returns whether the file is there. */
    boolean present() throws IOException {
        try (var root = volume.sandbox().directory("", false)) {
            return Files.exists(root.path().resolve(name), LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException ignored) {
            // Not even the root.
            return false;
        }
    }

    /**
     * Puts the file, which is whole and on the disk, in its place.
     *
     * @param rights asked once more, as is the denylist
     * @param sizeBytes how long it has to be
     * @param replaceable may be in its place; nothing may be there as well
     * @throws dev.rookery.api.ConflictException if something else is
     */
    void place(String path, WriteRights rights, long sizeBytes, Predicate<Optional<String>> replaceable)
            throws IOException {
        ServerFiles.refuseDenied(volume, path);
        try (var root = volume.sandbox().directory("", false);
                var target = rights.target(volume, path, true)) {
            rights.requireReplaceable(target, path);
            Leaving.during(
                    volume.space(),
                    target.descriptor(),
                    target.name(),
                    () -> finish(root, target, path, sizeBytes, replaceable));
            DurableFiles.syncDirectory(target.directory());
            DurableFiles.syncDirectory(root.path());
        }
    }

    /**
     * Removes the file, if it is there, and gives its space back.
     *
     * @param mostBytes so much of it was accounted for; what the server has added is found by the next count
     */
    void remove(long mostBytes) throws IOException {
        try (var root = volume.sandbox().directory("", false)) {
            var found = Leaving.of(volume.space(), root.descriptor(), name, new FileStatus());
            if (found.isPresent()) {
                try (var leaving = found.get()) {
                    if (NativeDirectories.remove(root.descriptor(), name)) {
                        leaving.gone(mostBytes);
                    }
                }
            }
        } catch (NoSuchFileException ignored) {
            // Not even the root.
        }
    }

    private void finish(
            OpenDirectory root, Place target, String path, long sizeBytes, Predicate<Optional<String>> replaceable)
            throws IOException {
        var hidden = root.path().resolve(name);
        int place = NativeFiles.openPlace(hidden.toString());
        try {
            FileReplacement.requireRegular(NativeFiles.path(place), name);
            if (Files.size(NativeFiles.path(place)) != sizeBytes) {
                throw new InvalidInputException("path: '" + path + "': what arrived of it was changed meanwhile");
            }
            var there = FileVersion.of(target);
            if (there.isPresent() && !replaceable.test(there)) {
                throw new ConflictException(
                        "file '" + path + "' was changed by somebody since its upload began (expected: that it is as it"
                                + " was then, or to be told to overwrite it)");
            }
            volume.ownership().set(hidden);
            Files.setPosixFilePermissions(NativeFiles.path(place), USUAL);
            if (target.attributes().isPresent()) {
                FileReplacement.keepMode(target.child(), hidden, path);
            }
            Files.move(hidden, target.child(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            NativeFiles.close(place);
        }
    }
}
