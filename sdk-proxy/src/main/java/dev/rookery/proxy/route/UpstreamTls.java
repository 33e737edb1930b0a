package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * TLS to upstreams.
 *
 * @param serverName the name that the certificate has to have; empty is the upstream's host
 * @param authorityFile a PEM file of the authorities that are trusted in place of the system's
 * @param certificateFile a PEM file of the proxy's own certificate; with a key only
 * @param keyFile a PEM file of its key
 * @param acceptInsecure whether any certificate is taken: then anybody in between can read and change everything
 */
@Value.Builder
public record UpstreamTls(
        @JsonProperty("serverName") Optional<String> serverName,
        @JsonProperty("authorityFile") Optional<String> authorityFile,
        @JsonProperty("certificateFile") Optional<String> certificateFile,
        @JsonProperty("keyFile") Optional<String> keyFile,
        @JsonProperty("acceptInsecure") boolean acceptInsecure) {

    /** Puts in what is left out. */
    public UpstreamTls {
        serverName = Values.optional(serverName);
        authorityFile = Values.optional(authorityFile);
        certificateFile = Values.optional(certificateFile);
        keyFile = Values.optional(keyFile);
    }

    /** Returns a builder of what is usual: the system's authorities, the upstream's name. */
    public static UpstreamTlsBuilder builder() {
        return new UpstreamTlsBuilder().acceptInsecure(false);
    }
}
