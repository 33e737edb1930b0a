package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What became of a schedule that ran. Source: panel remote API §4.
 *
 * @param schedule which one
 * @param successful whether every step went well
 * @param errors what went wrong, by the step
 * @param timestamp when it ended
 */
public record ScheduleOutcome(
        @JsonProperty("uuid") UUID schedule,
        @JsonProperty("successful") boolean successful,
        @JsonProperty("errors") Map<UUID, String> errors,
        @JsonProperty("timestamp") Instant timestamp) {

    /** Copies the map. */
    public ScheduleOutcome {
        errors = Map.copyOf(errors);
    }
}
