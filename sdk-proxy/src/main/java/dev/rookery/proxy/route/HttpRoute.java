package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.rookery.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * Hosts and paths, and what is done with their requests.
 *
 * @param id of its own among all routes, for good; letters, digits, underscores and hyphens, at most 64
 * @param name for people
 * @param labels for people
 * @param owner whose it is, such as a server; names of one owner are no other's
 * @param enabled whether it is in use
 * @param domains names, also {@code *.} before one, which is for exactly one label; 1 to 100
 * @param catchAll whether it is for every name that no other route has, in place of {@code domains}
 * @param paths any of these; empty is every path
 * @param match what the request has to be besides
 * @param priority among routes of the same name, the larger one first; -1,000 to 1,000
 * @param exposure how it is reached
 * @param action what is done
 * @param rewrite changes what the upstream is asked for
 * @param headersUp changes headers on the way to the upstream
 * @param headersDown changes headers on the way to the client
 * @param auth who may pass; all of them have to agree
 * @param ipAccess which addresses may pass
 * @param geoAccess which countries may pass
 * @param rateLimits how many requests
 * @param cache keeps answers
 * @param compression compresses answers; empty is as the settings say
 * @param bodyLimitBytes how long a request may be; 0 is any length
 * @param webSockets connections that become streams
 * @param tlsPolicy the name of the policy for its certificates; empty is by its exposure
 * @param errorPages in place of errors
 * @param maintenance answers 503 to all but some, if set
 * @param accessLog notes requests
 * @param binding of Cloudflare, for routes by a tunnel or record; empty is the only one
 * @param extensions what a document said that nobody here knows; kept
 */
@Value.Builder
public record HttpRoute(
        @JsonProperty("id") String id,
        @JsonProperty("name") Optional<String> name,
        @JsonProperty("labels") Map<String, String> labels,
        @JsonProperty("owner") Optional<String> owner,

        @JsonProperty("enabled") @JsonDeserialize(using = UnlessSaid.class)
        boolean enabled,

        @JsonProperty("domains") List<String> domains,
        @JsonProperty("catchAll") boolean catchAll,
        @JsonProperty("paths") List<PathMatch> paths,
        @JsonProperty("match") RequestMatch match,
        @JsonProperty("priority") int priority,
        @JsonProperty("exposure") Exposure exposure,
        @JsonProperty("action") Action action,
        @JsonProperty("rewrite") Rewrite rewrite,
        @JsonProperty("headersUp") HeaderOps headersUp,
        @JsonProperty("headersDown") HeaderOps headersDown,
        @JsonProperty("auth") List<Auth> auth,
        @JsonProperty("ipAccess") Optional<IpAccess> ipAccess,
        @JsonProperty("geoAccess") Optional<GeoAccess> geoAccess,
        @JsonProperty("rateLimits") List<RateLimit> rateLimits,
        @JsonProperty("cache") Optional<CacheRule> cache,
        @JsonProperty("compression") Optional<Compression> compression,
        @JsonProperty("bodyLimitBytes") OptionalLong bodyLimitBytes,
        @JsonProperty("webSockets") WebSockets webSockets,
        @JsonProperty("tlsPolicy") Optional<String> tlsPolicy,
        @JsonProperty("errorPages") List<ErrorPage> errorPages,
        @JsonProperty("maintenance") Optional<Maintenance> maintenance,
        @JsonProperty("accessLog") AccessLog accessLog,
        @JsonProperty("binding") Optional<String> binding,
        @JsonProperty("extensions") Map<String, Json> extensions) {

    /** Puts in what is left out. */
    public HttpRoute {
        requireNonNull(id, "id");
        name = Values.optional(name);
        labels = Values.map(labels);
        owner = Values.optional(owner);
        domains = Values.list(domains);
        paths = Values.list(paths);
        match = match == null ? RequestMatch.any() : match;
        exposure = exposure == null ? Exposure.PUBLIC : exposure;
        requireNonNull(action, "action");
        rewrite = rewrite == null ? Rewrite.NONE : rewrite;
        headersUp = headersUp == null ? HeaderOps.NONE : headersUp;
        headersDown = headersDown == null ? HeaderOps.NONE : headersDown;
        auth = Values.list(auth);
        ipAccess = Values.optional(ipAccess);
        geoAccess = Values.optional(geoAccess);
        rateLimits = Values.list(rateLimits);
        cache = Values.optional(cache);
        compression = Values.optional(compression);
        bodyLimitBytes = Values.optional(bodyLimitBytes);
        webSockets = webSockets == null ? WebSockets.USUAL : webSockets;
        tlsPolicy = Values.optional(tlsPolicy);
        errorPages = Values.list(errorPages);
        maintenance = Values.optional(maintenance);
        accessLog = accessLog == null ? AccessLog.OFF : accessLog;
        binding = Values.optional(binding);
        extensions = Values.map(extensions);
    }

    /** Returns a builder of a public route that is in use and has all that is usual; its names are to be added. */
    public static HttpRouteBuilder builder(String id, Action action) {
        return new HttpRouteBuilder()
                .id(id)
                .enabled(true)
                .catchAll(false)
                .match(RequestMatch.any())
                .priority(0)
                .exposure(Exposure.PUBLIC)
                .action(action)
                .rewrite(Rewrite.NONE)
                .headersUp(HeaderOps.NONE)
                .headersDown(HeaderOps.NONE)
                .webSockets(WebSockets.USUAL)
                .accessLog(AccessLog.OFF);
    }
}
