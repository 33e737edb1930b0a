package dev.rookery.daemon.internal.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What Java's file calls cannot say: files by the descriptor of their directory and a name, as places rather than as contents. Such a
 * descriptor names one file for good, whatever its path becomes, and opening it never waits, not even for a FIFO.
 */
final class NativeFiles {

    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final boolean ARM = System.getProperty("os.arch").startsWith("aarch64");
    // These two differ between the architectures. Source: Linux, arch/arm64/include/uapi/asm/fcntl.h.
    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    private static final int PLACE = O_PATH | O_NOFOLLOW | O_CLOEXEC;

    /** The same number on both architectures. Source: Linux, include/uapi/asm-generic/unistd.h. */
    private static final long SYS_OPENAT2 = 437;

    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final int OPEN_HOW_BYTES = 24;
    private static final int BENEATH_TRIES = 64;
    private static final int RENAME_NOREPLACE = 1;
    private static final int RENAME_EXCHANGE = 2;

    private static final int LINK_BYTES = 4096;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int ENXIO = 6;
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int EXDEV = 18;
    private static final int ENOTDIR = 20;
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;
    private static final int ENAMETOOLONG = 36;
    private static final int ELOOP = 40;

    private NativeFiles() {}

    /** Opens the place of a directory. A link is refused. */
    static int openDirectory(String path) throws IOException {
        return call(path, () -> LibC.open(bytes(path), PLACE | O_DIRECTORY));
    }

    /** Opens the place of a directory that is ours; a link is followed. */
    static int openTrusted(String path) throws IOException {
        return call(path, () -> LibC.open(bytes(path), O_PATH | O_DIRECTORY | O_CLOEXEC));
    }

    /** Opens the place of anything; of a link, the link itself. */
    static int openPlace(String path) throws IOException {
        return call(path, () -> LibC.open(bytes(path), PLACE));
    }

    /** Opens the place of a name in a directory; of a link, the link itself. */
    static int openPlaceIn(int directory, String name) throws IOException {
        return call(name, () -> LibC.openat(directory, bytes(name), PLACE));
    }

    /** Opens the place of a directory in another one. A link is refused with {@link NotDirectoryException}, as a file is. */
    static int openDirectoryIn(int directory, String name) throws IOException {
        return call(name, () -> LibC.openat(directory, bytes(name), PLACE | O_DIRECTORY));
    }

