package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;

/**
 * A backup that is to be made. Source: panel remote API §4.
 *
 * @param id the panel's id for it
 * @param adapter where to keep it
 */
public record BackupPlace(
        @JsonProperty("uuid") BackupId id,
        @JsonProperty("adapter") BackupAdapter adapter) {}
