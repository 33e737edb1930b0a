package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a cloud was told, or would be.
 *
 * @param revision the document's
 * @param state of all of it
 * @param parts what is to say of each binding, name or record, in order
 * @param nextAt when it is worth looking again: whether it answers, whether somebody has done what it takes, whether others have changed something; empty
 *     if only another document makes a difference
 */
@Incubating
public record CloudReport(long revision, State state, List<Part> parts, Optional<Instant> nextAt) {

    /** Checks its arguments. */
    public CloudReport {
        requireNonNull(state, "state");
        parts = List.copyOf(parts);
        requireNonNull(nextAt, "nextAt");
    }

    /** Returns the report of a document that asks for nothing. */
    public static CloudReport skipped(long revision) {
        return new CloudReport(revision, State.SKIPPED, List.of(), Optional.empty());
    }

    /**
     * One thing.
     *
     * @param binding the id of the account and tunnel
     * @param name the host name; empty if it is about the whole binding
     * @param state of it
     * @param said what is done or would be done, or what is in the way and what to do, for people; no secret is in it
     */
    public record Part(String binding, Optional<String> name, State state, String said) {

        /** Checks its arguments. */
        public Part {
            requireNonNull(binding, "binding");
            requireNonNull(name, "name");
            requireNonNull(state, "state");
            requireNonNull(said, "said");
        }
    }

    /** How far it is. */
    public enum State {
        /** The document asks for nothing there. */
        SKIPPED,
        /** It would be changed; only of plans. */
        PLANNED,
        /** It is as it should be. */
        DONE,
        /** Others have changed it since; it is changed back on request. */
        DRIFTED,
        /** Some of it is; the rest is in others' hands, such as a record that is not ours. */
        PARTIAL,
        /** The cloud is away or asks for patience; it is tried again. */
        WAITING,
        /** Somebody has to do something first, such as giving a token its scope. */
        PAUSED,
        /** The cloud does not take it. */
        FAILED
    }
}
