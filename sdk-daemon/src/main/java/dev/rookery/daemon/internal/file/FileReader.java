package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;

/** Reads many small files one after another into the same memory. Used by one thread. */
final class FileReader {

    /** Says that a file is larger than what may be read. */
    static final int TOO_LARGE = -1;

    private static final int PIECE_BYTES = 128 << 10;
    private static final int FIRST_BYTES = 256 << 10;

    private final int maxBytes;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
    private final long address = NativeDirectories.address(piece);
    private final FileStatus status = new FileStatus();
    private byte[] bytes = new byte[FIRST_BYTES];

    FileReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns where the last file is. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Reads a file.
     *
     * @return how long it is, {@link #TOO_LARGE}, or 0 if it is no regular file that can be read
     */
    int read(int directory, String name) throws IOException {
        int descriptor;
        try {
            descriptor = NativeFiles.openToRead(directory, name);
        } catch (NoSuchFileException
                | FileSystemLoopException
                | AccessDeniedException
                | NativeFiles.BusyException ignored) {
            return 0;
        }
        try {
            NativeDirectories.status(descriptor, status);
            if (!status.regular()) {
                return 0;
            }
            return status.sizeBytes() > maxBytes ? TOO_LARGE : fill(descriptor);
        } finally {
            NativeFiles.close(descriptor);
        }
    }

    private int fill(int descriptor) throws IOException {
        int length = 0;
        for (int count = next(descriptor); count > 0; count = next(descriptor)) {
            if (length + count > maxBytes) {
                return TOO_LARGE;
            }
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(maxBytes, Math.max(length + count, bytes.length * 2)));
            }
            piece.get(0, bytes, length, count);
            length += count;
            if (count < PIECE_BYTES) {
                break;
            }
        }
        return length;
    }

    private int next(int descriptor) throws IOException {
        return NativeDirectories.readFile(descriptor, address, PIECE_BYTES);
    }
}
