package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.internal.file.FileAttributes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one packet, which grows as it needs to. Used by one thread. */
final class PacketWriter {

    private static final int FIRST_BYTES = 256;
    private static final int ATTRIBUTES = SftpCodes.SSH_FILEXFER_ATTR_SIZE
            | SftpCodes.SSH_FILEXFER_ATTR_UIDGID
            | SftpCodes.SSH_FILEXFER_ATTR_PERMISSIONS
            | SftpCodes.SSH_FILEXFER_ATTR_ACMODTIME;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);

    private PacketWriter() {
        bytes.putInt(0);
    }

    /** Returns the beginning of a packet. */
    static PacketWriter of(int type, int id) {
        return new PacketWriter().u8(type).u32(id);
    }

    /** Returns the packet that says which version is spoken. */
    static PacketWriter version() {
        return new PacketWriter().u8(SftpCodes.SSH_FXP_VERSION).u32(SftpCodes.VERSION);
    }

    /** Returns the head of a packet whose data is sent after it. */
    static ByteBuffer dataHead(int id, int length) {
        return ByteBuffer.allocate(13)
                .putInt(length + 9)
                .put((byte) SftpCodes.SSH_FXP_DATA)
                .putInt(id)
                .putInt(length)
                .flip();
    }

    PacketWriter u8(int value) {
        need(1).put((byte) value);
        return this;
    }

    PacketWriter u32(int value) {
        need(Integer.BYTES).putInt(value);
        return this;
    }

    PacketWriter u64(long value) {
        need(Long.BYTES).putLong(value);
        return this;
    }

    PacketWriter text(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    PacketWriter string(byte[] value) {
        need(Integer.BYTES + value.length).putInt(value.length).put(value);
        return this;
    }

    PacketWriter attributes(FileAttributes status) {
        return u32(ATTRIBUTES)
                .u64(status.sizeBytes())
                .u32(status.uid())
                .u32(status.gid())
                .u32(status.mode())
                .u32((int) status.accessedSeconds())
                .u32((int) status.modifiedSeconds());
    }

    /** Replaces a number that was written before. */
    PacketWriter u32At(int position, int value) {
        bytes.putInt(position, value);
        return this;
    }

    int size() {
        return bytes.position();
    }

    /** Returns the whole packet. */
    ByteBuffer packet() {
        bytes.putInt(0, bytes.position() - Integer.BYTES);
        return bytes.flip();
    }

    private ByteBuffer need(int count) {
        if (bytes.remaining() < count) {
            int size = Math.max(2 * bytes.capacity(), bytes.position() + count);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
        }
        return bytes;
    }
}
