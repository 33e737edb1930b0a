package dev.rookery.api.transfer;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.backup.BackupId;
import java.net.URI;
import java.util.List;

/**
 * Where a server shall move to. Source: node API §2.7.
 *
 * @param destination the address for transfers of the other node, such as {@code https://node2.example:8080/api/transfers}
 * @param token a transfer token of the other node, without {@code Bearer}; a secret
 * @param backups which backups go along; only Pelican's and Calagopus' daemons move any
 */
public record TransferRequest(URI destination, String token, List<BackupId> backups) {

    /** Checks its arguments. */
    public TransferRequest {
        requireNonNull(destination, "destination");
        requireNonNull(token, "token");
        backups = List.copyOf(backups);
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "TransferRequest[" + destination + ", " + backups.size() + " backups]";
    }
}
