package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call.
 *
 * @param method of HTTP
 * @param path segments below the base; what strangers gave cannot become two
 * @param query parameters
 * @param body as JSON
 * @param scope the permission that it takes
 */
public record ApiCall(String method, List<String> path, Map<String, String> query, Optional<Json> body, Scope scope) {

    static ApiCall get(Scope scope, String... path) {
        return new ApiCall("GET", List.of(path), Map.of(), Optional.empty(), scope);
    }

    static ApiCall delete(Scope scope, String... path) {
        return new ApiCall("DELETE", List.of(path), Map.of(), Optional.empty(), scope);
    }

    static ApiCall send(Scope scope, String method, Json body, String... path) {
        return new ApiCall(method, List.of(path), Map.of(), Optional.of(body), scope);
    }

    ApiCall with(String name, String value) {
        var all = new LinkedHashMap<>(query);
        all.put(name, value);
        return new ApiCall(method, path, all, body, scope);
    }

    /** Returns whether doing it twice is as doing it once. */
    boolean repeatable() {
        return !method.equals("POST") && !method.equals("PATCH");
    }

    @Override
    public String toString() {
        return method + " /" + String.join("/", path);
    }

    /** Which permission a token needs. */
    enum Scope {
        NONE("any"),
        ZONES("Zone › Zone › Read"),
        DNS("Zone › DNS › Edit"),
        TUNNELS("Account › Cloudflare Tunnel › Edit");

        private final String words;

        Scope(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
