package dev.rookery.api.config;

import dev.rookery.api.Patch;
import org.immutables.value.Value;

/**
 * Changes a node's HTTP API. Source: node API §2.2.
 *
 * @param host the address to listen on
 * @param port the port to listen on
 * @param ssl TLS
 * @param uploadLimitMebibytes the largest file of an upload, in MiB
 */
@Value.Builder
public record ApiPatch(
        @Key("host") Patch<String> host,
        @Key("port") Patch<Integer> port,
        @Key("ssl") SslPatch ssl,
        @Key("upload_limit") Patch<Long> uploadLimitMebibytes) {

    /** Returns a builder that begins with everything left alone. */
    public static ApiPatchBuilder builder() {
        return new ApiPatchBuilder()
                .host(Patch.absent())
                .port(Patch.absent())
                .ssl(SslPatch.builder().build())
                .uploadLimitMebibytes(Patch.absent());
    }
}
