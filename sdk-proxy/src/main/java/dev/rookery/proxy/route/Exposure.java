package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a route is reached from outside. */
public enum Exposure {
    /** By the proxy's own HTTPS listener, with a certificate. */
    @JsonProperty("public")
    PUBLIC,
    /** By the proxy's listener without encryption. */
    @JsonProperty("plain-http")
    PLAIN_HTTP,
    /** By a Cloudflare tunnel that leads to the proxy. */
    @JsonProperty("tunnel")
    TUNNEL,
    /** By a Cloudflare tunnel that leads to the upstream, past the proxy: SSH, RDP, any TCP. Clients need a helper of Cloudflare's. */
    @JsonProperty("tunnel-tcp")
    TUNNEL_TCP,
    /** By a DNS record that names the upstream's own address, past everything. */
    @JsonProperty("direct-dns")
    DIRECT_DNS,
    /** From the own network only, with a certificate of the proxy's own authority. */
    @JsonProperty("lan")
    LAN;

    /** Returns whether requests come to the proxy. */
    public boolean proxied() {
        return this != TUNNEL_TCP && this != DIRECT_DNS;
    }

    /** Returns whether the name is one of Cloudflare's zones to look after. */
    public boolean cloudflare() {
        return this == TUNNEL || this == TUNNEL_TCP || this == DIRECT_DNS;
    }
}
