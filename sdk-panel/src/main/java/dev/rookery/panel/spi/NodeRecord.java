package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.token.NodeCredentials;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A node that the panel knows.
 *
 * @param id its number
 * @param uuid its uuid, as the daemon's configuration carries it
 * @param name what people call it
 * @param url where the panel reaches it
 * @param credentials what both sides authenticate with; a store may keep the secret encrypted
 * @param createdAt when it was added
 * @param enrolledAt when a daemon last fetched its configuration; empty if none has
 * @param certificate SHA-256 of the certificate that the daemon has made for itself, 64 lower-case hexadecimal digits: the only one the
 *     panel trusts then; empty if it has one of a known authority, or no TLS
 */
public record NodeRecord(
        NodeId id,
        UUID uuid,
        String name,
        URI url,
        NodeCredentials credentials,
        Instant createdAt,
        Optional<Instant> enrolledAt,
        Optional<String> certificate) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Checks its arguments. */
    public NodeRecord {
        requireNonNull(id, "id");
        requireNonNull(uuid, "uuid");
        requireNonNull(name, "name");
        requireNonNull(url, "url");
        requireNonNull(credentials, "credentials");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(enrolledAt, "enrolledAt");
        certificate.filter(text -> !SHA256.matcher(text).matches()).ifPresent(text -> {
            throw new InvalidInputException(
                    "certificate: '" + text + "' (expected: its SHA-256, 64 lower-case hexadecimal digits)");
        });
    }
}
