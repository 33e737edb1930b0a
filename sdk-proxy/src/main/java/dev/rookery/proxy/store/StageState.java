package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Incubating;
import java.time.Instant;

/**
 * How far something behind the store has come: an engine, a cloud, an archive.
 *
 * @param name which one; letters, digits and hyphens
 * @param revision the newest revision that it has for certain; 0 is none
 * @param marker the revision that it answers to probes, which is an older one if nothing had to be changed since
 * @param tried the newest revision that it was to get
 * @param outcome of the last try
 * @param said about it, for people; no secret is in it
 * @param at when
 * @param digest of what it has, to see whether somebody else changed it; empty if that is not known
 */
@Incubating
public record StageState(
        @JsonProperty("name") String name,
        @JsonProperty("revision") long revision,
        @JsonProperty("marker") long marker,
        @JsonProperty("tried") long tried,
        @JsonProperty("outcome") Outcome outcome,
        @JsonProperty("said") String said,
        @JsonProperty("at") Instant at,
        @JsonProperty("digest") String digest) {

    /** Checks its arguments. */
    public StageState {
        requireNonNull(name, "name");
        requireNonNull(outcome, "outcome");
        requireNonNull(said, "said");
        requireNonNull(at, "at");
        digest = digest == null ? "" : digest;
    }

    /** Returns what something has that never got anything. */
    public static StageState none(String name) {
        return new StageState(name, 0, 0, 0, Outcome.WAITING, "", Instant.EPOCH, "");
    }

    /** How a try ended. */
    public enum Outcome {
        /** It has what it was to get. */
        @JsonProperty("done")
        DONE,
        /** It has what it had before. */
        @JsonProperty("rolled-back")
        ROLLED_BACK,
        /** It is tried again. */
        @JsonProperty("waiting")
        WAITING,
        /** Somebody has to do something. */
        @JsonProperty("failed")
        FAILED,
        /** It is not known what it has. */
        @JsonProperty("unknown")
        UNKNOWN
    }
}
