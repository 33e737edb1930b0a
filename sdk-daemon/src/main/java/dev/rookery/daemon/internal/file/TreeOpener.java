package dev.rookery.daemon.internal.file;

import dev.rookery.api.permission.Permission;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** Opens the files of a {@link FileTree}, and creates those that are to be created. Thread-safe. */
final class TreeOpener {

    static final int PERMISSIONS = 0777;

    /** Somebody else may create and remove the file at this very moment. */
    private static final int TRIES = 16;

    private final TreeAccess access;

    TreeOpener(TreeAccess access) {
        this.access = access;
    }

    /** Opens a regular file; anything else is refused without waiting for it. */
    OpenFile open(String path, FileOpening opening) throws IOException {
        if (opening.read()) {
            access.require(Permission.FILE_READ_CONTENT);
        }
        boolean mayCreate = opening.create() && access.may(Permission.FILE_CREATE);
        if (opening.changes()) {
            access.requireWritable();
            if (!mayCreate) {
                access.require(opening.exclusive() ? Permission.FILE_CREATE : Permission.FILE_UPDATE);
            }
        }
        var server = access.visible(path);
        for (int tries = 0; tries < TRIES; tries++) {
            try (var place = opening.exclusive()
                    ? server.sandbox().place(path, false)
                    : server.sandbox().target(path, false)) {
                new Denials(server).check(path, place);
                if (!opening.exclusive() && place.attributes().isPresent()) {
                    return present(server, place, path, opening);
                }
                if (!opening.create()) {
                    throw new NoSuchFileException(path);
                }
                access.require(Permission.FILE_CREATE);
                return create(server, place, path, opening);
            } catch (FileAlreadyExistsException e) {
                if (opening.exclusive()) {
                    throw e;
                }
            } catch (NoSuchFileException e) {
                if (!opening.create() || opening.exclusive() || tries == TRIES - 1) {
                    throw e;
                }
            }
        }
        throw new FileSystemException(path, null, "it is created and removed all the time");
    }

    private OpenFile present(Volume server, Place place, String path, FileOpening opening) throws IOException {
        if (opening.changes()) {
            access.require(Permission.FILE_UPDATE);
        }
        int file = NativeFiles.openPlace(place.child().toString());
        OpenFile opened;
        try {
            requireRegular(FileAttributes.of(NativeFiles.path(file)), path);
            var channel = FileChannel.open(NativeFiles.path(file), options(opening));
            opened = opened(channel, file, server, opening, false);
        } catch (IOException | RuntimeException e) {
            NativeFiles.close(file);
            throw e;
        }
        try {
            if (opening.truncate()) {
                opened.change(FileChange.size(0));
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static OpenFile opened(FileChannel channel, int file, Volume server, FileOpening opening, boolean created)
            throws IOException {
        try {
            return new OpenFile(channel, file, server, opening, created);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private OpenFile create(Volume server, Place place, String path, FileOpening opening) throws IOException {
        var options = options(opening);
        options.add(StandardOpenOption.WRITE);
        options.add(StandardOpenOption.CREATE_NEW);
        options.add(LinkOption.NOFOLLOW_LINKS);
        // What is created takes space in the directory: nobody without any may go on for ever.
        server.space().claim(1).close();
        var mode = PosixFilePermissions.asFileAttribute(FileModes.permissions(opening.mode() & PERMISSIONS));
        var channel = FileChannel.open(place.child(), options, mode);
        int file;
        try {
            server.ownership().set(place.child());
            file = NativeFiles.openPlace(place.child().toString());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        try {
            requireRegular(FileAttributes.of(NativeFiles.path(file)), path);
            return opened(channel, file, server, opening, true);
        } catch (IOException | RuntimeException e) {
            channel.close();
            NativeFiles.close(file);
            throw e;
        }
    }

    private static Set<OpenOption> options(FileOpening opening) {
        var options = new HashSet<OpenOption>();
        if (opening.append()) {
            // Such a one cannot be read from, too.
            options.add(StandardOpenOption.APPEND);
            return options;
        }
        if (opening.write() || opening.truncate()) {
            options.add(StandardOpenOption.WRITE);
        }
        if (opening.read() || options.isEmpty()) {
            options.add(StandardOpenOption.READ);
        }
        return options;
    }

    private static void requireRegular(FileAttributes status, String path) throws IOException {
        if (!status.regular()) {
            throw new FileSystemException(
                    path, null, status.directory() ? "is a directory" : "a link, a pipe or a device");
        }
    }
}
