package dev.rookery.examples.panel.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.examples.panel.account.Accounts;
import dev.rookery.examples.panel.account.People;
import dev.rookery.examples.panel.sql.SshKeyStore;
import dev.rookery.panel.spi.SftpKey;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user changes of his own account. */
final class AccountApi {

    private static final int NAME_MAX = 191;
    private static final int KEY_MAX = 20_000;
    /** An exponent of three bytes and a modulus of 257, each with its length, in base64. */
    private static final int RSA_2048_LENGTH = 372;

    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private final People people;
    private final Accounts accounts;
    private final SshKeyStore keys;
    private final Clock clock;

    AccountApi(People people, Accounts accounts, SshKeyStore keys, Clock clock) {
        this.people = people;
        this.accounts = accounts;
        this.keys = keys;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.put("/api/account/password", this::changePassword, Access.USER);
        routes.get("/api/account/ssh-keys", this::keys, Access.USER);
        routes.post("/api/account/ssh-keys", this::addKey, Access.USER);
        routes.delete("/api/account/ssh-keys", this::removeKey, Access.USER);
    }

    private void keys(Context request) {
        request.json(Map.of("items", keys.list(Guard.user(request))));
    }

    private void addKey(Context request) {
        var body = Bodies.read(request, NewKey.class);
        var name = Bodies.required(body.name(), "name", NAME_MAX);
        var key = key(Bodies.required(body.publicKey(), "publicKey", KEY_MAX));
        keys.add(Guard.user(request), name, key, clock.instant());
        request.status(201);
        keys(request);
    }

    private static SftpKey key(String text) {
        SftpKey key;
        try {
            key = SftpKey.parse(text);
        } catch (InvalidInputException e) {
            throw ApiError.field("publicKey", String.valueOf(e.getMessage()));
        }
        if (!TYPES.contains(key.type())) {
            throw ApiError.field(
                    "publicKey", "public key: of type '" + key.type() + "' (expected: one of " + TYPES + ")");
        }
        if (key.type().equals("ssh-rsa") && key.base64().length() < RSA_2048_LENGTH) {
            throw ApiError.field("publicKey", "public key: of too few bits (expected: RSA of 2048 or more)");
        }
        return key;
    }

    /** Fingerprints hold slashes, which a path must not. */
    private void removeKey(Context request) {
        var user = Guard.user(request);
        if (!keys.remove(user, String.valueOf(request.queryParam("fingerprint")), clock.instant())) {
            throw new ApiError(404, "not_found", "You have no such key.");
        }
        people.revocation().wake();
        request.status(204);
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

    record NewKey(@Nullable String name, @Nullable String publicKey) {}

    /** The password that holds, and the one that shall. */
    record PasswordChange(
            @Nullable String current, @Nullable String password) {
        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }
}
