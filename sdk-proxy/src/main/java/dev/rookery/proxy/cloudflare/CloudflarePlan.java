package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is to do at Cloudflare for one binding; made by reading only.
 *
 * @param binding the id of the binding
 * @param revision of the document
 * @param tunnel that there is; empty if there is none
 * @param makesTunnel whether one is made; records then lead to it, whatever its id will be
 * @param ingress what happens to the tunnel's configuration; empty without a tunnel
 * @param records what happens to records, by name, and what stands in the way; those that are as they should be are not in it
 * @param reportOnly whether records are left alone
 * @param findings what will surprise although nothing is in the way, whether or not there is something to do about it
 */
public record CloudflarePlan(
        String binding,
        long revision,
        Optional<Tunnel> tunnel,
        boolean makesTunnel,
        Optional<IngressChange> ingress,
        List<RecordChange> records,
        boolean reportOnly,
        List<Finding> findings) {

    /** Checks and copies its arguments. */
    public CloudflarePlan {
        requireNonNull(binding, "binding");
        requireNonNull(tunnel, "tunnel");
        requireNonNull(ingress, "ingress");
        records = List.copyOf(records);
        findings = List.copyOf(findings);
    }

    /** Returns whether there is nothing to write: what is there is what is wanted, as far as it may be touched. */
    public boolean settled() {
        return !makesTunnel
                && ingress.map(change -> !change.writes()).orElse(true)
                && (reportOnly
                        || records.stream().noneMatch(change -> change.kind().writes()));
    }

    /** Returns the names that somebody else has, or that have no zone. */
    public List<RecordChange> conflicts() {
        return records.stream()
                .filter(change ->
                        change.kind() == RecordChange.Kind.CONFLICT || change.kind() == RecordChange.Kind.NO_ZONE)
                .toList();
    }

    /** Returns all of it, line by line, for people. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        if (makesTunnel) {
            lines.add("CREATE the tunnel");
        }
        ingress.filter(IngressChange::writes)
                .ifPresent(change -> lines.add("UPDATE the rules of the tunnel, version "
                        + change.before().version()));
        records.forEach(change -> lines.add(change.toString()));
        return List.copyOf(lines);
    }
}
