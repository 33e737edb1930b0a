package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a node runs a server. Source: panel remote API §3.2.
 *
 * @param settings limits, image, environment and allocations
 * @param process how the process starts, stops and is configured
 */
public record ServerConfiguration(
        @JsonProperty("settings") ServerSettings settings,
        @JsonProperty("process_configuration") ProcessConfiguration process) {

    /** Checks its arguments. */
    public ServerConfiguration {
        requireNonNull(settings, "settings");
        requireNonNull(process, "process");
    }
}
