package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * What counts for all routes.
 *
 * @param listenAddress the address that is listened on; empty are all
 * @param httpPort for plain HTTP
 * @param httpsPort for HTTPS
 * @param tunnelPort for tunnels that lead here; empty is none
 * @param http3 whether HTTP/3 is spoken, by UDP
 * @param acmeEmail who public authorities write to
 * @param trustedProxies networks whose word about the client's address is taken, such as that of the tunnel's connector
 * @param compression of routes that do not say their own
 * @param gracePeriod how long requests of an old configuration may go on
 * @param reserved names that no route may have
 * @param allowedUpstreams networks that upstreams may be in although they are refused as a rule, such as {@code 127.0.0.0/8}; names of this machine; and sockets, or
 *     folders of them, such as {@code /run/app}
 * @param geoDatabase the file of the GeoIP plugin
 * @param security the configuration of the security plugin, as it is
 * @param cache the configuration of the cache plugin, as it is
 * @param storage the directory of the engine's certificates; empty is the engine's
 */
@Value.Builder
public record ProxySettings(
        @JsonProperty("listenAddress") String listenAddress,
        @JsonProperty("httpPort") int httpPort,
        @JsonProperty("httpsPort") int httpsPort,
        @JsonProperty("tunnelPort") OptionalInt tunnelPort,
        @JsonProperty("http3") boolean http3,
        @JsonProperty("acmeEmail") Optional<String> acmeEmail,
        @JsonProperty("trustedProxies") List<String> trustedProxies,
        @JsonProperty("compression") Compression compression,
        @JsonProperty("gracePeriod") Duration gracePeriod,
        @JsonProperty("reserved") List<String> reserved,
        @JsonProperty("allowedUpstreams") List<String> allowedUpstreams,
        @JsonProperty("geoDatabase") Optional<String> geoDatabase,
        @JsonProperty("security") Map<String, Json> security,
        @JsonProperty("cache") Map<String, Json> cache,
        @JsonProperty("storage") Optional<String> storage) {

    /** Ports 80 and 443 of all addresses. */
    public static final ProxySettings USUAL = builder().build();

    /** Puts in what is left out. */
    public ProxySettings {
        listenAddress = listenAddress == null ? "" : listenAddress;
        httpPort = httpPort == 0 ? 80 : httpPort;
        httpsPort = httpsPort == 0 ? 443 : httpsPort;
        tunnelPort = Values.optional(tunnelPort);
        acmeEmail = Values.optional(acmeEmail);
        trustedProxies = Values.list(trustedProxies);
        compression = compression == null ? Compression.OFF : compression;
        gracePeriod = gracePeriod == null ? Duration.ofSeconds(15) : gracePeriod;
        reserved = Values.list(reserved);
        allowedUpstreams = Values.list(allowedUpstreams);
        geoDatabase = Values.optional(geoDatabase);
        security = Values.map(security);
        cache = Values.map(cache);
        storage = Values.optional(storage);
    }

    /** Returns a builder of what is usual. */
    public static ProxySettingsBuilder builder() {
        return new ProxySettingsBuilder()
                .listenAddress("")
                .httpPort(80)
                .httpsPort(443)
                .http3(false)
                .compression(Compression.OFF)
                .gracePeriod(Duration.ofSeconds(15));
    }
}
