package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import org.immutables.value.Value;

/**
 * The TLS of a node's HTTP API. Source: node API §6.1.
 *
 * @param enabled whether the node does TLS itself; default {@code false}
 * @param certificate the file with the certificate chain; empty by default
 * @param key the file with the private key; empty by default
 * @param selfSigned whether the node makes key and certificate itself, for panels that pin the fingerprint; Rookery's own; default {@code false}
 */
@Value.Builder
public record SslConfiguration(
        @Key("enabled") boolean enabled,
        @Key("cert") String certificate,
        @Key("key") String key,
        @Key("self_signed") boolean selfSigned) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static SslConfigurationBuilder builder() {
        return new SslConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).api().ssl());
    }
}
