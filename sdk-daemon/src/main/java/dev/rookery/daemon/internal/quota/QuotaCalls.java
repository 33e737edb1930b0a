package dev.rookery.daemon.internal.quota;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The kernel's calls for quotas of projects. Those of ext4 and of XFS are the same: each answers to both kinds of commands. Source: Linux,
 * fs/quota/quota.c.
 */
final class QuotaCalls {

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;

    private static final long FS_IOC_FSGETXATTR = 0x801C581FL;
    private static final long FS_IOC_FSSETXATTR = 0x401C5820L;

    /** The same number on x86-64 and arm64; since Linux 5.14. Source: include/uapi/asm-generic/unistd.h. */
    private static final long SYS_QUOTACTL_FD = 443;

    private static final int PROJECTS = 2;
    private static final int GET_QUOTA = 0x800007;
    private static final int SET_QUOTA = 0x800008;
    private static final int GET_STATE = 'X' << 8 | 8;
    /** More than {@code struct fs_quota_statv} takes. */
    private static final int STATE_BYTES = 256;

    private static final byte STATE_VERSION = 1;
    private static final int STATE_FLAGS = 2;

    private QuotaCalls() {}

    /** Returns which project an open file belongs to. */
    static ProjectRecord project(int descriptor) {
        var record = new byte[ProjectRecord.BYTES];
        LibC.ioctl(descriptor, FS_IOC_FSGETXATTR, record);
        return new ProjectRecord(record);
    }

    static void setProject(int descriptor, ProjectRecord record) {
        LibC.ioctl(descriptor, FS_IOC_FSSETXATTR, record.bytes());
    }

    /** Returns a project's record; one without anything if it was never used. */
    static byte[] quota(QuotaTarget target, int project) {
        var record = new byte[QuotaRecord.BYTES];
        try {
            call(target, GET_QUOTA, project, record);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != ENOENT) {
                throw e;
            }
            Arrays.fill(record, (byte) 0);
        }
        return record;
    }

    static void setQuota(QuotaTarget target, int project, byte[] record) {
        call(target, SET_QUOTA, project, record);
    }

    /** Returns which quotas are on, as {@code FS_QUOTA_*} flags. */
    static int state(QuotaTarget target) {
        var state = new byte[STATE_BYTES];
        state[0] = STATE_VERSION;
        call(target, GET_STATE, 0, state);
        return ByteBuffer.wrap(state).order(ByteOrder.nativeOrder()).getShort(STATE_FLAGS);
    }

    private static void call(QuotaTarget target, int command, int project, byte[] record) {
        int typed = command << 8 | PROJECTS;
        try {
            if (!target.byDevice()) {
                LibC.syscall(SYS_QUOTACTL_FD, target.descriptor(), typed, project, record);
                return;
            }
        } catch (LastErrorException e) {
            if (e.getErrorCode() != ENOSYS) {
                throw e;
            }
            // An older kernel, or one without any quotas, of which the older call tells the same.
        }
        LibC.quotactl(typed, (target.device() + "\0").getBytes(StandardCharsets.UTF_8), project, record);
    }

    static IOException failure(String what, LastErrorException cause) {
        return new IOException(what + ": " + cause.getMessage(), cause);
    }

    /** The C library, mapped directly. */
    private static final class LibC {

        static {
            Native.register(LibC.class, "c");
        }

        private LibC() {}

        static native int ioctl(int descriptor, long request, byte[] record) throws LastErrorException;

        static native int quotactl(int command, byte[] device, int project, byte[] record) throws LastErrorException;

        static native long syscall(long number, long descriptor, long command, long project, byte[] record)
                throws LastErrorException;
    }
}
