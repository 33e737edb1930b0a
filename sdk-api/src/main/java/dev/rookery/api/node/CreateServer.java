package dev.rookery.api.node;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.ServerId;
import java.util.Optional;

/**
 * Asks a node to create and install a server; the node fetches everything else from its panel. Source: node API §2.3.
 *
 * @param uuid the server
 * @param startOnCompletion whether to start it once installed
 * @param skipScripts whether to leave out the install script; only Calagopus' daemon looks at it
 */
public record CreateServer(
        @JsonProperty("uuid") ServerId uuid,
        @JsonProperty("start_on_completion") boolean startOnCompletion,
        @JsonProperty("skip_scripts") Optional<Boolean> skipScripts) {

    /** Fills in what a panel left out; the server has to be there. */
    public CreateServer {
        requireNonNull(uuid, "uuid");
        skipScripts = skipScripts == null ? Optional.empty() : skipScripts;
    }

    /** Asks for a server that is installed as its settings say. */
    public CreateServer(ServerId uuid, boolean startOnCompletion) {
        this(uuid, startOnCompletion, Optional.empty());
    }
}
