package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import java.util.Optional;

/**
 * A piece of an engine's own configuration, for what the model does not have. For administrators only: it can read files and lead anywhere.
 *
 * @param engine whose
 * @param point where it goes
 * @param route the route of the points of one route
 * @param patch an object that is merged into what is there, or, before and after a route, a whole route; of nginx, a text
 * @param reason why it is needed, for whoever comes later
 */
public record RawOverride(
        @JsonProperty("engine") EngineKind engine,
        @JsonProperty("point") Point point,
        @JsonProperty("route") Optional<String> route,
        @JsonProperty("patch") Json patch,
        @JsonProperty("reason") String reason) {

    /** Checks its arguments. */
    public RawOverride {
        requireNonNull(engine, "engine");
        requireNonNull(point, "point");
        route = Values.optional(route);
        requireNonNull(patch, "patch");
        reason = reason == null ? "" : reason;
    }

    /** Where a piece goes. */
    public enum Point {
        /** A whole route before the named one. */
        @JsonProperty("route-before")
        ROUTE_BEFORE,
        /** A whole route after the named one. */
        @JsonProperty("route-after")
        ROUTE_AFTER,
        /** Into the named route; of nginx, into its location. */
        @JsonProperty("route")
        ROUTE,
        /** Into the listener's server. */
        @JsonProperty("server")
        SERVER,
        /** Into the part for HTTP. */
        @JsonProperty("http")
        HTTP,
        /** Into the whole document. */
        @JsonProperty("document")
        DOCUMENT
    }
}
