package dev.rookery.daemon.internal.quota;

import dev.rookery.api.spi.DiskQuotas;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The attributes of one file that say which project it belongs to, as the kernel lays them out. The others are written back as they were read.
 * Source: Linux, include/uapi/linux/fs.h, {@code struct fsxattr}.
 */
final class ProjectRecord {

    static final int BYTES = 28;

    private static final int FLAGS = 0;
    private static final int PROJECT = 12;
    /** What is created in a directory belongs to its project. */
    private static final int INHERIT = 0x200;

    private final byte[] bytes;

    ProjectRecord(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    int project() {
        return view().getInt(PROJECT);
    }

    boolean inherited() {
        return (view().getInt(FLAGS) & INHERIT) != 0;
    }

    /**
     * Puts it into a project.
     *
     * @return whether that changes anything
     */
    boolean assign(int project, boolean directory) {
        int flags = view().getInt(FLAGS);
        int wanted = directory && project != DiskQuotas.NO_PROJECT ? flags | INHERIT : flags & ~INHERIT;
        if (project() == project && flags == wanted) {
            return false;
        }
        view().putInt(FLAGS, wanted).putInt(PROJECT, project);
        return true;
    }

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
}
