package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.immutables.value.Value;

/**
 * The memory of a container beyond its server's limit. Source: node API §6.1.
 *
 * @param override whether the factors below are used instead of the built-in ones; default {@code false}
 * @param defaultMultiplier what the memory of a container is multiplied with; default {@code 1.05}
 * @param multipliers factors for servers up to so much memory in MiB; empty by default
 */
@Value.Builder
public record OverheadConfiguration(
        @Key("override") boolean override,
        @Key("default_multiplier") double defaultMultiplier,
        @Key("multipliers") Map<Long, Double> multipliers) {

    /** Copies the collections. */
    public OverheadConfiguration {
        multipliers = Collections.unmodifiableMap(new LinkedHashMap<>(multipliers));
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static OverheadConfigurationBuilder builder() {
        return new OverheadConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).docker().overhead());
    }
}
