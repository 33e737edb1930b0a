package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The entries of an open directory, a bufferful at a time, as the kernel gives them. It may go on later in a
 * directory that was closed and opened again. Used by one thread. Source: Linux, getdents64(2).
 */
final class DirectoryReader {

    /** What the kernel knows of an entry without looking at the file. */
    enum Type {
        DIRECTORY,
        REGULAR,
        OTHER,
        UNKNOWN
    }

    private static final int NAME = 19;

    private final ByteBuffer buffer;
    private final long address;
    private int at;
    private int next;
    private int filled;
    private long offset;

    DirectoryReader(int bytes) {
        this.buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        this.address = NativeDirectories.address(buffer);
    }

    /** Begins with another directory. */
    void begin() {
        at = 0;
        next = 0;
        filled = 0;
        offset = 0;
    }

    /**
     * Goes to the next entry.
     *
     * @param directory open for reading, at its beginning or where this was left
     * @return whether there is one
     */
    boolean next(int directory) throws IOException {
        do {
            if (next >= filled) {
                filled = NativeDirectories.read(directory, address, buffer.capacity());
                next = 0;
                if (filled == 0) {
                    return false;
                }
            }
            at = next;
            next += buffer.getShort(at + 16) & 0xFFFF;
            offset = buffer.getLong(at + 8);
        } while (dots());
        return true;
    }

    /** Returns where the present entry ends in its directory. */
    long offset() {
        return offset;
    }

    /**
     * Goes on in a directory that was opened again, or was left for another one.
     *
     * @param after what {@link #offset} was then
     */
    void resume(int directory, long after) throws IOException {
        NativeDirectories.seek(directory, after);
        begin();
    }

    Type type() {
        return switch (buffer.get(at + 18)) {
            case 4 -> Type.DIRECTORY;
            case 8 -> Type.REGULAR;
            case 0 -> Type.UNKNOWN;
            default -> Type.OTHER;
        };
    }

    /** Where the name is in memory, with a zero byte after it; valid until the next call. */
    long nameAddress() {
        return address + at + NAME;
    }

    String name() {
        int length = 0;
        while (buffer.get(at + NAME + length) != 0) {
            length++;
        }
        var name = new byte[length];
        buffer.get(at + NAME, name);
        return NameBytes.text(name);
    }

    private boolean dots() {
        int name = at + NAME;
        return buffer.get(name) == '.'
                && (buffer.get(name + 1) == 0 || (buffer.get(name + 1) == '.' && buffer.get(name + 2) == 0));
    }
}
