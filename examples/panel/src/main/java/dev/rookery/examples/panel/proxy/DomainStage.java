package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * A step on the way of a domain to its visitors.
 *
 * @param stage which one: {@code saved}, {@code engine}, {@code certificate}, {@code cloud} or {@code reached}
 * @param state how far it is
 * @param said about it, for people; no secret is in it
 * @param revision the document's that it has; empty if that means nothing here
 */
public record DomainStage(String stage, State state, String said, OptionalLong revision) {

    /** Checks its arguments. */
    public DomainStage {
        requireNonNull(stage, "stage");
        requireNonNull(state, "state");
        requireNonNull(said, "said");
        requireNonNull(revision, "revision");
    }

    static DomainStage of(String stage, State state, String said) {
        return new DomainStage(stage, state, said, OptionalLong.empty());
    }

    /** How far a step is. */
    public enum State {
        /** It has the domain as it is saved. */
        DONE,
        /** It is tried again by itself. */
        WAITING,
        /** Somebody has to do something. */
        FAILED,
        /** A step before it comes first. */
        PENDING,
        /** It is not needed, or switched off. */
        OFF
    }
}
