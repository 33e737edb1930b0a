package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import java.util.List;
import java.util.Optional;

/**
 * What was seen from outside of a candidate that should run.
 *
 * @param checks what was looked at, in order
 */
@Incubating
public record Proof(List<Check> checks) {

    /** Copies the list. */
    public Proof {
        checks = List.copyOf(checks);
    }

    /** Returns whether nothing says that something else runs. */
    public boolean proven() {
        return checks.stream().noneMatch(check -> check.outcome() == Outcome.FAILED);
    }

    /**
     * One look.
     *
     * @param what was looked at, for people, such as {@code 20 connections to :443}
     * @param route the id of the route it is about; empty if it is about all
     * @param outcome what that means
     * @param said what was seen and what was expected, for people; no secret is in it
     */
    public record Check(String what, Optional<String> route, Outcome outcome, String said) {

        /** Checks its arguments. */
        public Check {
            requireNonNull(what, "what");
            requireNonNull(route, "route");
            requireNonNull(outcome, "outcome");
            requireNonNull(said, "said");
        }
    }

    /** What a look means. */
    public enum Outcome {
        /** It is as it should be. */
        PASSED,
        /** The route does not work yet, for a reason beyond the engine: an upstream is down, a certificate is pending. Nothing is undone for it. */
        PENDING,
        /** Something else runs, or it does not work: what ran before has to come back. */
        FAILED
    }
}
