package dev.rookery.daemon.internal.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * What the kernel says of one file; filled anew for each. Used by one thread. Source: Linux, include/uapi/linux/stat.h, {@code struct statx}.
 */
final class FileStatus {

    static final int BYTES = 256;

    private static final int SECTOR_BYTES = 512;
    /** Network file systems speak of larger ones, which are no blocks of a disk. */
    private static final long BLOCK_MAX_BYTES = 64 << 10;

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());
    private final long address = NativeDirectories.address(buffer);

    /** Where the kernel puts it. */
    long address() {
        return address;
    }

    int mode() {
        return buffer.getShort(28) & 0xFFFF;
    }

    boolean directory() {
        return (mode() & TYPE) == DIRECTORY;
    }

    boolean regular() {
        return (mode() & TYPE) == REGULAR;
    }

    boolean link() {
        return (mode() & TYPE) == LINK;
    }

    /** How many names it has. */
    long links() {
        return buffer.getInt(16) & 0xFFFFFFFFL;
    }

    int uid() {
        return buffer.getInt(20);
    }

    int gid() {
        return buffer.getInt(24);
    }

    long inode() {
        return buffer.getLong(32);
    }

    /** The file system that it is on. */
    long device() {
        return ((long) buffer.getInt(136) << 32) | (buffer.getInt(140) & 0xFFFFFFFFL);
    }

    /** How it is mounted; 0 before Linux 5.8. */
    long mount() {
        return buffer.getLong(144);
    }

    long sizeBytes() {
        return buffer.getLong(40);
    }

    /**
     * What it counts for: its length, as the daemons of the field count, and what was reserved of the disk beyond that ({@code fallocate} can, without
     * making the file longer). That its last block is not full counts for nobody.
     */
    long countedBytes() {
        long block = Math.min(Math.max(1, buffer.getInt(4) & 0xFFFFFFFFL), BLOCK_MAX_BYTES);
        long blocks = sizeBytes() / block + (sizeBytes() % block == 0 ? 0 : 1);
        return sizeBytes() + Math.max(0, buffer.getLong(48) * SECTOR_BYTES - blocks * block);
    }

    /** What goes from the disk with this name: nothing as long as the file has another one. */
    long ownBytes() {
        return regular() && links() <= 1 ? sizeBytes() : 0;
    }

    Instant changed() {
        return Instant.ofEpochSecond(buffer.getLong(96), buffer.getInt(104));
    }

    Instant modified() {
        return Instant.ofEpochSecond(buffer.getLong(112), buffer.getInt(120));
    }
}
