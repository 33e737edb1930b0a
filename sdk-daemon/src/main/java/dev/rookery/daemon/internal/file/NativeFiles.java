package dev.rookery.daemon.internal.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Opens files as places rather than as contents: such a descriptor names one file for good, whatever its path becomes, and opening it never
 * waits, not even for a FIFO.
 */
final class NativeFiles {

    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final boolean ARM = System.getProperty("os.arch").startsWith("aarch64");
    // These two differ between the architectures. Source: Linux, arch/arm64/include/uapi/asm/fcntl.h.
    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    private static final int ENOENT = 2;
    private static final int ENOTDIR = 20;
    private static final int ELOOP = 40;

    private NativeFiles() {}

    /** Opens the place of a directory. A link is refused. */
    static int openDirectory(String path) throws IOException {
        return open(path, O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
    }

    /** Opens the place of anything; of a link, the link itself. */
    static int openPlace(String path) throws IOException {
        return open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
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

    private static int open(String path, int flags) throws IOException {
        try {
            return LibC.open(path, flags);
        } catch (LastErrorException e) {
            throw switch (e.getErrorCode()) {
                case ENOENT -> new NoSuchFileException(path);
                case ENOTDIR -> new NotDirectoryException(path);
                case ELOOP -> new FileSystemLoopException(path);
                default -> new FileSystemException(path, null, e.getMessage());
            };
        }
    }

    /** The C library, mapped directly. */
    private static final class LibC {

        static {
            Native.register(LibC.class, "c");
        }

        private LibC() {}

        static native int open(String path, int flags) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
