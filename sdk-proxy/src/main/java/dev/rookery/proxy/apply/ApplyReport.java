package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.store.RevisionHeader;
import java.util.Optional;

/**
 * What became of a revision that was saved.
 *
 * @param saved the revision
 * @param outcome whether the engine has it
 * @param proof what was seen of it from outside; empty if it did not come to that
 * @param said what happened, for people; no secret is in it
 * @param undone the revision by which the document is again what it was; empty if it is what was saved
 */
@Incubating
public record ApplyReport(
        RevisionHeader saved, Outcome outcome, Optional<Proof> proof, String said, Optional<RevisionHeader> undone) {

    /** Checks its arguments. */
    public ApplyReport {
        requireNonNull(saved, "saved");
        requireNonNull(outcome, "outcome");
        requireNonNull(proof, "proof");
        requireNonNull(said, "said");
        requireNonNull(undone, "undone");
    }

    /** Returns whether the engine provably runs it. */
    public boolean applied() {
        return outcome == Outcome.APPLIED;
    }

    /** Whether the engine has it. */
    public enum Outcome {
        /** It provably runs it. */
        APPLIED,
        /** Nothing was ever saved: it is left alone, whatever it runs. */
        UNTOUCHED,
        /** It cannot be asked: it is tried again. */
        WAITING,
        /** It did not take it, or not provably: it runs what it ran before. */
        ROLLED_BACK,
        /** It did not take it, and what it runs is not known: it is tried again. */
        UNKNOWN
    }
}
