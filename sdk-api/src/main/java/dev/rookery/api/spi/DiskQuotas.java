package dev.rookery.api.spi;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Limits that a file system keeps by itself, for whole trees of directories: each tree belongs to a project, as does whatever is created in it,
 * and the file system counts and refuses. For one file system. Thread-safe; every call may wait for the disk.
 *
 * <p>Projects are numbers above 0. Number 0 is that of files without a project, which have no limit. A project needs not be created; one
 * without files and limits is like one that never was.
 */
public interface DiskQuotas {

    /** The project of files without one. */
    int NO_PROJECT = 0;

    /**
     * Returns the project that a file or directory belongs to.
     *
     * @throws IOException if it is not there, or is a link
     */
    int projectOf(Path path) throws IOException;

    /**
     * Puts a file, or a directory with everything below it, into a project, and keeps what is created in the directory in it from now on, what is
     * created meanwhile included. No link is followed; links, pipes and other file systems that are mounted below are left as they are. Repeating
     * is cheap, and finishes what was broken off.
     *
     * @param project {@link #NO_PROJECT} takes it out of any
     * @param cancel ends it early
     * @throws IOException if not all of it is in the project, such as when it was ended early
     */
    void assign(Path path, int project, CancelSignal cancel) throws IOException;

    /**
     * Sets what a project may take from now on. It may take more already, and nothing is added to it then.
     *
     * @param limits 0 is without a limit; a file system may round them down
     */
    void limit(int project, Amount limits) throws IOException;

    /** Returns what a project may take; 0 is without a limit. */
    Amount limits(int project) throws IOException;

    /** Returns what a project takes now. */
    Amount usage(int project) throws IOException;

    /**
     * How much of a file system.
     *
     * @param bytes its blocks in bytes: a small file takes a whole one, a hole none
     * @param files how many files and directories
     */
    record Amount(long bytes, long files) {

        /** Nothing, or no limit. */
        public static final Amount NONE = new Amount(0, 0);

        /** Checks that none is negative. */
        public Amount {
            if (bytes < 0 || files < 0) {
                throw new IllegalArgumentException("bytes: " + bytes + ", files: " + files + " (expected: >= 0)");
            }
        }

        /** Returns the amount of so many bytes, with no files. */
        public static Amount ofBytes(long bytes) {
            return new Amount(bytes, 0);
        }
    }
}
