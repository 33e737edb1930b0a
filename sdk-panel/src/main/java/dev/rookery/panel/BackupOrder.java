package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.backup.BackupAdapter;
import java.util.List;
import org.immutables.value.Value;

/**
 * A backup that somebody wants.
 *
 * @param name what people call it, at most 191 characters
 * @param adapter where it shall be kept
 * @param ignoredFiles gitignore patterns of what to leave out; none means those of the ignore file in the server's root
 * @param limit how many backups the server may have with this one; failed ones do not count
 */
@Value.Builder
public record BackupOrder(String name, BackupAdapter adapter, List<String> ignoredFiles, int limit) {

    private static final int NAME_MAX = 191;

    /** Checks its arguments. */
    public BackupOrder {
        requireNonNull(adapter, "adapter");
        ignoredFiles = List.copyOf(ignoredFiles);
        if (name.length() > NAME_MAX) {
            throw new InvalidInputException(
                    "backup name: " + name.length() + " characters (expected: at most " + NAME_MAX + ")");
        }
        if (limit < 0) {
            throw new InvalidInputException("backup limit: " + limit + " (expected: >= 0)");
        }
    }

    /** Returns a builder of a backup without a name on the node's own disk, of as many as one likes. */
    public static BackupOrderBuilder builder() {
        return new BackupOrderBuilder().name("").adapter(BackupAdapter.WINGS).limit(Integer.MAX_VALUE);
    }
}
