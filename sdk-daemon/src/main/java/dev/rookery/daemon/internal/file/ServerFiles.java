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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/** The files of one server, asked for by one caller. Thread-safe. */
public final class ServerFiles implements NodeFiles {

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
            return Content.of(FileReplacement.open(parent, path));
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
        FileReplacement.write(parent, path, content, ownership);
    }

    private void require(Permission permission) {
        caller.require(permission, clock.instant());
    }

    private Sandbox sandbox() {
        return new Sandbox(root.get(), ownership);
    }
}
