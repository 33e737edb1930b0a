package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Passwords of routes: what a request gives as {@code password} becomes a {@code hash} before anything else is done with it. Thread-safe. */
final class RoutePasswords {

    private static final int COST = 12;
    private static final int SALT_BYTES = 16;

    /** The hash does not see what is behind. */
    private static final int BYTES_MAX = 72;

    private final SecureRandom random;

    RoutePasswords(SecureRandom random) {
        this.random = random;
    }

    /** Returns a document in which each password is a hash. */
    Json inDocument(Json document) {
        return member(document, "routes", routes -> each(routes, this::inRoute));
    }

    /** Returns a route in which each password is a hash. */
    Json inRoute(Json route) {
        return member(
                route,
                "auth",
                auth -> each(auth, one -> member(one, "accounts", accounts -> each(accounts, this::account))));
    }

    private Json account(Json given) {
        if (!(given instanceof Json.Obj account) || !account.members().containsKey("password")) {
            return given;
        }
        var members = new LinkedHashMap<>(account.members());
        if (!(members.remove("password") instanceof Json.Text password)) {
            throw ApiError.field("password", "password: no text (expected: one).");
        }
        if (members.containsKey("hash")) {
            throw ApiError.field("password", "password: beside a hash (expected: one of the two).");
        }
        members.put("hash", new Json.Text(hash(password.value())));
        return new Json.Obj(members);
    }

    private String hash(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > BYTES_MAX || password.indexOf('\0') >= 0) {
            throw ApiError.field(
                    "password", "password: " + bytes + " bytes (expected: 1 to " + BYTES_MAX + ", none of them 0).");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return OpenBSDBCrypt.generate("2b", password.toCharArray(), salt, COST);
    }

    private static Json member(Json value, String name, UnaryOperator<Json> change) {
        if (!(value instanceof Json.Obj object) || !object.members().containsKey(name)) {
            return value;
        }
        var members = new LinkedHashMap<>(object.members());
        members.computeIfPresent(name, (key, member) -> change.apply(member));
        return new Json.Obj(members);
    }

    private static Json each(Json value, UnaryOperator<Json> change) {
        return value instanceof Json.Array list
                ? new Json.Array(list.items().stream().map(change).toList())
                : value;
    }
}
