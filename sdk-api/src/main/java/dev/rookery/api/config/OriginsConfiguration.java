package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.List;
import org.immutables.value.Value;

/**
 * Which pages a browser may call the node from. Source: node API §6.1.
 *
 * @param allowed further origins of browsers, besides the panel; empty by default
 * @param privateNetworkAllowed whether browsers may come from a public page to a private address; default {@code false}
 */
@Value.Builder
public record OriginsConfiguration(
        @Key("allowed_origins") List<String> allowed,
        @Key("allow_cors_private_network") boolean privateNetworkAllowed) {

    /** Copies the collections. */
    public OriginsConfiguration {
        allowed = List.copyOf(allowed);
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static OriginsConfigurationBuilder builder() {
        return new OriginsConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).origins());
    }
}
