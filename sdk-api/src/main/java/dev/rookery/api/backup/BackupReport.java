package dev.rookery.api.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * The outcome of a backup. Source: panel remote API §3.9.
 *
 * @param successful whether it can be restored
 * @param checksum in lower-case hexadecimal digits, empty after a failure
 * @param checksumType its algorithm, such as {@code sha1}; empty after a failure
 * @param sizeBytes the size of the archive, 0 after a failure
 * @param parts what was uploaded, in order; none for a backup on the node's disk
 * @param files how many files it holds; only Calagopus tells, as the rest
 * @param browsable whether it can be looked into without restoring it
 * @param streaming whether it can be downloaded while it is being made into an archive
 */
@Value.Builder
public record BackupReport(
        @JsonProperty("successful") boolean successful,
        @JsonProperty("checksum") String checksum,
        @JsonProperty("checksum_type") String checksumType,
        @JsonProperty("size") long sizeBytes,
        @JsonProperty("parts") List<BackupPart> parts,
        @JsonProperty("files") OptionalLong files,
        @JsonProperty("browsable") Optional<Boolean> browsable,
        @JsonProperty("streaming") Optional<Boolean> streaming) {

    /** Fills in what a node left out. */
    public BackupReport {
        checksum = checksum == null ? "" : checksum;
        checksumType = checksumType == null ? "" : checksumType;
        parts = parts == null ? List.of() : List.copyOf(parts);
        files = files == null ? OptionalLong.empty() : files;
        browsable = browsable == null ? Optional.empty() : browsable;
        streaming = streaming == null ? Optional.empty() : streaming;
    }

    /** Reports what every daemon tells. */
    public BackupReport(
            boolean successful, String checksum, String checksumType, long sizeBytes, List<BackupPart> parts) {
        this(
                successful,
                checksum,
                checksumType,
                sizeBytes,
                parts,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
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
