package dev.rookery.daemon.internal.sftp;

import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.daemon.internal.file.NoDiskSpaceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * How a client is told that something failed.
 *
 * @param code the protocol's
 * @param text says more, never a path of the host's
 */
record Failure(int code, String text) {

    static Failure of(IOException e) {
        if (e instanceof NoSuchFileException
                || e instanceof NotDirectoryException
                || e instanceof FileSystemLoopException) {
            return new Failure(SftpCodes.SSH_FX_NO_SUCH_FILE, "No such file");
        }
        if (e instanceof FileAlreadyExistsException) {
            return new Failure(SftpCodes.SSH_FX_FAILURE, "File exists");
        }
        if (e instanceof AccessDeniedException) {
            return new Failure(SftpCodes.SSH_FX_PERMISSION_DENIED, "Permission denied");
        }
        if (e instanceof NoDiskSpaceException || full(e)) {
            return new Failure(SftpCodes.SSH_FX_QUOTA_EXCEEDED, "There is not enough disk space for this server");
        }
        if (e instanceof FileSystemException known) {
            return new Failure(SftpCodes.SSH_FX_FAILURE, known.getReason() == null ? "It failed" : known.getReason());
        }
        return new Failure(SftpCodes.SSH_FX_FAILURE, String.valueOf(e.getMessage()));
    }

    static Failure of(RookeryException e) {
        int code = e instanceof DeniedException || e instanceof InvalidInputException
                ? SftpCodes.SSH_FX_PERMISSION_DENIED
                : SftpCodes.SSH_FX_FAILURE;
        return new Failure(code, String.valueOf(e.getMessage()));
    }

    private static boolean full(IOException e) {
        var text = String.valueOf(e.getMessage());
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }
}
