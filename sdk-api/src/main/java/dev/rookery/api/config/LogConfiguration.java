package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.immutables.value.Value;

/**
 * Where containers log. Source: node API §6.1.
 *
 * @param type the log driver of the containers; default {@code local}
 * @param config its options; default {@code max-size: 5m, max-file: 1, compress: false, mode: non-blocking}
 */
@Value.Builder
public record LogConfiguration(
        @Key("type") String type, @Key("config") Map<String, String> config) {

    /** Copies the collections. */
    public LogConfiguration {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static LogConfigurationBuilder builder() {
        return new LogConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).docker().log());
    }
}
