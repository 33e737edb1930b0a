package dev.rookery.api.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Patch;
import org.immutables.value.Value;

/**
 * Changes the node's SFTP server. Source: node API §2.2.
 *
 * @param bindAddress the address to listen on
 * @param bindPort the port to listen on
 * @param readOnly whether nothing may be written
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SftpPatch(
        @JsonProperty("bind_address") Patch<String> bindAddress,
        @JsonProperty("bind_port") Patch<Integer> bindPort,
        @JsonProperty("readonly") Patch<Boolean> readOnly) {

    /** Takes what is missing as left alone. */
    public SftpPatch {
        bindAddress = bindAddress == null ? Patch.absent() : bindAddress;
        bindPort = bindPort == null ? Patch.absent() : bindPort;
        readOnly = readOnly == null ? Patch.absent() : readOnly;
    }

    /** Returns a builder that begins with everything left alone. */
    public static SftpPatchBuilder builder() {
        return new SftpPatchBuilder()
                .bindAddress(Patch.absent())
                .bindPort(Patch.absent())
                .readOnly(Patch.absent());
    }
}
