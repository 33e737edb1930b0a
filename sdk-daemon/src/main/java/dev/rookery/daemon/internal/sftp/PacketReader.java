package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.internal.file.FileChange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what a packet consists of. Anything that does not fit is a {@link BadPacketException}. Used by one thread. */
final class PacketReader {

    private static final int EXTENDED_MAX = 64;

    private final ByteBuffer bytes;

    PacketReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int u8() {
        need(1);
        return bytes.get() & 0xff;
    }

    int u32() {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    /** A number of 64 bits that a file can have as its length or a place in it. */
    long offset() {
        need(Long.BYTES);
        long value = bytes.getLong();
        if (value < 0) {
            throw new BadPacketException("an offset beyond 2^63");
        }
        return value;
    }

    /** A length that may be larger than any packet. */
    long length() {
        return Integer.toUnsignedLong(u32());
    }

    byte[] string() {
        long length = length();
        if (length > bytes.remaining()) {
            throw new BadPacketException(
                    "a string of " + length + " bytes in a packet that has " + bytes.remaining() + " left");
        }
        var string = new byte[(int) length];
        bytes.get(string);
        return string;
    }

    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(string()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadPacketException("a text that is not UTF-8");
        }
    }

    /** Owners are passed over: only the node decides whose files are. */
    FileChange attributes() {
        int flags = u32();
        var size = has(flags, SftpCodes.SSH_FILEXFER_ATTR_SIZE) ? OptionalLong.of(offset()) : OptionalLong.empty();
        if (has(flags, SftpCodes.SSH_FILEXFER_ATTR_UIDGID)) {
            u32();
            u32();
        }
        var mode = has(flags, SftpCodes.SSH_FILEXFER_ATTR_PERMISSIONS) ? OptionalInt.of(u32()) : OptionalInt.empty();
        var times = has(flags, SftpCodes.SSH_FILEXFER_ATTR_ACMODTIME)
                ? Optional.of(new FileChange.Times(length(), length()))
                : Optional.<FileChange.Times>empty();
        if (has(flags, SftpCodes.SSH_FILEXFER_ATTR_EXTENDED)) {
            int count = u32();
            if (count < 0 || count > EXTENDED_MAX) {
                throw new BadPacketException(count + " extended attributes");
            }
            for (int i = 0; i < 2 * count; i++) {
                string();
            }
        }
        return new FileChange(mode, size, times);
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    private void need(int count) {
        if (bytes.remaining() < count) {
            throw new BadPacketException("it ends too early");
        }
    }

    /** A packet that is none. */
    static final class BadPacketException extends RuntimeException {

        private static final long serialVersionUID = 1;

        BadPacketException(String message) {
            super(message);
        }
    }
}
