package dev.rookery.api.config;

import dev.rookery.api.Patch;
import org.immutables.value.Value;

/**
 * Changes a node's SFTP server. Source: node API §2.2.
 *
 * @param bindAddress the address to listen on
 * @param bindPort the port to listen on
 * @param readOnly whether nothing can be written
 * @param keyOnly whether passwords are refused
 */
@Value.Builder
public record SftpPatch(
        @Key("bind_address") Patch<String> bindAddress,
        @Key("bind_port") Patch<Integer> bindPort,
        @Key("read_only") Patch<Boolean> readOnly,
        @Key("key_only") Patch<Boolean> keyOnly) {

    /** Returns a builder that begins with everything left alone. */
    public static SftpPatchBuilder builder() {
        return new SftpPatchBuilder()
                .bindAddress(Patch.absent())
                .bindPort(Patch.absent())
                .readOnly(Patch.absent())
                .keyOnly(Patch.absent());
    }
}
