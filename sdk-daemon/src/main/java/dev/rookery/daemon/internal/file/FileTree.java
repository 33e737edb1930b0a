package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeniedException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The files of one server as a file system, for callers that keep files open: every verb is what the kernel's of that name is, inside of the
 * {@link Sandbox}. Each asks for the permission first, then for a descriptor, then whether the very file may be touched, and then does what
 * is asked to it. Thread-safe.
 */
public final class FileTree {

    private final Authority authority;
    private final TreeAccess access;
    private final TreeOpener opener;
    private final CancelSignal cancel;

    /**
     * Creates it.
     *
     * @param authority asked anew for each verb
     * @param cancel ends what takes long
     */
    public FileTree(Authority authority, CancelSignal cancel) {
        this.authority = authority;
        this.access = new TreeAccess(authority);
        this.opener = new TreeOpener(access);
        this.cancel = cancel;
    }

    /** Says who may do what to which files, at this moment. */
    public interface Authority {

        /**
         * Returns where the files are.
         *
         * @throws dev.rookery.api.RookeryException if nobody may come to them now
         */
        Volume volume();

        /** Returns what is hidden from this caller, as if it were not there. */
        Denylist hidden();

        /** Returns whether the caller has a permission. */
        boolean may(Permission permission);

        /** Returns whether nothing may be changed. */
        boolean readOnly();
    }

    /**
     * Refuses if nobody may come to the files any more.
     *
     * @throws dev.rookery.api.RookeryException if so
     */
    public void require() {
        if (cancel.cancelled()) {
            throw new UnavailableException("whoever has asked is gone");
        }
        authority.volume();
    }

    /** Creates the server's directory if there is none yet. */
    public void prepare() throws IOException {
        ServerFiles.createRoot(authority.volume());
    }

    /** Opens a regular file; anything else is refused without waiting for it. */
    public OpenFile open(String path, FileOpening opening) throws IOException {
        return opener.open(path, opening);
    }

