package dev.rookery.api.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.immutables.value.Value;

/**
 * The outcome of a backup. Source: panel remote API §3.9.
 *
 * @param successful whether it can be restored
 * @param checksum in lower-case hexadecimal digits, empty after a failure
 * @param checksumType its algorithm, such as {@code sha1}; empty after a failure
 * @param sizeBytes the size of the archive, 0 after a failure
 * @param parts what was uploaded, in order; none for a backup on the node's disk
 */
@Value.Builder
public record BackupReport(
        @JsonProperty("successful") boolean successful,
        @JsonProperty("checksum") String checksum,
        @JsonProperty("checksum_type") String checksumType,
        @JsonProperty("size") long sizeBytes,
        @JsonProperty("parts") List<BackupPart> parts) {

    /** Fills in what a node left out. */
    public BackupReport {
        checksum = checksum == null ? "" : checksum;
        checksumType = checksumType == null ? "" : checksumType;
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** Returns the report of a failure. */
    public static BackupReport failed() {
        return new BackupReport(false, "", "", 0, List.of());
    }

    /** Returns a builder of a successful report; checksum, its type and size are to be set. */
    public static BackupReportBuilder builder() {
        return new BackupReportBuilder().successful(true);
    }
}
