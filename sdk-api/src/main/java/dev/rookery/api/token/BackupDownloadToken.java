package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import java.util.Optional;
import java.util.UUID;

/**
 * The token with which a browser fetches a backup.
 *
 * @param stamp name and times
 * @param serverId whose backup; empty in Calagopus' dialect
 * @param userId whom it stands for
 * @param backup which backup
 */
public record BackupDownloadToken(TokenStamp stamp, Optional<ServerId> serverId, Optional<UUID> userId, BackupId backup)
        implements Token {

    /** Checks its arguments. */
    public BackupDownloadToken {
        requireNonNull(stamp, "stamp");
        requireNonNull(serverId, "serverId");
        requireNonNull(userId, "userId");
        requireNonNull(backup, "backup");
    }

    @Override
    public TokenPurpose purpose() {
        return TokenPurpose.BACKUP_DOWNLOAD;
    }
}
