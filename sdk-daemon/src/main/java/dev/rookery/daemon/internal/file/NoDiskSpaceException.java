package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says that a server's files would take more of the disk than they may, or than there is. */
public final class NoDiskSpaceException extends IOException {

    private static final long serialVersionUID = 1L;
    /** Less is as good as nothing. */
    private static final long BLOCK_BYTES = 4096;

    NoDiskSpaceException(long wantedBytes, long freeBytes) {
        super("not enough disk space: " + wantedBytes + " bytes more (expected: at most " + freeBytes + ")");
    }

    private NoDiskSpaceException(String text, IOException cause) {
        super(text, cause);
    }

    /**
     * Returns what to say of a failed write: this if the disk, or the kernel's quota, is full, otherwise the failure itself.
     *
     * @param directory is on the disk that was written to
     */
    static IOException of(IOException failure, Path directory) {
        if (failure instanceof NoDiskSpaceException) {
            return failure;
        }
        return saysFull(failure) || nothingLeft(directory)
                ? new NoDiskSpaceException("not enough disk space on the node (" + failure.getMessage() + ")", failure)
                : failure;
    }

    /** Returns whether a failure is that of a full disk, or of the kernel's quota. */
    static boolean saysFull(IOException failure) {
        // Java knows these by their text only, which depends on the locale.
        var text = String.valueOf(failure.getMessage());
        return failure instanceof NoDiskSpaceException
                || text.contains("No space left on device")
                || text.contains("Disk quota exceeded");
    }

    private static boolean nothingLeft(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() < BLOCK_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
