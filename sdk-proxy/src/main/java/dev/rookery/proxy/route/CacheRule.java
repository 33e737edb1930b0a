package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps answers.
 *
 * @param ttl how long
 * @param stale how much longer while the upstream does not answer
 * @param defaultCacheControl what counts for answers that say nothing
 */
public record CacheRule(
        @JsonProperty("ttl") Duration ttl,
        @JsonProperty("stale") Duration stale,
        @JsonProperty("defaultCacheControl") Optional<String> defaultCacheControl) {

    /** Puts in what is left out. */
    public CacheRule {
        ttl = ttl == null ? Duration.ofMinutes(2) : ttl;
        stale = stale == null ? Duration.ZERO : stale;
        defaultCacheControl = Values.optional(defaultCacheControl);
    }
}
