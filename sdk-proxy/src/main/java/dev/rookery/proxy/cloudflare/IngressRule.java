package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.Tree;
import java.util.Map;
import java.util.Optional;

/**
 * A rule of a tunnel: what happens to requests for a name.
 *
 * @param hostname in lower case, or {@code *.} and a name, which for cloudflared stands for every depth below; empty is every name
 * @param path an expression that is looked for anywhere in the path; empty is every path
 * @param service where requests go, such as {@code http://caddy:80}, {@code ssh://10.0.0.9:22} or {@code http_status:404}
 * @param origin how the service is spoken to, in the form of the API, where times are whole seconds
 */
public record IngressRule(Optional<String> hostname, Optional<String> path, String service, Json.Obj origin) {

    /** Checks its arguments. */
    public IngressRule {
        requireNonNull(hostname, "hostname");
        requireNonNull(path, "path");
        requireNonNull(service, "service");
        requireNonNull(origin, "origin");
    }

    /** Returns a rule for all requests for a name. */
    public static IngressRule of(String hostname, String service) {
        return new IngressRule(Optional.of(hostname), Optional.empty(), service, new Json.Obj(Map.of()));
    }

    /** Returns a rule for all that no rule before it is for. */
    public static IngressRule catchAll(String service) {
        return new IngressRule(Optional.empty(), Optional.empty(), service, new Json.Obj(Map.of()));
    }

    /** Returns whether it is for all requests. */
    public boolean catchesAll() {
        return hostname.isEmpty() && path.isEmpty();
    }

    /** Returns it in the form of the API. */
    public Json.Obj json() {
        var tree = new Tree();
        hostname.ifPresent(name -> tree.put("hostname", name));
        path.ifPresent(expression -> tree.put("path", expression));
        tree.put("service", service);
        return origin.members().isEmpty()
                ? tree.json()
                : tree.put("originRequest", origin).json();
    }

    @Override
    public String toString() {
        return hostname.orElse("*") + path.map(expression -> " ~ " + expression).orElse("") + " -> " + service;
    }
}
