package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Where restic keeps backups. Source: panel remote API §4.
 *
 * @param repository restic's name for it
 * @param retryLockSeconds how long to wait for a lock
 * @param environment variables for restic, the repository's secrets among them
 */
public record ResticRepository(
        @JsonProperty("repository") String repository,
        @JsonProperty("retry_lock_seconds") long retryLockSeconds,
        @JsonProperty("environment") Map<String, String> environment) {

    /** Copies the map. */
    public ResticRepository {
        environment = environment == null ? Map.of() : Map.copyOf(environment);
    }

    /** Leaves the environment out. */
    @Override
    public String toString() {
        return "ResticRepository[" + repository + "]";
    }
}
