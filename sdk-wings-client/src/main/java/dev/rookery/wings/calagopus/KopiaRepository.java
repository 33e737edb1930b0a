package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/**
 * Where kopia keeps backups. Source: panel remote API §4.
 *
 * @param url of the server
 * @param username by which it knows us
 * @param password a secret
 * @param fingerprint of the server's certificate; empty if a known authority has signed it
 * @param tags of the snapshots
 */
public record KopiaRepository(
        @JsonProperty("url") String url,
        @JsonProperty("username") String username,
        @JsonProperty("password") String password,
        @JsonProperty("fingerprint") Optional<String> fingerprint,
        @JsonProperty("tags") Map<String, String> tags) {

    /** Copies the map. */
    public KopiaRepository {
        fingerprint = fingerprint == null ? Optional.empty() : fingerprint;
        tags = tags == null ? Map.of() : Map.copyOf(tags);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "KopiaRepository[" + url + ", " + username + "]";
    }
}
