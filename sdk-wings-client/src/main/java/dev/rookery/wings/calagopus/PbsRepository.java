package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where Proxmox Backup Server keeps backups. Source: panel remote API §4.
 *
 * @param url of the server
 * @param datastore in which store
 * @param namespace in which namespace; empty for the root
 * @param tokenId by which it knows us
 * @param tokenSecret a secret
 * @param fingerprint of the server's certificate; empty if a known authority has signed it
 * @param backupIdPrefix what stands before the server's id in the name of a backup; empty for nothing
 * @param server whose backup it is; empty if the server is gone
 * @param created when the backup was made, which is part of its name
 */
public record PbsRepository(
        @JsonProperty("url") String url,
        @JsonProperty("datastore") String datastore,
        @JsonProperty("namespace") Optional<String> namespace,
        @JsonProperty("token_id") String tokenId,
        @JsonProperty("token_secret") String tokenSecret,
        @JsonProperty("fingerprint") Optional<String> fingerprint,
        @JsonProperty("backup_id_prefix") Optional<String> backupIdPrefix,
        @JsonProperty("server_uuid") Optional<ServerId> server,
        @JsonProperty("backup_created") Instant created) {

    /** Fills in what the panel left out. */
    public PbsRepository {
        namespace = namespace == null ? Optional.empty() : namespace;
        fingerprint = fingerprint == null ? Optional.empty() : fingerprint;
        backupIdPrefix = backupIdPrefix == null ? Optional.empty() : backupIdPrefix;
        server = server == null ? Optional.empty() : server;
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "PbsRepository[" + url + ", " + datastore + ", " + tokenId + "]";
    }
}
