package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What all tokens have: a name and a time.
 *
 * @param id the {@code jti}: in most dialects the same for all tokens of one user on one server, so that all can be denied at once
 * @param issuedAt when it was made, whole seconds
 * @param expiresAt the last second in which it is good
 * @param uniqueId what its use is counted by; empty where the dialect or the purpose has none
 */
public record TokenStamp(String id, Instant issuedAt, Instant expiresAt, Optional<String> uniqueId) {

    /** Checks its arguments: dates with a fraction would make every Go daemon refuse the token. Source: node API §3.1. */
    public TokenStamp {
        requireNonNull(id, "id");
        requireWholeSeconds(issuedAt, "issuedAt");
        requireWholeSeconds(expiresAt, "expiresAt");
        requireNonNull(uniqueId, "uniqueId");
    }

    private static void requireWholeSeconds(Instant instant, String name) {
        if (!requireNonNull(instant, name).truncatedTo(ChronoUnit.SECONDS).equals(instant)) {
            throw new InvalidInputException(name + ": " + instant + " (expected: whole seconds)");
        }
    }
}
