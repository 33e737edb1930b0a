package dev.rookery.daemon.internal.http;

import dev.rookery.api.node.Capability;
import dev.rookery.api.token.RotatingCredentials;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The headers of every answer, and whether a browser's page may talk to us. Source: node API §1.2, §1.3 and §4.1. */
final class CommonHeaders {

    static final String REQUEST_ID = "X-Request-Id";

    private static final String METHODS = "GET, POST, PATCH, PUT, DELETE, OPTIONS";
    private static final String HEADERS =
            "Accept, Accept-Encoding, Authorization, Cache-Control, Content-Type, Content-Length, Origin, X-Real-IP, X-CSRF-Token";
    private static final String ANY = "*";

    private final String panelOrigin;
    private final List<String> allowedOrigins;
    private final boolean privateNetwork;
    private final String namePrefix;
    private final RotatingCredentials credentials;
    private final boolean namesItself;
    /** What never changes, checked once. */
    private final HttpHeaders fixed;

    CommonHeaders(HttpEdgeOptions options, RotatingCredentials credentials, Set<Capability> capabilities) {
        // A trailing slash in the configured URL would shut out every browser.
        this.panelOrigin = options.panelUrl().replaceAll("/+$", "");
        this.allowedOrigins = options.allowedOrigins();
        this.privateNetwork = options.allowPrivateNetwork();
        var version = options.version().matches("\\d+\\.\\d+\\.\\d+") ? options.version() : "develop";
        this.namePrefix = "Pelican Wings/v" + version + " (id:";
        this.credentials = credentials;
        this.namesItself = new Manner(options.dialect()).namesItself();
        this.fixed = fixed(capabilities.stream().map(Capability::name).sorted().collect(Collectors.joining(", ")));
    }

    /** Adds what every answer carries. */
    void addTo(HttpHeaders headers, @Nullable String origin, String requestId) {
        headers.set(REQUEST_ID, requestId);
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowedOrigin(origin));
        headers.add(fixed);
    }

    private HttpHeaders fixed(String capabilities) {
        var headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "7200");
        if (privateNetwork) {
            headers.set("Access-Control-Request-Private-Network", "true");
        }
        if (!capabilities.isEmpty()) {
            headers.set(Capability.HEADER, capabilities);
        }
        return headers;
    }

    /** Adds what answers of the protected routes carry: the panel checks that it talks to the node it means. */
    void addProtected(HttpHeaders headers) {
        if (namesItself) {
            headers.set(
                    HttpHeaderNames.USER_AGENT, namePrefix + credentials.get().tokenId() + ")");
        }
    }

    /** Returns whether a page of this origin may open a console. */
    boolean mayConnect(@Nullable String origin) {
        return origin != null
                && (origin.equals(panelOrigin) || allowedOrigins.contains(origin) || allowedOrigins.contains(ANY));
    }

    private String allowedOrigin(@Nullable String origin) {
        if (origin == null || origin.equals(panelOrigin)) {
            return panelOrigin;
        }
        return allowedOrigins.stream()
                .filter(entry -> entry.equals(ANY) || entry.equals(origin))
                .findFirst()
                .orElse(panelOrigin);
    }
}
