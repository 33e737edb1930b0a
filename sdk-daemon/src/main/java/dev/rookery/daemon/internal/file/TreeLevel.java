package dev.rookery.daemon.internal.file;

import java.io.IOException;

/** A directory on the way of a {@link TreeWalk}: which one it is, for good, and its descriptor while it is open. Used by one thread. */
final class TreeLevel {

    private static final int CLOSED = -1;

    private final String name;
    private final long device;
    private final long inode;
    private int descriptor;
    private long offset;

    private TreeLevel(String name, int descriptor, FileStatus status) {
        this.name = name;
        this.descriptor = descriptor;
        this.device = status.device();
        this.inode = status.inode();
    }

    /**
     * Returns the level of an open directory, which is closed with it.
     *
     * @param status is filled
     */
    static TreeLevel of(String name, int descriptor, FileStatus status) throws IOException {
        try {
            NativeDirectories.status(descriptor, status);
            return new TreeLevel(name, descriptor, status);
        } catch (IOException e) {
            NativeFiles.close(descriptor);
            throw e;
        }
    }

    String name() {
        return name;
    }

    int descriptor() {
        return descriptor;
    }

    /** Returns how far its entries were looked at when it was left for one that is deep. */
    long offset() {
        return offset;
    }

    void leftAt(long there) {
        offset = there;
    }

    boolean open() {
        return descriptor != CLOSED;
    }

    /** Opens it again as what is above a directory in it; returns whether that is still so. */
    boolean reopen(TreeLevel below, FileStatus status) {
        return open() || reopen(below.descriptor, "..", status);
    }

    /** Opens it again by its name; returns whether it is still there. */
    boolean reopenIn(TreeLevel above, FileStatus status) {
        return open() || reopen(above.descriptor, name, status);
    }

    private boolean reopen(int from, String way, FileStatus status) {
        try {
            int found = NativeDirectories.open(from, way);
            NativeDirectories.status(found, status);
            if (status.device() == device && status.inode() == inode) {
                descriptor = found;
                return true;
            }
            NativeFiles.close(found);
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    void close() {
        if (open()) {
            NativeFiles.close(descriptor);
            descriptor = CLOSED;
        }
    }
}
