package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.account.Accounts;
import dev.rookery.examples.panel.account.Accounts.Session;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Log-in, log-out and what the UI needs to know of its user. */
final class SessionApi {

    private static final int FIELD_MAX = 256;
    private static final Set<String> LANGUAGES = Set.of("en", "de");

    private final Accounts accounts;
    private final Guard guard;
    private final boolean secureCookie;

    SessionApi(Accounts accounts, Guard guard, boolean secureCookie) {
        this.accounts = accounts;
        this.guard = guard;
        this.secureCookie = secureCookie;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/session", this::logIn, Access.PUBLIC);
        routes.get("/api/session", request -> request.json(View.of(guard.session(request))), Access.USER);
        routes.delete("/api/session", this::logOut, Access.USER);
        routes.put("/api/account/language", this::language, Access.USER);
    }

    private void logIn(Context request) {
        var body = Bodies.read(request, Credentials.class);
        var loggedIn = accounts.logIn(
                Bodies.required(body.username(), "username", FIELD_MAX),
                Bodies.required(body.password(), "password"),
                request.ip());
        var cookie = new Cookie(Guard.COOKIE, loggedIn.token());
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(secureCookie);
        cookie.setSameSite(SameSite.STRICT);
        cookie.setMaxAge((int)
                Duration.between(Instant.now(), loggedIn.session().expiresAt()).toSeconds());
        request.cookie(cookie);
        request.json(View.of(loggedIn.session()));
    }

    private void logOut(Context request) {
        var cookie = request.cookie(Guard.COOKIE);
        if (cookie != null) {
            accounts.logOut(cookie);
        }
        request.removeCookie(Guard.COOKIE, "/");
        request.status(204);
    }

    private void language(Context request) {
        var language = Bodies.read(request, Language.class).language();
        if (language == null || !LANGUAGES.contains(language)) {
            throw ApiError.field("language", "language: '" + language + "' (expected: one of " + LANGUAGES + ").");
        }
        accounts.language(Guard.user(request), language);
        request.status(204);
    }

    record Credentials(@Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    record Language(@Nullable String language) {}

    record View(UserView user, String csrfToken, Instant expiresAt) {
        static View of(Session session) {
            var user = session.user();
            return new View(
                    new UserView(user.uuid().toString(), user.username(), user.admin(), user.language()),
                    session.csrfToken(),
                    session.expiresAt());
        }
    }

    record UserView(String id, String username, boolean admin, String language) {}
}
