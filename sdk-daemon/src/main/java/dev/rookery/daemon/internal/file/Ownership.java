package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives files to the user that servers run as. Immutable. */
public final class Ownership {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private final int uid;
    private final int gid;

    private Ownership(int uid, int gid) {
        this.uid = uid;
        this.gid = gid;
    }

    /** Returns the ownership by a user and a group. */
    public static Ownership of(int uid, int gid) {
        return new Ownership(uid, gid);
    }

    /** Returns the ownership that a file has, a link itself. */
    static Ownership of(Path path) throws IOException {
        var present = Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        return of((Integer) Objects.requireNonNull(present.get("uid")), (Integer)
                Objects.requireNonNull(present.get("gid")));
    }

    /**
     * Gives away one file or directory; a link itself, not what it points to.
     *
     * @throws IOException if this process may not
     */
    public void set(Path path) throws IOException {
        give(path, Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS), LinkOption.NOFOLLOW_LINKS);
    }

    /** Gives away a name in an open directory, a link itself. */
    void set(int directory, String name) throws IOException {
        NativeWrites.setOwner(directory, name, uid, gid);
    }

    private void give(Path path, Map<String, Object> present, LinkOption... links) throws IOException {
        if (!Integer.valueOf(uid).equals(present.get("uid"))) {
            Files.setAttribute(path, "unix:uid", uid, links);
        }
        if (!Integer.valueOf(gid).equals(present.get("gid"))) {
            Files.setAttribute(path, "unix:gid", gid, links);
        }
    }

    /**
     * Gives away a tree. What vanishes meanwhile is passed over; what may not be given away is logged once.
     *
     * @throws IOException if the root cannot be read
     */
    public void setAll(Path root, CancelSignal cancel) throws IOException {
        var refused = new int[1];
        try (var directory = new OpenDirectory(NativeFiles.openDirectory(root.toString()))) {
            // The path of an open directory is itself a link, to be followed.
            try {
                give(directory.path(), Files.readAttributes(directory.path(), "unix:uid,gid"));
            } catch (IOException e) {
                refused[0]++;
            }
            new TreeWalk(cancel, at -> give(at, refused)).below(directory.descriptor());
        }
        if (refused[0] > 0) {
            LOG.warn("{}: {} files could not be given to user {}:{}", root, refused[0], uid, gid);
        }
    }

    private TreeWalk.Next give(TreeWalk at, int[] refused) throws IOException {
        var present = at.status();
        if (present.uid() != uid || present.gid() != gid) {
            try {
                NativeDirectories.own(at.directory(), at.name(), uid, gid);
            } catch (NoSuchFileException ignored) {
                // Gone.
            } catch (IOException e) {
                refused[0]++;
            }
        }
        return TreeWalk.Next.ENTER;
    }
}
