package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a server is installed. Source: panel remote API §3.3.
 *
 * @param containerImage the image of the install container
 * @param entrypoint the program that runs the script, such as {@code bash}
 * @param script the script; line ends may be CRLF and are made LF by the node
 */
public record InstallScript(
        @JsonProperty("container_image") String containerImage,
        @JsonProperty("entrypoint") String entrypoint,
        @JsonProperty("script") String script) {

    /** Checks its arguments. */
    public InstallScript {
        requireNonNull(containerImage, "containerImage");
        requireNonNull(entrypoint, "entrypoint");
        requireNonNull(script, "script");
    }
}
