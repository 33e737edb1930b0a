package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.apply.ApplyReport;

/**
 * A domain that was added, and what became of that.
 *
 * @param item the domain
 * @param outcome whether the engine has it; {@link ApplyReport.Outcome#ROLLED_BACK} if the domain is not saved any more because of that
 * @param said what happened, for people
 */
public record DomainChange(ServerDomain item, ApplyReport.Outcome outcome, String said) {

    /** Checks its arguments. */
    public DomainChange {
        requireNonNull(item, "item");
        requireNonNull(outcome, "outcome");
        requireNonNull(said, "said");
    }
}
