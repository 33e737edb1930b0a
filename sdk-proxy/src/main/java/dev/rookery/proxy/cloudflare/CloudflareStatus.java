package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a binding is.
 *
 * @param binding its id
 * @param state what happens next
 * @param wantedRevision the revision of the document that it is brought to
 * @param doneRevision the one that it was brought to last; empty if there was none
 * @param attempts how many tries have failed in a row
 * @param nextAt when it is looked at next; empty if that is not planned
 * @param error why the last try failed, for people
 * @param report of the last try that went through
 * @param drift what somebody else has changed since, line by line
 */
public record CloudflareStatus(
        String binding,
        State state,
        long wantedRevision,
        OptionalLong doneRevision,
        int attempts,
        Optional<Instant> nextAt,
        Optional<String> error,
        Optional<CloudflareReport> report,
        List<String> drift) {

    /** Checks and copies its arguments. */
    public CloudflareStatus {
        requireNonNull(binding, "binding");
        requireNonNull(state, "state");
        requireNonNull(nextAt, "nextAt");
        requireNonNull(error, "error");
        requireNonNull(report, "report");
        drift = List.copyOf(drift);
    }

    /** What happens next. */
    public enum State {
        /** It is to be brought to another revision. */
        @JsonProperty("pending")
        PENDING,
        /** That is being done. */
        @JsonProperty("running")
        RUNNING,
        /** It is where it shall be, but for names that the report tells. */
        @JsonProperty("done")
        DONE,
        /** Cloudflare did not answer, or did not want to: it is tried again. */
        @JsonProperty("waiting")
        WAITING,
        /** The token is missing, not accepted, or lacks a permission: it is tried again when there is another one, or on request. */
        @JsonProperty("paused")
        PAUSED,
        /** What was written for the wanted revision was taken back; it is done again on request, or with another document. */
        @JsonProperty("undone")
        UNDONE,
        /** Trying again will not help: it is tried again on request, or with another document. */
        @JsonProperty("failed")
        FAILED
    }
}
