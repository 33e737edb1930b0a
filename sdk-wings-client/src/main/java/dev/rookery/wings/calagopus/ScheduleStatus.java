package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a schedule is. Source: node API §2.10.2.
 *
 * @param running whether it runs
 * @param errors what went wrong, by the step; the node's own words
 * @param step the step that runs
 */
public record ScheduleStatus(
        @JsonProperty("running") boolean running,
        @JsonProperty("errors") Map<String, Json> errors,
        @JsonProperty("step") Optional<UUID> step) {

    /** Fills in what a node left out. */
    public ScheduleStatus {
        errors = errors == null ? Map.of() : Map.copyOf(errors);
        step = step == null ? Optional.empty() : step;
    }
}
