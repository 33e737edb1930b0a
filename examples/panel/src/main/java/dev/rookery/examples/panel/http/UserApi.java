package dev.rookery.examples.panel.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.account.Accounts;
import dev.rookery.examples.panel.account.People;
import dev.rookery.examples.panel.account.User;
import dev.rookery.examples.panel.account.UserChange;
import dev.rookery.examples.panel.sql.UserStore.Listed;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The users of the panel, for administrators. */
final class UserApi {

    private static final int NAME_MAX = 64;

    private final People people;
    private final Accounts accounts;

    UserApi(People people, Accounts accounts) {
        this.people = people;
        this.accounts = accounts;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/admin/users", this::list, Access.ADMIN);
        routes.post("/api/admin/users", this::add, Access.ADMIN);
        routes.put("/api/admin/users/{user}", this::change, Access.ADMIN);
        routes.put("/api/admin/users/{user}/password", this::resetPassword, Access.ADMIN);
        routes.delete("/api/admin/users/{user}", this::delete, Access.ADMIN);
    }

    private void list(Context request) {
        request.json(Map.of("items", people.users().stream().map(View::of).toList()));
    }

    private void add(Context request) {
        var body = Bodies.read(request, NewUser.class);
        var user = checked(() -> accounts.create(
                Bodies.required(body.username(), "username", NAME_MAX),
                Bodies.required(body.password(), "password"),
                Boolean.TRUE.equals(body.admin())));
        request.status(201);
        request.json(view(user));
    }

    private void change(Context request) {
        var user = people.require(SubuserApi.user(request));
        var body = Bodies.read(request, Change.class);
        var username = Optional.ofNullable(body.username()).map(name -> Bodies.required(name, "username", NAME_MAX));
        var change = new UserChange(username, Optional.ofNullable(body.admin()), Optional.ofNullable(body.disabled()));
        if (user.uuid().equals(Guard.user(request).uuid()) && change.narrows()) {
            throw new ApiError(409, "conflict", "You cannot take your own access away. Another administrator can.");
        }
        request.json(view(checked(() -> people.change(user.uuid(), change))));
    }

    private void resetPassword(Context request) {
        var user = people.require(SubuserApi.user(request));
        var password = Bodies.required(Bodies.read(request, NewPassword.class).password(), "password");
        checked(() -> {
            people.resetPassword(user, password);
            return user;
        });
        request.status(204);
    }

    private void delete(Context request) {
        var user = people.require(SubuserApi.user(request));
        if (user.uuid().equals(Guard.user(request).uuid())) {
            throw new ApiError(409, "conflict", "You cannot delete yourself. Another administrator can.");
        }
        people.delete(user);
        request.status(204);
    }

    private View view(User user) {
        return people.users().stream()
                .filter(listed -> listed.user().id() == user.id())
                .map(View::of)
                .findFirst()
                .orElseThrow(() -> new ApiError(404, "user_not_found", "The user was deleted meanwhile."));
    }

    /** Says which field of a form is wrong. */
    static <T> T checked(Supplier<T> change) {
        try {
            return change.get();
        } catch (InvalidInputException e) {
            var message = String.valueOf(e.getMessage());
            throw ApiError.field(message.startsWith("password") ? "password" : "username", message);
        }
    }

    record NewUser(
            @Nullable String username,
            @Nullable String password,
            @Nullable Boolean admin) {
        @Override
        public String toString() {
            return "NewUser[" + username + "]";
        }
    }

    record Change(
            @Nullable String username,
            @Nullable Boolean admin,
            @Nullable Boolean disabled) {}

    record NewPassword(@Nullable String password) {
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    record View(
            String id,
            String username,
            boolean admin,
            boolean disabled,
            String language,
            long servers,
            Instant createdAt) {
        static View of(Listed listed) {
            var user = listed.user();
            return new View(
                    user.uuid().toString(),
                    user.username(),
                    user.admin(),
                    user.disabled(),
                    user.language(),
                    listed.servers(),
                    listed.createdAt());
        }
    }
}
