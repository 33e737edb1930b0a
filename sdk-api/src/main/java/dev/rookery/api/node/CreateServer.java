package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.ServerId;

/**
 * Asks a node to create and install a server; the node fetches everything else from its panel. Source: node API §2.3.
 *
 * @param uuid the server
 * @param startOnCompletion whether to start it once installed
 */
public record CreateServer(
        @JsonProperty("uuid") ServerId uuid,
        @JsonProperty("start_on_completion") boolean startOnCompletion) {}
