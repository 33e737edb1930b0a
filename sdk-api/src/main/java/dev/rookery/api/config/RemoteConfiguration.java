package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The panel, and how it is called. Source: node API §6.1.
 *
 * @param url the panel
 * @param calagopusHeaders headers of every call to the panel, in Calagopus' spelling; empty by default
 * @param timeout the longest answer of the panel; default {@code 30} s
 * @param bootServersPerPage how many servers are asked of the panel at once; default {@code 50}
 * @param retryLimit how often a call to the panel is tried; default {@code 10}
 * @param customHeaders headers of every call to the panel; empty by default
 */
@Value.Builder
public record RemoteConfiguration(
        @Key("remote") Optional<URI> url,
        @Key("remote_headers") Map<String, String> calagopusHeaders,
        @Key("remote_query.timeout") Duration timeout,
        @Key("remote_query.boot_servers_per_page") int bootServersPerPage,
        @Key("remote_query.retry_limit") int retryLimit,
        @Key("remote_query.custom_headers") Map<String, String> customHeaders) {

    /** Copies the collections. */
    public RemoteConfiguration {
        calagopusHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(calagopusHeaders));
        customHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(customHeaders));
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static RemoteConfigurationBuilder builder() {
        return new RemoteConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).remote());
    }

    /** Hides the headers, which hold secrets. */
    @Override
    public String toString() {
        return "RemoteConfiguration[url=" + url + ", customHeaders=" + customHeaders.keySet() + "]";
    }
}
