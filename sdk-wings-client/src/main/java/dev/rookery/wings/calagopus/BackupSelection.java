package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.backup.BackupId;
import java.util.Optional;
import java.util.UUID;

/**
 * Says which backup of a server is meant: one by its id, or the newest or oldest complete one, of a name or of any. Source: panel remote API
 * §4.
 *
 * @param id which one; empty means that the others decide
 * @param name of what name; empty for any
 * @param group in which group; empty for any
 * @param oldest the oldest of those that fit, rather than the newest
 */
public record BackupSelection(
        @JsonProperty("backup_uuid") Optional<BackupId> id,
        @JsonProperty("backup_name") Optional<String> name,
        @JsonProperty("backup_group_uuid") Optional<UUID> group,
        @JsonProperty("oldest") boolean oldest) {

    /** Checks its arguments. */
    public BackupSelection {
        if (id.isPresent() && name.isPresent()) {
            throw new InvalidInputException("backup: by id and by name (expected: one of the two)");
        }
    }

    /** Returns the selection of one backup. */
    public static BackupSelection of(BackupId id) {
        return new BackupSelection(Optional.of(id), Optional.empty(), Optional.empty(), false);
    }

    /** Returns the selection of the newest backup. */
    public static BackupSelection latest() {
        return new BackupSelection(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** Returns the selection of the oldest backup. */
    public static BackupSelection earliest() {
        return new BackupSelection(Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    /** Returns a copy that takes backups of one name only. */
    public BackupSelection named(String wanted) {
        return new BackupSelection(id, Optional.of(wanted), group, oldest);
    }

    /** Returns a copy that takes backups of one group only. */
    public BackupSelection inGroup(UUID wanted) {
        return new BackupSelection(id, name, Optional.of(wanted), oldest);
    }
}
