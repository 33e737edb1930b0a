package dev.rookery.daemon.internal.file;

import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.NodeFiles;
import dev.rookery.api.permission.Permission;
import dev.rookery.kit.DurableFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The files of one server, asked for by one caller. Thread-safe. */
public final class ServerFiles implements NodeFiles {

    private static final int COPY_BYTES = 128 << 10;

    private final Caller caller;
    private final Clock clock;
    private final Supplier<Path> root;
    private final Ownership ownership;

    /**
     * Creates it.
     *
     * @param clock the time that permissions are judged by
     * @param ownership whom new files are given to
     * @param root gives the server's directory, or throws if there is no such server
     */
    public ServerFiles(Caller caller, Clock clock, Ownership ownership, Supplier<Path> root) {
        this.caller = caller;
        this.clock = clock;
        this.root = root;
        this.ownership = ownership;
    }

    @Override
    public Content read(String path) {
        require(Permission.FILE_READ_CONTENT);
        try (var parent = sandbox().parent(path, false)) {
            int place = NativeFiles.openPlace(parent.child().toString());
            try {
                // The place is one file for good, so what is found out now stays true when it is opened.
                requireRegular(NativeFiles.path(place), path);
                return Content.of(FileChannel.open(NativeFiles.path(place), StandardOpenOption.READ));
            } finally {
                NativeFiles.close(place);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new NotFoundException("there is no file '" + path + "'", e);
        } catch (IOException e) {
            throw new UnavailableException("file '" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void write(String path, Content content) {
        try (content) {
            // Checked before anything is created; which of the two is needed is known once it is seen whether there is
            // a file.
            if (!caller.may(Permission.FILE_UPDATE, clock.instant())) {
                require(Permission.FILE_CREATE);
            }
            var directory = root.get();
            DurableFiles.createDirectories(directory);
            try (var parent = sandbox().parent(path, true)) {
                write(parent, path, content);
            }
        } catch (IOException e) {
            throw new UnavailableException("file '" + path + "' cannot be written: " + e.getMessage(), e);
        }
    }

    private void write(Sandbox.Parent parent, String path, Content content) throws IOException {
        if (parent.holdsOther()) {
            throw new InvalidInputException(
                    "path: '" + path + "' is a directory, a link or a device (expected: a file)");
        }
        boolean replaces = Files.exists(parent.child(), LinkOption.NOFOLLOW_LINKS);
        require(replaces ? Permission.FILE_UPDATE : Permission.FILE_CREATE);
        var temporary = parent.directory().resolve(".rookery-" + UUID.randomUUID() + ".tmp");
        boolean moved = false;
        try {
            copy(content, temporary);
            ownership.set(temporary);
            if (replaces) {
                keepMode(parent.child(), temporary, path);
            }
            Files.move(temporary, parent.child(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            moved = true;
            DurableFiles.syncDirectory(parent.directory());
        } finally {
            if (!moved) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static void copy(Content content, Path temporary) throws IOException {
        var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
        try (var out = FileChannel.open(temporary, options, mode);
                var in = content.stream();
                var stream = Channels.newOutputStream(out)) {
            var buffer = new byte[COPY_BYTES];
            long total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                stream.write(buffer, 0, count);
                total += count;
            }
            if (content.sizeBytes().isPresent() && content.sizeBytes().getAsLong() != total) {
                throw new IOException("the content ended after " + total + " bytes (expected: "
                        + content.sizeBytes().getAsLong() + ")");
            }
            out.force(true);
        }
    }

    private static void keepMode(Path from, Path to, String path) throws IOException {
        Set<PosixFilePermission> mode;
        try {
            mode = Files.getPosixFilePermissions(from, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException ignored) {
            // It vanished meanwhile, so this creates a file.
            return;
        }
        // Changing a mode follows links, and the server may exchange our file for one that leads out: only the very
        // file that was looked at is changed.
        int place = NativeFiles.openPlace(to.toString());
        try {
            requireRegular(NativeFiles.path(place), path);
            Files.setPosixFilePermissions(NativeFiles.path(place), mode);
        } finally {
            NativeFiles.close(place);
        }
    }

    private static void requireRegular(Path place, String path) {
        if (!Files.isRegularFile(place)) {
            throw new InvalidInputException(
                    "path: '" + path + "' is a directory, a symbolic link or a device (expected: a file)");
        }
    }

    private void require(Permission permission) {
        caller.require(permission, clock.instant());
    }

    private Sandbox sandbox() {
        return new Sandbox(root.get(), ownership);
    }
}
