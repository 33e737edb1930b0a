package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import java.util.Optional;
import java.util.UUID;

/**
 * The token with which a user opens the console of one server.
 *
 * @param stamp name and times
 * @param server the only server it is good for
 * @param user whom it stands for
 * @param permissions what that user may do
 */
public record ConsoleToken(TokenStamp stamp, ServerId server, UUID user, Permissions permissions) implements Token {

    /** Checks its arguments. */
    public ConsoleToken {
        requireNonNull(stamp, "stamp");
        requireNonNull(server, "server");
        requireNonNull(user, "user");
        requireNonNull(permissions, "permissions");
    }

    @Override
    public TokenPurpose purpose() {
        return TokenPurpose.CONSOLE;
    }

    @Override
    public Optional<ServerId> serverId() {
        return Optional.of(server);
    }

    @Override
    public Optional<UUID> userId() {
        return Optional.of(user);
    }

    @Override
    public Permissions holds() {
        return permissions;
    }
}
