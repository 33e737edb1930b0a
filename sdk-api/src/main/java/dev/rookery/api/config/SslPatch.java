package dev.rookery.api.config;

import dev.rookery.api.Patch;
import org.immutables.value.Value;

/**
 * Changes the TLS of a node's HTTP API. Source: node API §2.2.
 *
 * @param enabled whether the node does TLS itself
 * @param certificate the file with the certificate chain
 * @param key the file with the private key
 */
@Value.Builder
public record SslPatch(
        @Key("enabled") Patch<Boolean> enabled,
        @Key("cert") Patch<String> certificate,
        @Key("key") Patch<String> key) {

    /** Returns a builder that begins with everything left alone. */
    public static SslPatchBuilder builder() {
        return new SslPatchBuilder()
                .enabled(Patch.absent())
                .certificate(Patch.absent())
                .key(Patch.absent());
    }
}