    /** Opens a directory to list it. */
    public FileListing list(String path) throws IOException {
        access.require(Permission.FILE_READ);
        var server = access.visible(path);
        var directory = server.sandbox().directory(path, false);
        try {
            var hidden = authority.hidden();
            List<String> names = hidden.isEmpty() ? List.of() : server.sandbox().names(directory.descriptor());
            TreeAccess.requireSeen(hidden, names, path);
            return new FileListing(directory, names, hidden::denies);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Returns what the file system says of a file.
     *
     * @param follow whether a link stands for what it leads to
     */
    public FileAttributes status(String path, boolean follow) throws IOException {
        access.require(Permission.FILE_READ);
        var server = access.visible(path);
        try (var node = node(server, path, follow)) {
            return FileAttributes.of(node.path());
        }
    }

    /** Changes the attributes of a file or directory; a link stands for what it leads to. */
    public void change(String path, FileChange change) throws IOException {
        access.requireWritable();
        access.require(Permission.FILE_UPDATE);
        var server = access.visible(path);
        try (var node = node(server, path, true)) {
            var status = FileAttributes.of(node.path());
            new Denials(server).check(path, node.descriptor(), status.directory());
            if (!status.regular() && !status.directory()) {
                throw new FileSystemException(path, null, "a link, a pipe or a device");
            }
            if (change.sizeBytes().isEmpty()) {
                FileChanges.apply(node.path(), change);
                return;
            }
        }
        try (var file = open(path, new FileOpening(false, true, false, false, false, false, 0))) {
            file.change(change);
        }
    }

    /**
     * Renames a file or directory, a link itself.
     *
     * @param replace whether what has the new name is replaced; else it stays, and this fails
     */
    public void rename(String from, String to, boolean replace) throws IOException {
        access.requireWritable();
        access.require(Permission.FILE_UPDATE);
        var server = access.visible(from);
        var denials = new Denials(server);
        try (var source = server.sandbox().place(from, false);
                var target = server.sandbox().place(to, false)) {
            denials.check(from, source);
            denials.check(to, target);
            access.requireSeen(to);
            denials.checkBelow(source, target, cancel);
            if (replace) {
                Leaving.during(
                        server.space(),
                        target.descriptor(),
                        target.name(),
                        () -> Files.move(source.child(), target.child(), StandardCopyOption.ATOMIC_MOVE));
            } else {
                Moves.rename(source.descriptor(), source.name(), target.descriptor(), target.name());
            }
        }
    }

    /** Removes a file, a link itself; not a directory. */
    public void remove(String path) throws IOException {
        remove(path, false);
    }

    /** Removes a directory that is empty. */
    public void removeDirectory(String path) throws IOException {
        remove(path, true);
    }

    private void remove(String path, boolean directory) throws IOException {
        access.requireWritable();
        access.require(Permission.FILE_DELETE);
        var server = access.visible(path);
        try (var place = server.sandbox().place(path, false)) {
            new Denials(server).check(path, place);
            var present = place.attributes().orElseThrow(() -> new NoSuchFileException(path));
            if (directory && !present.isDirectory()) {
                throw new NotDirectoryException(path);
            }
            if (!directory && present.isDirectory()) {
                throw new FileSystemException(path, null, "is a directory");
            }
            try {
                Leaving.during(server.space(), place.descriptor(), place.name(), () -> Files.delete(place.child()));
            } catch (DirectoryNotEmptyException e) {
                throw new FileSystemException(path, null, "the directory is not empty");
            }
        }
    }

    /** Creates a directory; the one above it has to be there. */
    public void createDirectory(String path, int mode) throws IOException {
        access.requireWritable();
        access.require(Permission.FILE_CREATE);
        var server = access.visible(path);
        try (var place = server.sandbox().place(path, false)) {
            new Denials(server).check(path, place);
            server.space().claim(1).close();
            Files.createDirectory(
                    place.child(),
                    PosixFilePermissions.asFileAttribute(FileModes.permissions(mode & TreeOpener.PERMISSIONS)));
            server.ownership().set(place.child());
        }
    }

    /**
     * Creates a symbolic link.
     *
     * @param target is relative, or below what the server calls its home; it may be missing, but not outside
     */
    public void link(String path, String target) throws IOException {
        access.requireWritable();
        access.require(Permission.FILE_CREATE);
        var server = access.visible(path);
        try (var place = server.sandbox().place(path, false)) {
            new Denials(server).check(path, place);
            requireInside(server, place, target);
            server.space().claim(1).close();
            Files.createSymbolicLink(place.child(), Path.of(target));
            server.ownership().set(place.child());
        }
    }

    private static void requireInside(Volume server, Place place, String target) {
        var names = server.sandbox();
        String from;
        try {
            var directory = names.names(place);
            from = target.startsWith("/")
                    ? names.insideOf(Path.of(target)).orElseThrow(() -> leads(target))
                    : String.join("/", directory.subList(0, directory.size() - 1)) + "/" + target;
        } catch (IOException e) {
            throw leads(target);
        }
        new Denials(server).check(PathNames.plain(from));
    }

    private static DeniedException leads(String target) {
        return new DeniedException("link to '" + target
                + "' (expected: a relative path inside of the server's files, or one below /home/container)");
    }

    /** Gives a regular file another name. */
    public void hardLink(String path, String existing) throws IOException {
        access.requireWritable();
        access.require(Permission.FILE_CREATE);
        // What is written to the new name is written to the old one.
        access.require(Permission.FILE_UPDATE);
        var server = access.visible(path);
        access.requireSeen(existing);
        try (var source = server.sandbox().place(existing, false);
                var target = server.sandbox().place(path, false)) {
            new Denials(server).check(existing, source);
            new Denials(server).check(path, target);
            if (source.attributes().isPresent() && source.holdsOther()) {
                throw new FileSystemException(existing, null, "a directory, a link, a pipe or a device");
            }
            Files.createLink(target.child(), source.child());
        }
    }

    /** Returns what a symbolic link says. */
    public String readLink(String path) throws IOException {
        access.require(Permission.FILE_READ);
        var server = access.visible(path);
        try (var place = server.sandbox().place(path, false)) {
            return Files.readSymbolicLink(place.child()).toString();
        } catch (NotLinkException e) {
            throw new FileSystemException(path, null, "no symbolic link");
        }
    }

    /** Returns how much space there is. */
    public TreeSpace space() throws IOException {
        access.require(Permission.FILE_READ);
        return TreeSpace.of(authority.volume());
    }

    /** Opens whatever a path leads to as a place. */
    private static OpenDirectory node(Volume server, String path, boolean follow) throws IOException {
        if (PathNames.of(path).isEmpty()) {
            return server.sandbox().directory(path, false);
        }
        try (var place = server.sandbox().place(path, false)) {
            if (!follow || !place.holdsLink()) {
                return new OpenDirectory(NativeFiles.openPlace(place.child().toString()));
            }
        }
        try {
            return server.sandbox().directory(path, false);
        } catch (NotDirectoryException e) {
            try (var place = server.sandbox().target(path, false)) {
                return new OpenDirectory(NativeFiles.openPlace(place.child().toString()));
            }
        }
    }
}
