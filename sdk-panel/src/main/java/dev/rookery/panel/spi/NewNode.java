package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.token.NodeCredentials;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * A node to be added.
 *
 * @param uuid its uuid
 * @param name what people call it, 1 to 100 characters
 * @param url where the panel reaches it, {@code http} or {@code https}
 * @param credentials what both sides authenticate with
 * @param createdAt the present time
 */
public record NewNode(UUID uuid, String name, URI url, NodeCredentials credentials, Instant createdAt) {

    private static final int NAME_MAX = 100;

    /** Checks its arguments. */
    public NewNode {
        requireNonNull(uuid, "uuid");
        requireNonNull(credentials, "credentials");
        requireNonNull(createdAt, "createdAt");
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new InvalidInputException("node name: '" + name + "' (expected: 1 to " + NAME_MAX + " characters)");
        }
        var scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new InvalidInputException("node url: '" + url
                    + "' (expected: http or https with a host, such as https://node1.example:8080)");
        }
    }

    /**
     * Returns a node with a uuid and credentials that nobody else has.
     *
     * @param name what people call it, 1 to 100 characters
     * @param url where the panel reaches it, {@code http} or {@code https}
     * @param createdAt the present time
     */
    public static NewNode of(String name, URI url, Instant createdAt) {
        return new NewNode(UUID.randomUUID(), name, url, NodeCredentials.random(new SecureRandom()), createdAt);
    }
}
