package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import java.util.List;
import java.util.Map;
import org.immutables.value.Value;

/**
 * All there is to be routed: the source of truth. Configurations of engines, tunnels and records are made from it and are never read back into it.
 *
 * @param schema the version of this form, {@value #SCHEMA}
 * @param settings what counts for all routes
 * @param routes of HTTP
 * @param l4Routes of connections and datagrams
 * @param tlsPolicies how names get their certificates
 * @param cloudflare accounts and tunnels
 * @param raw pieces of engines' own configurations
 * @param extensions what a document said that nobody here knows; kept
 */
@Value.Builder
public record ProxyDocument(
        @JsonProperty("schema") int schema,
        @JsonProperty("settings") ProxySettings settings,
        @JsonProperty("routes") List<HttpRoute> routes,
        @JsonProperty("l4Routes") List<L4Route> l4Routes,
        @JsonProperty("tlsPolicies") List<TlsPolicy> tlsPolicies,
        @JsonProperty("cloudflare") List<CloudflareBinding> cloudflare,
        @JsonProperty("raw") List<RawOverride> raw,
        @JsonProperty("extensions") Map<String, Json> extensions) {

    /** The present version of this form. */
    public static final int SCHEMA = 1;

    /** Nothing is routed. */
    public static final ProxyDocument EMPTY = builder().build();

    /** Puts in what is left out. */
    public ProxyDocument {
        settings = settings == null ? ProxySettings.USUAL : settings;
        routes = Values.list(routes);
        l4Routes = Values.list(l4Routes);
        tlsPolicies = Values.list(tlsPolicies);
        cloudflare = Values.list(cloudflare);
        raw = Values.list(raw);
        extensions = Values.map(extensions);
    }

    /** Returns a builder of a document without routes. */
    public static ProxyDocumentBuilder builder() {
        return new ProxyDocumentBuilder().schema(SCHEMA).settings(ProxySettings.USUAL);
    }
}
