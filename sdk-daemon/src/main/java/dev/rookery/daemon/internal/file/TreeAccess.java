package dev.rookery.daemon.internal.file;

import dev.rookery.api.DeniedException;
import dev.rookery.api.permission.Permission;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * What the caller of a {@link FileTree} may do at this moment.
 *
 * @param authority asked anew each time
 */
record TreeAccess(FileTree.Authority authority) {

    /** Returns the server, if the path is not hidden from the caller. */
    Volume visible(String path) throws NoSuchFileException {
        var server = authority.volume();
        requireSeen(path);
        return server;
    }

    boolean may(Permission permission) {
        return authority.may(permission);
    }

    void require(Permission permission) {
        if (!authority.may(permission)) {
            throw new DeniedException("the permission " + permission + " is missing");
        }
    }

    void requireWritable() {
        if (authority.readOnly()) {
            throw new UnsupportedOperationException("this node's SFTP is for reading only");
        }
    }

    /** Refuses a path that is hidden, in the words for one that is not there. */
    void requireSeen(String path) throws NoSuchFileException {
        requireSeen(authority.hidden(), PathNames.of(path), path);
    }

    static void requireSeen(Denylist hidden, List<String> names, String path) throws NoSuchFileException {
        if (!hidden.isEmpty() && (hidden.denies(names, false) || hidden.denies(names, true))) {
            throw new NoSuchFileException(path);
        }
    }
}
