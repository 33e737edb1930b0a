package dev.rookery.api.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Patch;
import org.immutables.value.Value;

/**
 * Changes what a panel knows of the node's machine. Source: node API §2.2.
 *
 * @param dataDirectory where the files of the servers lie; nodes refuse to be told
 * @param sftp the SFTP server
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SystemPatch(
        @JsonProperty("data") Patch<String> dataDirectory,
        @JsonProperty("sftp") SftpPatch sftp) {

    /** Takes what is missing as left alone. */
    public SystemPatch {
        dataDirectory = dataDirectory == null ? Patch.absent() : dataDirectory;
        sftp = sftp == null ? SftpPatch.builder().build() : sftp;
    }

    /** Returns a builder that begins with everything left alone. */
    public static SystemPatchBuilder builder() {
        return new SystemPatchBuilder()
                .dataDirectory(Patch.absent())
                .sftp(SftpPatch.builder().build());
    }
}
