package dev.rookery.daemon.internal.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** Files that are made and given attributes by descriptors only, so that nobody can put another one in their place. */
final class NativeWrites {

    private static final boolean ARM = System.getProperty("os.arch").startsWith("aarch64");
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_CLOEXEC = 0x80000;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int ENOSPC = 28;
    private static final int EDQUOT = 122;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private NativeWrites() {}

    /** Creates a file that only its owner may read, and opens it; fails if there is anything of that name. */
    static int create(int directory, String name) throws IOException {
        return call(
                name,
                () -> LibC.openat(
                        directory,
                        NativeFiles.bytes(name),
                        O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC,
                        0600));
    }

    /** Creates a directory that only its owner may enter; fails if there is anything of that name. */
    static void createDirectory(int directory, String name) throws IOException {
        call(name, () -> LibC.mkdirat(directory, NativeFiles.bytes(name), 0700));
    }

    /** Creates a link; fails if there is anything of that name. */
    static void createLink(int directory, String name, String target) throws IOException {
        call(name, () -> LibC.symlinkat(NativeFiles.bytes(target), directory, NativeFiles.bytes(name)));
    }

    /** Gives a file a second name; fails if there is anything of that name. A link itself gets it. */
    static void createHardLink(int from, String name, int to, String newName) throws IOException {
        call(name, () -> LibC.linkat(from, NativeFiles.bytes(name), to, NativeFiles.bytes(newName), 0));
    }

    /** Sets the time of the last change of a name in a directory, of a link itself. */
    static void setTime(int directory, String name, FileTime time) throws IOException {
        long nanos = time.to(TimeUnit.NANOSECONDS);
        boolean exact = nanos != Long.MAX_VALUE && nanos != Long.MIN_VALUE;
        long seconds = exact ? Math.floorDiv(nanos, NANOS) : time.to(TimeUnit.SECONDS);
        long rest = exact ? Math.floorMod(nanos, NANOS) : 0;
        var times = new long[] {seconds, rest, seconds, rest};
        call(name, () -> LibC.utimensat(directory, NativeFiles.bytes(name), times, AT_SYMLINK_NOFOLLOW));
    }

    /** Sets the permissions of an open file. */
    static void setMode(int descriptor, String name, int mode) throws IOException {
        call(name, () -> LibC.fchmod(descriptor, mode));
    }

    /** Gives a name in a directory away, a link itself. */
    static void setOwner(int directory, String name, int uid, int gid) throws IOException {
        call(name, () -> LibC.fchownat(directory, NativeFiles.bytes(name), uid, gid, AT_SYMLINK_NOFOLLOW));
    }

    /** Flushes everything of the file system that a directory belongs to. */
    static void flushAll(int directory) throws IOException {
        int readable = call("", () -> LibC.openat(directory, NativeFiles.bytes("."), O_CLOEXEC, 0));
        try {
            call("", () -> LibC.syncfs(readable));
        } finally {
            NativeFiles.close(readable);
        }
    }

    private static int call(String path, NativeCall call) throws IOException {
        try {
            return call.run();
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOSPC || e.getErrorCode() == EDQUOT) {
                throw new IOException("No space left on device", e);
            }
            throw NativeFiles.failure(e.getErrorCode(), path, e);
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

        static native int openat(int directory, byte[] path, int flags, int mode) throws LastErrorException;

        static native int mkdirat(int directory, byte[] path, int mode) throws LastErrorException;

        static native int symlinkat(byte[] target, int directory, byte[] name) throws LastErrorException;

        static native int linkat(int from, byte[] name, int to, byte[] newName, int flags) throws LastErrorException;

        static native int utimensat(int directory, byte[] name, long[] times, int flags) throws LastErrorException;

        static native int fchmod(int descriptor, int mode) throws LastErrorException;

        static native int fchownat(int directory, byte[] name, int uid, int gid, int flags) throws LastErrorException;

        static native int syncfs(int descriptor) throws LastErrorException;
    }
}
