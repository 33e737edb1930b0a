package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a server is installed. Source: panel remote API §3.3.
 *
 * @param containerImage the image of the install container
 * @param entrypoint the program that runs the script, such as {@code bash}
 * @param script the script; line ends may be CRLF and are made LF by the node
 * @param environment variables for the script beside the server's own; only Calagopus' panel sends any
 */
public record InstallScript(
        @JsonProperty("container_image") String containerImage,
        @JsonProperty("entrypoint") String entrypoint,
        @JsonProperty("script") String script,

        @JsonProperty("environment") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, String> environment) {

    /** Checks its arguments. */
    public InstallScript {
        requireNonNull(containerImage, "containerImage");
        requireNonNull(entrypoint, "entrypoint");
        requireNonNull(script, "script");
        var copy = new LinkedHashMap<String, String>();
        if (environment != null) {
            environment.forEach((name, value) -> copy.put(name, value == null ? "" : value));
        }
        environment = Collections.unmodifiableMap(copy);
    }

    /** Creates a script without variables of its own. */
    public InstallScript(String containerImage, String entrypoint, String script) {
        this(containerImage, entrypoint, script, Map.of());
    }
}