    /** Opens what a name in a directory stands for, to be read; a link is refused. What would have to be waited for is not waited for. */
    static int openToRead(int directory, String name) throws IOException {
        return call(name, () -> LibC.openat(directory, bytes(name), O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    }

    /**
     * Opens a place to be read, without waiting.
     *
     * @throws BusyException if that would mean to wait
     */
    static int openAgain(int place) throws IOException {
        return call("", () -> LibC.open(bytes(path(place).toString()), O_NONBLOCK | O_CLOEXEC));
    }

    /** Returns where a link leads. */
    static String readLink(String path) throws IOException {
        var buffer = new byte[LINK_BYTES];
        int length = call(path, () -> (int) LibC.readlink(bytes(path), buffer, buffer.length));
        return NameBytes.text(Arrays.copyOf(buffer, length));
    }

    /**
     * Finds out where a file has data, as far as its file system tells.
     *
     * @param hole shorter holes count as data
     * @param most so many pieces at most: the last one goes to the end then
     * @return offset and length of each piece
     */
    static long[] pieces(int descriptor, long size, long hole, int most) {
        var pieces = new long[2];
        int count = 0;
        long at = 0;
        while (at < size && count < most) {
            long begin = Math.min(size, seek(descriptor, at, SEEK_DATA, size));
            long next = begin < size ? seek(descriptor, begin, SEEK_HOLE, size) : size;
            long end = Math.min(size, Math.max(begin + 1, next));
            boolean close = begin - at < hole;
            if (close && count > 0) {
                pieces[count * 2 - 1] = end - pieces[count * 2 - 2];
            } else if (begin < size || close) {
                pieces = Arrays.copyOf(pieces, Math.max(pieces.length, Integer.highestOneBit(count + 1) * 4));
                pieces[count * 2] = close ? at : begin;
                pieces[count * 2 + 1] = end - pieces[count * 2];
                count++;
            }
            at = end;
        }
        if (at < size) {
            pieces[count * 2 - 1] = size - pieces[count * 2 - 2];
        }
        return Arrays.copyOf(pieces, count * 2);
    }

    private static long seek(int descriptor, long at, int what, long otherwise) {
        try {
            return LibC.lseek(descriptor, at, what);
        } catch (LastErrorException e) {
            // Nothing but a hole follows, or the file system does not tell.
            return e.getErrorCode() == ENXIO || what == SEEK_HOLE ? otherwise : at;
        }
    }

    /** Reads from where the descriptor is; less than asked for at the end of the file. */
    static byte[] read(int descriptor, int count) throws IOException {
        var buffer = new byte[count];
        int length = call("", () -> (int) LibC.read(descriptor, buffer, count));
        return length == count ? buffer : Arrays.copyOf(buffer, length);
    }

    /**
     * Opens the place of a directory below another one, links inside included, as one step of the kernel's.
     *
     * @throws LeavesException if the path leads out of {@code directory}, or an absolute link is in it
     * @throws UnsupportedOperationException if the kernel has no such call, or a filter takes it away
     */
    static int openDirectoryBeneath(int directory, String path) throws IOException {
        var how = new long[] {O_PATH | O_CLOEXEC | O_DIRECTORY, 0, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
        for (int tries = 1; ; tries++) {
            try {
                return (int) LibC.syscall(SYS_OPENAT2, directory, bytes(path), how, OPEN_HOW_BYTES);
            } catch (LastErrorException e) {
                int code = e.getErrorCode();
                if (code == ENOSYS || code == EPERM || code == EINVAL) {
                    throw new UnsupportedOperationException("openat2", e);
                }
                // Somebody moves directories about at this very moment: the kernel cannot tell whether the path stays
                // inside.
                if (code != EAGAIN || tries == BENEATH_TRIES) {
                    throw failure(code, path, e);
                }
            }
        }
    }

    /**
     * Moves a file.
     *
     * @throws FileAlreadyExistsException if there is one of the new name
     * @throws UnsupportedOperationException if the file system cannot look and move in one step
     */
    static void rename(int from, String name, int to, String newName) throws IOException {
        rename(from, name, to, newName, RENAME_NOREPLACE);
    }

    /** Moves a file, over one of the new name. */
    static void replace(int from, String name, int to, String newName) throws IOException {
        rename(from, name, to, newName, 0);
    }

    /**
     * Lets two files change places.
     *
     * @throws NoSuchFileException if one of them is missing
     * @throws UnsupportedOperationException if the file system cannot do that in one step
     */
    static void exchange(int from, String name, int to, String newName) throws IOException {
        rename(from, name, to, newName, RENAME_EXCHANGE);
    }

    private static void rename(int from, String name, int to, String newName, int how) throws IOException {
        try {
            LibC.renameat2(from, bytes(name), to, bytes(newName), how);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOSYS || e.getErrorCode() == EINVAL) {
                throw new UnsupportedOperationException("renameat2", e);
            }
            throw failure(e.getErrorCode(), name, e);
        }
    }

    /** Returns a path that leads to the very file of a descriptor. */
    static Path path(int descriptor) {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    static void close(int descriptor) {
        try {
            LibC.close(descriptor);
        } catch (LastErrorException ignored) {
            // A place holds no data that could be lost.
        }
    }

    private static int call(String path, NativeCall call) throws IOException {
        try {
            return call.run();
        } catch (LastErrorException e) {
            throw failure(e.getErrorCode(), path, e);
        }
    }

    static FileSystemException failure(int code, String path, LastErrorException cause) {
        return switch (code) {
            case EACCES -> new AccessDeniedException(path);
            case ENOENT -> new NoSuchFileException(path);
            case EAGAIN -> new BusyException(path);
            case EEXIST -> new FileAlreadyExistsException(path);
            case ENOTDIR -> new NotDirectoryException(path);
            case ELOOP -> new FileSystemLoopException(path);
            case EXDEV -> new LeavesException(path);
            case ENAMETOOLONG -> new FileSystemException(path, null, "its file name is too long");
            default -> new FileSystemException(path, null, cause.getMessage());
        };
    }

    /** Names are UTF-8 on the disk, whatever the locale of the process. */
    static byte[] bytes(String path) {
        return NameBytes.of(path);
    }

    /** A path leads, or may lead, out of the directory that it has to stay in. */
    static final class LeavesException extends FileSystemException {

        private static final long serialVersionUID = 1;

        private LeavesException(String path) {
            super(path);
        }
    }

    /** Somebody has a file for himself at the moment. */
    static final class BusyException extends FileSystemException {

        private static final long serialVersionUID = 1;

        private BusyException(String path) {
            super(path, null, "somebody has it for himself at the moment");
        }
    }

    @FunctionalInterface
    private interface NativeCall {
        int run();
    }

    /** The C library, mapped directly. */
    private static final class LibC {

        static {
            Native.register(LibC.class, "c");
        }

        private LibC() {}

        static native int open(byte[] path, int flags) throws LastErrorException;

        static native int openat(int directory, byte[] path, int flags) throws LastErrorException;

        static native int renameat2(int from, byte[] name, int to, byte[] newName, int flags) throws LastErrorException;

        static native long read(int descriptor, byte[] buffer, long count) throws LastErrorException;

        static native long syscall(long number, long directory, byte[] path, long[] how, long howBytes)
                throws LastErrorException;

        static native long readlink(byte[] path, byte[] buffer, long size) throws LastErrorException;

        static native long lseek(int descriptor, long offset, int from) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
