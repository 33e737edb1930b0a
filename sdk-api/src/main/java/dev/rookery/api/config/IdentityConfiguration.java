package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Who a node is. Source: node API §6.1.
 *
 * @param uuid the node's uuid; some panels give a number instead
 * @param tokenId the public half of the node's credentials
 * @param token the secret half of the node's credentials
 */
@Value.Builder
public record IdentityConfiguration(
        @Key("uuid") Optional<String> uuid,
        @Key("token_id") Optional<String> tokenId,
        @Key("token") Optional<String> token) {

    /** Returns a builder that begins with Pelican's defaults. */
    public static IdentityConfigurationBuilder builder() {
        return new IdentityConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).identity());
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "IdentityConfiguration[uuid=" + uuid + ", tokenId=" + tokenId + "]";
    }
}
