package dev.rookery.daemon.internal.http;

import dev.rookery.api.token.RotatingCredentials;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what is answered without asking the node: preflights, redirects, missing tokens, unknown routes. Source: node API §1. */
final class Gatekeeper {

    private static final String BEARER = "Bearer ";
    private static final String NO_TOKEN = "The required authorization heads were not present in the request.";
    private static final String WRONG_TOKEN = "You are not authorized to access this endpoint.";

    private final RotatingCredentials credentials;
    private final Routes routes;

    Gatekeeper(RotatingCredentials credentials, Routes routes) {
        this.credentials = credentials;
        this.routes = routes;
    }

    /** Returns the answer, or null and a route in the exchange if the request goes on. */
    @Nullable
    Response check(Exchange exchange) {
        var method = exchange.head.method();
        if (HttpMethod.OPTIONS.equals(method)) {
            return Response.empty(204);
        }
        var target = new QueryStringDecoder(exchange.head.uri());
        String path;
        try {
            path = target.path();
            // Decodes the parameters, so that bad ones are found here.
            target.parameters();
        } catch (IllegalArgumentException ignored) {
            // The text of the exception may repeat the whole target.
            exchange.keepAlive = false;
            return Response.error(400, "The request target is malformed.");
        }
        exchange.target = target;
        exchange.match = routes.match(method.name(), path).orElse(null);
        if (exchange.match != null && exchange.match.open()) {
            return null;
        }
        if (exchange.match == null
                && slashTooMuch(method.name(), path)
                && target.rawPath().endsWith("/")) {
            return redirect(target, HttpMethod.GET.equals(method) ? 301 : 307);
        }
        exchange.guarded = true;
        var refusal = authorize(exchange.head.headers().get(HttpHeaderNames.AUTHORIZATION));
        if (refusal != null) {
            return refusal;
        }
        return exchange.match == null ? Response.unknownRoute() : null;
    }

    private @Nullable Response authorize(@Nullable String header) {
        var token = bearer(header);
        if (token.isEmpty()) {
            return Response.error(401, NO_TOKEN).header("WWW-Authenticate", "Bearer");
        }
        return credentials.matches(token.get()) ? null : Response.error(403, WRONG_TOKEN);
    }

    /** Returns the token that a header carries. */
    static Optional<String> bearer(@Nullable String header) {
        return header != null && header.startsWith(BEARER)
                ? Optional.of(header.substring(BEARER.length()))
                : Optional.empty();
    }

    private boolean slashTooMuch(String method, String path) {
        return path.length() > 1
                && path.endsWith("/")
                && routes.match(method, path.substring(0, path.length() - 1)).isPresent();
    }

    private static Response redirect(QueryStringDecoder target, int status) {
        // As the client wrote it: what was decoded could hold line ends.
        var path = target.rawPath();
        var query = target.rawQuery();
        var location = path.substring(0, path.length() - 1) + (query.isEmpty() ? "" : "?" + query);
        return new Response(status, Map.of("Location", location), new byte[0], null);
    }
}
