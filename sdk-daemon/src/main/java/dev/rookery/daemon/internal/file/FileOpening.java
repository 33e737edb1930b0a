package dev.rookery.daemon.internal.file;

/**
 * How a file is to be opened.
 *
 * @param read whether it will be read
 * @param write whether it will be written
 * @param append whether every write goes to its end
 * @param create whether it is created if it is missing
 * @param truncate whether it begins empty
 * @param exclusive whether it may not be there already
 * @param mode the permissions of a new file
 */
public record FileOpening(
        boolean read, boolean write, boolean append, boolean create, boolean truncate, boolean exclusive, int mode) {

    private static final int USUAL_MODE = 0644;

    /** Returns how to open a file to read it. */
    public static FileOpening toRead() {
        return new FileOpening(true, false, false, false, false, false, USUAL_MODE);
    }

    /** Returns whether anything about the file may change. */
    boolean changes() {
        return write || append || create || truncate;
    }
}
