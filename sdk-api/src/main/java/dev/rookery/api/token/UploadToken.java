package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The token with which a browser stores files. The directory is not part of it: the browser chooses one. Source: node API §3.3.
 *
 * @param stamp name and times
 * @param server the only server it is good for
 * @param userId whom it stands for
 * @param ignoredFiles patterns, in the syntax of ignore files, of what the user may not touch; whoever stores the files has to obey
 *     them
 */
public record UploadToken(TokenStamp stamp, ServerId server, Optional<UUID> userId, List<String> ignoredFiles)
        implements Token {

    /** Checks its arguments and copies the list. */
    public UploadToken {
        requireNonNull(stamp, "stamp");
        requireNonNull(server, "server");
        requireNonNull(userId, "userId");
        ignoredFiles = List.copyOf(ignoredFiles);
    }

    @Override
    public TokenPurpose purpose() {
        return TokenPurpose.UPLOAD;
    }

    @Override
    public Optional<ServerId> serverId() {
        return Optional.of(server);
    }
}
