package dev.rookery.proxy.cloudflare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What was done, and what was not.
 *
 * @param outcome of all
 * @param hosts one line for each name that something was or is to be done about
 * @param notes about the tunnel
 */
public record CloudflareReport(
        @JsonProperty("outcome") Outcome outcome,
        @JsonProperty("hosts") List<HostLine> hosts,
        @JsonProperty("notes") List<String> notes) {

    /** Copies its arguments. */
    public CloudflareReport {
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    /**
     * What became of a name.
     *
     * @param host the name
     * @param kind what was to be done
     * @param done whether it is
     * @param message for people
     */
    public record HostLine(
            @JsonProperty("host") String host,
            @JsonProperty("kind") RecordChange.Kind kind,
            @JsonProperty("done") boolean done,
            @JsonProperty("message") String message) {}

    /** How it went. */
    public enum Outcome {
        /** Everything is as it is wanted. */
        @JsonProperty("ok")
        OK,
        /** Some names are not; the others are. */
        @JsonProperty("partial")
        PARTIAL,
        /** Some names are not, but will be tried again. */
        @JsonProperty("unfinished")
        UNFINISHED
    }
}
