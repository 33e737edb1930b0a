package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A backup that somebody wants.
 *
 * @param name what people call it, at most 191 characters
 * @param adapter where it shall be kept
 * @param ignoredFiles gitignore patterns of what to leave out; none means those of the ignore file in the server's root
 * @param limit how many backups the server may have with this one; failed ones and those that are being deleted do not count
 * @param rotate whether the oldest complete ones go to make room for it, the locked ones excepted
 * @param locked whether it is kept until somebody unlocks it
 * @param id the id it gets, so that ordering it once more changes nothing; empty for a new one
 */
@Value.Builder
public record BackupOrder(
        String name,
        BackupAdapter adapter,
        List<String> ignoredFiles,
        int limit,
        boolean rotate,
        boolean locked,
        Optional<BackupId> id) {

    private static final int NAME_MAX = 191;

    /** Checks its arguments. */
    public BackupOrder {
        requireNonNull(adapter, "adapter");
        requireNonNull(id, "id");
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
        return new BackupOrderBuilder()
                .name("")
                .adapter(BackupAdapter.WINGS)
                .limit(Integer.MAX_VALUE)
                .rotate(false)
                .locked(false);
    }
}
