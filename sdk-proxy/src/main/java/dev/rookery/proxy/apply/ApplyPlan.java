package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Difference;
import dev.rookery.proxy.store.RevisionHeader;
import java.util.List;
import java.util.Optional;

/**
 * What a change would do.
 *
 * @param base the revision it is made from
 * @param document what would be saved
 * @param differences from what is saved
 * @param findings what our checks and the engine's program say
 * @param running what the engine runs now; empty if it cannot be asked, or of a change that is made and not only planned
 * @param candidate what it would run; empty if the document has an error
 * @param cloud what the cloud would be told; empty without one, or if the document has an error
 */
@Incubating
public record ApplyPlan(
        RevisionHeader base,
        ProxyDocument document,
        List<Difference> differences,
        List<Finding> findings,
        Optional<Running> running,
        Optional<Candidate> candidate,
        Optional<CloudReport> cloud) {

    /** Checks its arguments. */
    public ApplyPlan {
        requireNonNull(base, "base");
        requireNonNull(document, "document");
        differences = List.copyOf(differences);
        findings = List.copyOf(findings);
        requireNonNull(running, "running");
        requireNonNull(candidate, "candidate");
        requireNonNull(cloud, "cloud");
    }

    /** Returns whether it would be saved. */
    public boolean possible() {
        return findings.stream().noneMatch(Finding::error);
    }
}
