package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.Json;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Difference;
import dev.rookery.proxy.store.RevisionHeader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a change would do.
 *
 * @param base the revision it is made from
 * @param document what would be saved
 * @param differences from what is saved
 * @param findings what our checks and the engine's program say
 * @param running what the engine runs now; empty if it cannot be asked, or of a change that is made and not only planned
 * @param candidate what it would run, or what it runs already if that means the same; empty if the document has an error, or of a change that is made
 *     together with others after it
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

    private static final Pattern ROUTE = Pattern.compile("/(routes|l4Routes)/[^/]+");
    private static final Pattern ENABLED = Pattern.compile(ROUTE + "/enabled");

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

    /**
     * Returns whether it would be saved. With an error it would be only if it does nothing but disable or delete routes: so whoever has an engine that
     * lost what a route needs comes out of that step by step. The engine goes on with what it runs until the last error is gone.
     */
    public boolean possible() {
        return findings.stream().noneMatch(Finding::error)
                || (!differences.isEmpty() && differences.stream().allMatch(ApplyPlan::lessens));
    }

    private static boolean lessens(Difference difference) {
        boolean gone = difference.after().isEmpty()
                && ROUTE.matcher(difference.place()).matches();
        boolean disabled = difference.after().equals(Optional.of(new Json.Bool(false)))
                && ENABLED.matcher(difference.place()).matches();
        return gone || disabled;
    }

    /** Returns whether the engine would get something else than it is known to run. */
    public boolean changesEngine() {
        return candidate
                .filter(wanted -> running.filter(now -> now.is(wanted)).isEmpty())
                .isPresent();
    }
}
