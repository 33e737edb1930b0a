package dev.rookery.daemon.internal.quota;

import dev.rookery.api.spi.DiskQuotas.Amount;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the kernel knows of one project, as it lays it out. Source: Linux, include/uapi/linux/quota.h, {@code struct if_dqblk}. */
final class QuotaRecord {

    static final int BYTES = 72;

    /** What the kernel counts limits in. */
    static final int BLOCK_BYTES = 1024;

    private static final int BLOCK_LIMIT = 0;
    private static final int SPACE = 16;
    private static final int FILE_LIMIT = 24;
    private static final int FILES = 40;
    private static final int VALID = 64;
    /** The limits of blocks and of files. */
    private static final int LIMITS_VALID = 1 | 4;

    private QuotaRecord() {}

    /** Returns the record that sets these limits, and nothing else. The soft limits, which hold after a time, are taken away. */
    static byte[] ofLimits(Amount limits) {
        var record = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
        record.putLong(BLOCK_LIMIT, blocks(limits.bytes()));
        record.putLong(FILE_LIMIT, limits.files());
        record.putInt(VALID, LIMITS_VALID);
        return record.array();
    }

    static Amount limits(byte[] record) {
        var read = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());
        return new Amount(read.getLong(BLOCK_LIMIT) * BLOCK_BYTES, read.getLong(FILE_LIMIT));
    }

    static Amount usage(byte[] record) {
        var read = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());
        return new Amount(read.getLong(SPACE), read.getLong(FILES));
    }

    /** Less than a block is one: none would be no limit at all. */
    private static long blocks(long bytes) {
        return bytes == 0 ? 0 : Math.max(1, bytes / BLOCK_BYTES);
    }
}
