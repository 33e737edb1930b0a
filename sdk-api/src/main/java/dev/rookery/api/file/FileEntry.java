package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.immutables.value.Value;

/**
 * What a node says of one file. Source: node API §2.4.
 *
 * @param name the name in its directory; in the results of a search the path
 * @param created when the inode last changed; it is not the time of birth
 * @param modified when the content last changed
 * @param mode type and permissions as text, such as {@code drwxr-xr-x}; a symbolic link begins with {@code L}
 * @param modeBits the permissions
 * @param sizeBytes the size of the content
 * @param directory whether it is a directory
 * @param symlink whether it is a symbolic link; Pterodactyl's daemon never says so
 * @param mime the type of the content, with the charset for text; {@code inode/directory} for a directory
 */
@Value.Builder
public record FileEntry(
        @JsonProperty("name") String name,
        @JsonProperty("created") Instant created,
        @JsonProperty("modified") Instant modified,
        @JsonProperty("mode") String mode,
        @JsonProperty("mode_bits") FileMode modeBits,
        @JsonProperty("size") long sizeBytes,
        @JsonProperty("directory") boolean directory,
        @JsonProperty("symlink") boolean symlink,
        @JsonProperty("mime") String mime) {

    private static final FileMode FILE_MODE = new FileMode(0644);
    private static final FileMode DIRECTORY_MODE = new FileMode(0755);

    /** Fills in what a peer left out; the name has to be there. */
    public FileEntry {
        requireNonNull(name, "name");
        modified = modified == null ? Instant.EPOCH : modified;
        created = created == null ? modified : created;
        modeBits = modeBits == null ? directory ? DIRECTORY_MODE : FILE_MODE : modeBits;
        mode = mode == null ? "" : mode;
        mime = mime == null ? directory ? "inode/directory" : "application/octet-stream" : mime;
    }

    /** Returns whether it is anything but a directory, which is what the protocol calls a file. */
    @JsonProperty("file")
    public boolean file() {
        return !directory;
    }

    /** Returns a builder of an empty regular file; name and times are to be set. */
    public static FileEntryBuilder builder() {
        return new FileEntryBuilder()
                .mode("-rw-r--r--")
                .modeBits(FILE_MODE)
                .sizeBytes(0)
                .directory(false)
                .symlink(false)
                .mime("application/octet-stream");
    }
}
