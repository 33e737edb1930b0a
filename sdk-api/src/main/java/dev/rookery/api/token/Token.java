package dev.rookery.api.token;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a panel lets others do on a node, as a JWT signed with the node's secret: made by a {@link TokenSigner}, judged by a
 * {@link TokenVerifier}. Source: node API §3.
 */
public sealed interface Token permits ConsoleToken, FileDownloadToken, BackupDownloadToken, UploadToken, TransferToken {

    /** The user of a caller whose token names none. */
    UUID NOBODY = new UUID(0, 0);

    /** Returns name and times. */
    TokenStamp stamp();

    /** Returns what it is for. */
    TokenPurpose purpose();

    /** Returns the only server it is good for; empty for a backup in dialects that name only the backup. */
    Optional<ServerId> serverId();

    /** Returns whom it stands for; empty where the dialect does not say. */
    Optional<UUID> userId();

    /** Returns what its holder may do. */
    default Permissions holds() {
        return purpose().permissions();
    }

    /** Returns whether it is no longer good. Source: node API §3.1. */
    default boolean expired(Instant now) {
        return now.getEpochSecond() > stamp().expiresAt().getEpochSecond();
    }

    /** Returns the caller that this token stands for; its user is {@link #NOBODY} if the token names none. */
    default Caller.User caller() {
        return new Caller.User(
                userId().orElse(NOBODY), holds(), "", stamp().expiresAt().plusSeconds(1));
    }
}
