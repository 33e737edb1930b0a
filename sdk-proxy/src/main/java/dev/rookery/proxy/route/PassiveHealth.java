package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * Learns from requests which upstreams work.
 *
 * @param failDuration how long a failure counts
 * @param maxFails how many of them take an upstream out
 * @param unhealthyStatus which answers are failures
 * @param unhealthyLatency how long an answer may take before it is one
 * @param maxConcurrent more requests at a time than this are failures
 */
@Value.Builder
public record PassiveHealth(
        @JsonProperty("failDuration") Duration failDuration,
        @JsonProperty("maxFails") int maxFails,
        @JsonProperty("unhealthyStatus") List<Integer> unhealthyStatus,
        @JsonProperty("unhealthyLatency") Optional<Duration> unhealthyLatency,
        @JsonProperty("maxConcurrent") OptionalInt maxConcurrent) {

    /** Puts in what is left out. */
    public PassiveHealth {
        failDuration = failDuration == null ? Duration.ofSeconds(10) : failDuration;
        maxFails = maxFails == 0 ? 1 : maxFails;
        unhealthyStatus = Values.list(unhealthyStatus);
        unhealthyLatency = Values.optional(unhealthyLatency);
        maxConcurrent = Values.optional(maxConcurrent);
    }

    /** Returns a builder of what is usual: one failure takes an upstream out for ten seconds. */
    public static PassiveHealthBuilder builder() {
        return new PassiveHealthBuilder().failDuration(Duration.ofSeconds(10)).maxFails(1);
    }
}
