package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import org.immutables.value.Value;

/**
 * The TLS of a node's HTTP API. Source: node API §6.1.
 *
 * @param enabled whether the node does TLS itself; default {@code false}
 * @param certificate the file with the certificate chain; empty by default
 * @param key the file with the private key; empty by default
 */
@Value.Builder
public record SslConfiguration(
        @Key("enabled") boolean enabled,
        @Key("cert") String certificate,
        @Key("key") String key) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static SslConfigurationBuilder builder() {
        return new SslConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).api().ssl());
    }
}
