package dev.rookery.examples.panel.http;

import dev.rookery.api.RookeryException;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.store.StoreException;
import java.util.Map;
import java.util.Optional;

/** What failures of the proxy mean to a browser. */
final class ProxyErrors {

    private ProxyErrors() {}

    /** Returns the answer to a failure; empty if it is none of the proxy's. */
    static Optional<ApiError> find(RookeryException failure) {
        if (failure instanceof RefusedChangeException refused) {
            return Optional.of(ApiError.of(422, "routes_refused", refused)
                    .with(Map.of("findings", FindingView.of(refused.findings()))));
        }
        if (failure instanceof StoreException store) {
            return Optional.of(of(store));
        }
        if (failure instanceof EngineException engine) {
            return Optional.of(of(engine));
        }
        return failure instanceof CloudflareException cloudflare ? Optional.of(of(cloudflare)) : Optional.empty();
    }

    private static ApiError of(StoreException failure) {
        return switch (failure.problem()) {
            case STALE -> ApiError.of(409, "changed_meanwhile", failure);
            case LOCKED -> ApiError.of(503, "proxy_busy", failure);
            case UNAVAILABLE -> ApiError.of(503, "routes_unavailable", failure);
            case BROKEN, NEWER -> ApiError.of(500, "routes_unreadable", failure);
        };
    }

    private static ApiError of(EngineException failure) {
        return switch (failure.problem()) {
            case REFUSED -> ApiError.of(422, "engine_refused", failure);
            case CHANGED -> ApiError.of(409, "engine_changed", failure);
            case UNAVAILABLE -> ApiError.of(503, "engine_unavailable", failure);
            case UNKNOWN -> ApiError.of(502, "engine_unknown", failure);
        };
    }

    private static ApiError of(CloudflareException failure) {
        return switch (failure.kind()) {
            case TOKEN -> ApiError.of(409, "cloudflare_token", failure);
            case SCOPE -> ApiError.of(409, "cloudflare_scope", failure);
            case NOT_FOUND -> ApiError.of(404, "cloudflare_not_found", failure);
            case EXISTS -> ApiError.of(409, "cloudflare_exists", failure);
            case INVALID -> ApiError.of(422, "cloudflare_invalid", failure);
            case LIMITED, UNAVAILABLE -> ApiError.of(503, "cloudflare_unavailable", failure);
        };
    }
}
