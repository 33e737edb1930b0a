package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answers 503 to all but some.
 *
 * @param retryAfter when clients should come again
 * @param contentType of the body
 * @param body a literal text
 * @param bypass addresses and networks that get through
 */
public record Maintenance(
        @JsonProperty("retryAfter") Optional<Duration> retryAfter,
        @JsonProperty("contentType") String contentType,
        @JsonProperty("body") String body,
        @JsonProperty("bypass") List<String> bypass) {

    /** Puts in what is left out. */
    public Maintenance {
        retryAfter = Values.optional(retryAfter);
        contentType = contentType == null ? "text/html; charset=utf-8" : contentType;
        body = body == null ? "" : body;
        bypass = Values.list(bypass);
    }
}
