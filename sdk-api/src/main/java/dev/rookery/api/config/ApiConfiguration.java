package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

/**
 * A node's HTTP API. Source: node API §6.1.
 *
 * @param host the address to listen on; default {@code 0.0.0.0}
 * @param port the port to listen on; default {@code 8080}
 * @param ssl TLS
 * @param redirects paths that lead elsewhere, with their targets; empty by default
 * @param openapiDocsDisabled whether to hide the description of the API; default {@code false}
 * @param downloads downloads from other hosts
 * @param files work on files
 * @param sendOfflineServerLogs whether consoles of stopped servers begin with the last lines; default {@code false}
 * @param uploadLimitMebibytes the largest file of an upload, in MiB; default {@code 100}
 * @param maxJwtUses how often a token for a file may be used; default {@code 5}
 * @param trustedProxies proxies whose word about the client's address is taken; empty by default
 * @param dialect which daemon the node speaks like, {@code pelican} or {@code pterodactyl}; Rookery's own; default {@code pelican}
 */
@Value.Builder
public record ApiConfiguration(
        @Key("host") String host,
        @Key("port") int port,
        @Key("ssl") SslConfiguration ssl,
        @Key("redirects") Map<String, String> redirects,
        @Key("disable_openapi_docs") boolean openapiDocsDisabled,
        @Key("") RemoteDownloadConfiguration downloads,
        @Key("") FileApiConfiguration files,
        @Key("send_offline_server_logs") boolean sendOfflineServerLogs,
        @Key("upload_limit") long uploadLimitMebibytes,
        @Key("max_jwt_uses") int maxJwtUses,
        @Key("trusted_proxies") List<String> trustedProxies,
        @Key("dialect") String dialect) {

    /** Copies the collections. */
    public ApiConfiguration {
        redirects = Collections.unmodifiableMap(new LinkedHashMap<>(redirects));
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static ApiConfigurationBuilder builder() {
        return new ApiConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).api());
    }
}
