package dev.rookery.api.config;

import dev.rookery.api.Patch;
import org.immutables.value.Value;

/**
 * Changes what a panel knows of a node's machine. Source: node API §2.2.
 *
 * @param dataDirectory where the files of the servers lie; nodes refuse to be told
 * @param sftp the SFTP server
 */
@Value.Builder
public record SystemPatch(
        @Key("data") Patch<String> dataDirectory,
        @Key("sftp") SftpPatch sftp) {

    /** Returns a builder that begins with everything left alone. */
    public static SystemPatchBuilder builder() {
        return new SystemPatchBuilder()
                .dataDirectory(Patch.absent())
                .sftp(SftpPatch.builder().build());
    }
}
