package dev.rookery.examples.panel.http;

import dev.rookery.api.CallOptions;
import dev.rookery.examples.panel.account.Accounts;
import dev.rookery.examples.panel.account.Accounts.Session;
import dev.rookery.examples.panel.account.User;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Stands before every route: finds the session, checks the route's {@link Access} or {@link OnServer}, and the CSRF token of requests that change
 * something. Refuses what it does not know. Also gives each request its correlation id.
 */
final class Guard {

    static final String COOKIE = "rookery_session";
    static final String CSRF_HEADER = "X-Rookery-Csrf";
    static final String CORRELATION_HEADER = "X-Correlation-Id";
    static final String CORRELATION_KEY = "correlation";

    private static final String SESSION_ATTRIBUTE = "session";
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private final Accounts accounts;
    private final ServerAccess servers;
    private final SecureRandom random;

    Guard(Accounts accounts, ServerAccess servers, SecureRandom random) {
        this.accounts = accounts;
        this.servers = servers;
        this.random = random;
    }

    /** Gives the request its correlation id, in the log and in the answer. */
    void correlate(Context request) {
        var given = request.header(CORRELATION_HEADER);
        var id = given != null && CallOptions.validCorrelationId(given) ? given : randomId();
        request.attribute(CORRELATION_KEY, id);
        request.header(CORRELATION_HEADER, id);
        MDC.put(CORRELATION_KEY, id);
    }

    /** Forgets the correlation id: the thread goes on to another request. */
    static void release() {
        MDC.remove(CORRELATION_KEY);
    }

    /** Lets a request through to its route, or throws. */
    void admit(Context request) {
        var roles = request.routeRoles();
        if (roles.contains(Access.PUBLIC) || roles.contains(Access.NODE)) {
            return;
        }
        var session = session(request);
        if (!READING.contains(request.method()) && !equal(session.csrfToken(), request.header(CSRF_HEADER))) {
            throw new ApiError(403, "csrf", "The header " + CSRF_HEADER + " is missing or stale. Reload the page.");
        }
        servers.admit(request, session.user());
        boolean allowed = roles.contains(Access.USER)
                || (roles.contains(Access.ADMIN) && session.user().admin())
                || roles.stream().anyMatch(role -> role instanceof OnServer onServer && holds(request, onServer));
        if (!allowed) {
            throw ApiError.forbidden();
        }
        request.attribute(SESSION_ATTRIBUTE, session);
    }

    private boolean holds(Context request, OnServer role) {
        role.permission().ifPresent(permission -> servers.require(request, permission));
        return true;
    }

    /** Returns the session behind the request's cookie, or throws {@code not_authenticated}. */
    Session session(Context request) {
        var cookie = request.cookie(COOKIE);
        if (cookie == null || cookie.isEmpty()) {
            throw ApiError.notAuthenticated();
        }
        return accounts.session(cookie).orElseThrow(ApiError::notAuthenticated);
    }

    /** Returns who sent an admitted request. */
    static User user(Context request) {
        Session session = request.attribute(SESSION_ATTRIBUTE);
        if (session == null) {
            throw ApiError.notAuthenticated();
        }
        return session.user();
    }

    /** Returns the request's correlation id. */
    static String correlation(Context request) {
        String id = request.attribute(CORRELATION_KEY);
        return id == null ? "none" : id;
    }

    /** Returns options that carry the request's correlation id on to the node. */
    static CallOptions options(Context request) {
        return CallOptions.defaults().correlationId(correlation(request));
    }

    private String randomId() {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    private static boolean equal(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
