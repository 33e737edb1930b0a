package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a script wrote. Source: node API §2.10.2.
 *
 * @param stdout to its output
 * @param stderr to its error output
 */
public record ScriptOutput(
        @JsonProperty("stdout") String stdout,
        @JsonProperty("stderr") String stderr) {

    /** Fills in what a node left out. */
    public ScriptOutput {
        stdout = stdout == null ? "" : stdout;
        stderr = stderr == null ? "" : stderr;
    }
}
