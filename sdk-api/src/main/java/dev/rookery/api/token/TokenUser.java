package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * Whom a token is made for.
 *
 * @param uuid the user's UUID
 * @param number the user's number in the panel's database, where the panel has one: Pelican's and Pterodactyl's {@code jti} is made of it
 */
public record TokenUser(UUID uuid, OptionalLong number) {

    /** Checks its arguments. */
    public TokenUser {
        requireNonNull(uuid, "uuid");
        requireNonNull(number, "number");
    }

    /** Returns a user who is known by the UUID only. */
    public static TokenUser of(UUID uuid) {
        return new TokenUser(uuid, OptionalLong.empty());
    }

    /** Returns what a {@code jti} is made of. */
    public String key() {
        return number.isPresent() ? Long.toString(number.getAsLong()) : uuid.toString();
    }
}
