package dev.rookery.api.transfer;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Content;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A server that arrives from another node. Whoever receives it reads the contents to their ends, in the order of the components, and
 * closes them: they may arrive while they are read, and at the end of each its checksum is proven. Source: node API §2.7.
 *
 * @param server which server
 * @param archive a gzip-compressed tar of the server's root
 * @param backups archives of its backups, to be gone through once, each read before the next; not copied, since only the way through
 *     tells which there are
 * @param installLog the output of its installation
 * @param storagePool the source's shared storage: a node on the same one takes the files from there and reads nothing of this
 */
@Value.Builder
public record IncomingTransfer(
        ServerId server,
        Content archive,
        Map<BackupId, Content> backups,
        Optional<Content> installLog,
        Optional<String> storagePool) {

    /** Checks its arguments. */
    public IncomingTransfer {
        requireNonNull(server, "server");
        requireNonNull(archive, "archive");
        requireNonNull(installLog, "installLog");
        requireNonNull(storagePool, "storagePool");
        backups = Collections.unmodifiableMap(backups);
    }

    /** Returns a builder of a transfer without backups. */
    public static IncomingTransferBuilder builder(ServerId server, Content archive) {
        return new IncomingTransferBuilder().server(server).archive(archive);
    }
}
