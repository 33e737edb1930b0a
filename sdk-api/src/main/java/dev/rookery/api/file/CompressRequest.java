package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.util.List;
import java.util.Optional;

/**
 * Files to put into an archive beside them. Source: node API §2.5.
 *
 * @param directory where they are, and where the archive goes
 * @param files names relative to it; at least one
 * @param name the archive's name without extension; empty lets the node choose
 * @param format the archive's format
 */
public record CompressRequest(String directory, List<String> files, Optional<String> name, ArchiveFormat format) {

    /** Checks its arguments. */
    public CompressRequest {
        requireNonNull(directory, "directory");
        requireNonNull(name, "name");
        requireNonNull(format, "format");
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new InvalidInputException("files: none (expected: at least one name)");
        }
    }

    /** Returns the request for an archive in gzip format whose name the node chooses. */
    public static CompressRequest of(String directory, List<String> files) {
        return new CompressRequest(directory, files, Optional.empty(), ArchiveFormat.TAR_GZ);
    }
}
