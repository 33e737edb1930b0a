package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.account.Accounts;
import dev.rookery.examples.panel.account.People;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** What a user changes of his own account. */
final class AccountApi {

    private final People people;
    private final Accounts accounts;

    AccountApi(People people, Accounts accounts) {
        this.people = people;
        this.accounts = accounts;
    }

    void register(RoutesConfig routes) {
        routes.put("/api/account/password", this::changePassword, Access.USER);
    }

    private void changePassword(Context request) {
        var user = Guard.user(request);
        var body = Bodies.read(request, PasswordChange.class);
        var next = Bodies.required(body.password(), "password");
        if (!accounts.confirms(user, Bodies.required(body.current(), "current"), request.ip())) {
            throw ApiError.field("current", "current: this is not your password.");
        }
        var session = request.cookie(Guard.COOKIE);
        UserApi.checked(() -> {
            people.changePassword(user, next, session == null ? "" : session);
            return user;
        });
        request.status(204);
    }

    /** The password that holds, and the one that shall. */
    record PasswordChange(
            @Nullable String current, @Nullable String password) {
        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }
}
