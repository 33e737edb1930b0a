package dev.rookery.api.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Patch;
import org.immutables.value.Value;

/**
 * Changes the TLS of the node's API. Source: node API §2.2.
 *
 * @param enabled whether the node does TLS itself
 * @param certificate the path of the certificate chain
 * @param key the path of the private key
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SslPatch(
        @JsonProperty("enabled") Patch<Boolean> enabled,
        @JsonProperty("cert") Patch<String> certificate,
        @JsonProperty("key") Patch<String> key) {

    /** Takes what is missing as left alone. */
    public SslPatch {
        enabled = enabled == null ? Patch.absent() : enabled;
        certificate = certificate == null ? Patch.absent() : certificate;
        key = key == null ? Patch.absent() : key;
    }

    /** Returns a builder that begins with everything left alone. */
    public static SslPatchBuilder builder() {
        return new SslPatchBuilder()
                .enabled(Patch.absent())
                .certificate(Patch.absent())
                .key(Patch.absent());
    }
}
