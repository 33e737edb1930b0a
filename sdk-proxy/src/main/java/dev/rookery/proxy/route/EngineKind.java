package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which program passes requests on. */
public enum EngineKind {
    /** Caddy, from 2.6 on. */
    @JsonProperty("caddy")
    CADDY,
    /** nginx, from 1.18 on. */
    @JsonProperty("nginx")
    NGINX
}
