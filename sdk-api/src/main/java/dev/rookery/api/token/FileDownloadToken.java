package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The token with which a browser fetches a file; in Calagopus' dialect also a directory, or several entries of one.
 *
 * @param stamp name and times
 * @param server the only server it is good for
 * @param userId whom it stands for
 * @param path the file, or the directory that {@code names} are in
 * @param names the entries of {@code path} to fetch together; none means {@code path} itself
 * @param ignoredFiles patterns, in the syntax of ignore files, of what the user may not see; whoever serves the files has to obey them
 */
public record FileDownloadToken(
        TokenStamp stamp,
        ServerId server,
        Optional<UUID> userId,
        String path,
        List<String> names,
        List<String> ignoredFiles)
        implements Token {

    /** Checks its arguments and copies the lists. */
    public FileDownloadToken {
        requireNonNull(stamp, "stamp");
        requireNonNull(server, "server");
        requireNonNull(userId, "userId");
        requireNonNull(path, "path");
        names = List.copyOf(names);
        ignoredFiles = List.copyOf(ignoredFiles);
    }

    @Override
    public TokenPurpose purpose() {
        return TokenPurpose.FILE_DOWNLOAD;
    }

    @Override
    public Optional<ServerId> serverId() {
        return Optional.of(server);
    }
}
