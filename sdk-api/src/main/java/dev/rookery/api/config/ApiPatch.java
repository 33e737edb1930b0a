package dev.rookery.api.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Patch;
import org.immutables.value.Value;

/**
 * Changes the node's API. Source: node API §2.2.
 *
 * @param host the address to listen on
 * @param port the port to listen on
 * @param ssl TLS
 * @param uploadLimitMebibytes the largest file of an upload, in MiB
 */
@Value.Builder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApiPatch(
        @JsonProperty("host") Patch<String> host,
        @JsonProperty("port") Patch<Integer> port,
        @JsonProperty("ssl") SslPatch ssl,
        @JsonProperty("upload_limit") Patch<Long> uploadLimitMebibytes) {

    /** Takes what is missing as left alone. */
    public ApiPatch {
        host = host == null ? Patch.absent() : host;
        port = port == null ? Patch.absent() : port;
        ssl = ssl == null ? SslPatch.builder().build() : ssl;
        uploadLimitMebibytes = uploadLimitMebibytes == null ? Patch.absent() : uploadLimitMebibytes;
    }

    /** Returns a builder that begins with everything left alone. */
    public static ApiPatchBuilder builder() {
        return new ApiPatchBuilder()
                .host(Patch.absent())
                .port(Patch.absent())
                .ssl(SslPatch.builder().build())
                .uploadLimitMebibytes(Patch.absent());
    }
}
