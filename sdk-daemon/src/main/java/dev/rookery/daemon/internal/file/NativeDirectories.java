package dev.rookery.daemon.internal.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/**
 * Directories and what is in them, without an object for each file: what goes through a million files has no time for more. Names are where
 * the kernel put them, or bytes of ours.
 */
final class NativeDirectories {

    private static final boolean ARM = System.getProperty("os.arch").startsWith("aarch64");
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    private static final int READABLE = O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

    private static final long SYS_GETDENTS64 = ARM ? 61 : 217;
    private static final long SYS_STATX = ARM ? 291 : 332;

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int AT_STATX_DONT_SYNC = 0x4000;
    /** Everything that every file system has, and which mount it is. */
    private static final int WANTED = 0x7FF | 0x1000;

    private static final int ENOENT = 2;
    private static final int EEXIST = 17;
    private static final int EISDIR = 21;
    private static final int EPERM = 1;
    private static final int ENOTDIR = 20;
    private static final int ENOTEMPTY = 39;

    private NativeDirectories() {}

    /** Opens a directory in another one for reading. What is none is refused before it is opened, so that nothing waits. */
    static int open(int directory, String name) throws IOException {
        try {
            return LibC.openat(directory, NameBytes.of(name), READABLE);
        } catch (LastErrorException e) {
            throw NativeFiles.failure(e.getErrorCode(), name, e);
        }
    }

    /** Reads entries; returns how many bytes they are, 0 at the end. */
    static int read(int directory, long buffer, int bytes) throws IOException {
        try {
            return (int) LibC.syscall(SYS_GETDENTS64, directory, buffer, bytes);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOENT) {
                // Removed while it is open.
                return 0;
            }
            throw NativeFiles.failure(e.getErrorCode(), "", e);
        }
    }

    static void seek(int directory, long offset) throws IOException {
        try {
            LibC.lseek(directory, offset, 0);
        } catch (LastErrorException e) {
            throw NativeFiles.failure(e.getErrorCode(), "", e);
        }
    }

    /**
     * Looks at a file, a link itself.
     *
     * @param name where its name is in memory
     * @return false if it is not there
     */
    static boolean status(int directory, long name, FileStatus status) throws IOException {
        long flags = AT_SYMLINK_NOFOLLOW | AT_STATX_DONT_SYNC;
        return found("", () -> LibC.syscall(SYS_STATX, directory, name, flags, WANTED, status.address()));
    }

    /** Looks at a file, a link itself; returns false if it is not there. */
    static boolean status(int directory, String name, FileStatus status) throws IOException {
        var bytes = NameBytes.of(name);
        return found(
                name,
                () -> LibC.syscall(
                        SYS_STATX, directory, bytes, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH, WANTED, status.address()));
    }

    /** Looks at an open file. */
    static void status(int descriptor, FileStatus status) throws IOException {
        if (!status(descriptor, "", status)) {
            throw new NoSuchFileException("descriptor " + descriptor);
        }
    }

    private static boolean found(String name, Call call) throws IOException {
        try {
            call.run();
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOENT || e.getErrorCode() == ENOTDIR) {
                return false;
            }
            throw NativeFiles.failure(e.getErrorCode(), name, e);
        }
    }

    /**
     * Removes a file, a link itself, or an empty directory.
     *
     * @return false if it is a directory that is not empty
     */
    static boolean remove(int directory, String name) throws IOException {
        var bytes = NameBytes.of(name);
        try {
            LibC.unlinkat(directory, bytes, 0);
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOENT) {
                return true;
            }
            // Which of the two is said of a directory differs between file systems.
            if (e.getErrorCode() != EISDIR && e.getErrorCode() != EPERM) {
                throw NativeFiles.failure(e.getErrorCode(), name, e);
            }
            return removeDirectory(directory, name, bytes, e);
        }
    }

    private static boolean removeDirectory(int directory, String name, byte[] bytes, LastErrorException first)
            throws IOException {
        try {
            LibC.unlinkat(directory, bytes, AT_REMOVEDIR);
            return true;
        } catch (LastErrorException e) {
            return switch (e.getErrorCode()) {
                case ENOENT -> true;
                case ENOTEMPTY, EEXIST -> false;
                case ENOTDIR -> {
                    if (first.getErrorCode() == EPERM) {
                        throw NativeFiles.failure(EPERM, name, first);
                    }
                    // A file took the place of the directory at this very moment.
                    yield false;
                }
                default -> throw NativeFiles.failure(e.getErrorCode(), name, e);
            };
        }
    }

    /** Gives a file away, a link itself. */
    static void own(int directory, String name, int uid, int gid) throws IOException {
        try {
            LibC.fchownat(directory, NameBytes.of(name), uid, gid, AT_SYMLINK_NOFOLLOW);
        } catch (LastErrorException e) {
            throw NativeFiles.failure(e.getErrorCode(), name, e);
        }
    }

    static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    @FunctionalInterface
    private interface Call {
        long run();
    }

    /** The C library, mapped directly. */
    private static final class LibC {

        static {
            Native.register(LibC.class, "c");
        }

        private LibC() {}

        static native int openat(int directory, byte[] path, int flags) throws LastErrorException;

        static native int unlinkat(int directory, byte[] path, int flags) throws LastErrorException;

        static native int fchownat(int directory, byte[] path, int uid, int gid, int flags) throws LastErrorException;

        static native long lseek(int directory, long offset, int from) throws LastErrorException;

        static native long syscall(long number, long descriptor, long buffer, long count) throws LastErrorException;

        static native long syscall(long number, long descriptor, byte[] path, long flags, long mask, long buffer)
                throws LastErrorException;

        static native long syscall(long number, long descriptor, long path, long flags, long mask, long buffer)
                throws LastErrorException;
    }
}
