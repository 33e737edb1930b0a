package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import java.util.Optional;
import java.util.UUID;

/**
 * The token with which one node sends a server to another.
 *
 * @param stamp name and times
 * @param server which server arrives
 */
public record TransferToken(TokenStamp stamp, ServerId server) implements Token {

    /** Checks its arguments. */
    public TransferToken {
        requireNonNull(stamp, "stamp");
        requireNonNull(server, "server");
    }

    @Override
    public TokenPurpose purpose() {
        return TokenPurpose.TRANSFER;
    }

    @Override
    public Optional<ServerId> serverId() {
        return Optional.of(server);
    }

    @Override
    public Optional<UUID> userId() {
        return Optional.empty();
    }
}
