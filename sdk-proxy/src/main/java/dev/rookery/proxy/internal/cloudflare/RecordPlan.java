package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.proxy.cloudflare.DnsRecord;
import dev.rookery.proxy.cloudflare.DnsRecord.Stored;
import dev.rookery.proxy.cloudflare.RecordChange;
import dev.rookery.proxy.cloudflare.RecordChange.Kind;
import dev.rookery.proxy.cloudflare.Tunnel;
import dev.rookery.proxy.route.CloudflareBinding.DnsOwnership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides about the records of one name: what is not ours is never touched, and stops whatever we would do beside it. */
final class RecordPlan {

    private static final Set<String> HOSTS = Set.of("A", "AAAA", "CNAME");

    private final Mark mark;
    private final DnsOwnership ownership;
    private final Set<String> forced;

    RecordPlan(Mark mark, DnsOwnership ownership, Set<String> forced) {
        this.mark = mark;
        this.ownership = ownership;
        this.forced = forced;
    }

    /** Returns whether a record says where a name leads. */
    static boolean leads(Stored stored) {
        return HOSTS.contains(stored.record().type());
    }

    /**
     * Returns the changes of a name that is wanted.
     *
     * @param found its records that say where it leads
     */
    List<RecordChange> wanted(DnsRecord wanted, String zone, List<Stored> found) {
        var ours = found.stream().filter(one -> mark.ofInstance(one.record())).toList();
        if (ours.size() < found.size()) {
            return foreign(wanted, zone, found);
        }
        return ours(wanted, zone, ours);
    }

    /** Returns the changes of a name that is not wanted any more. */
    List<RecordChange> unwanted(String zone, List<Stored> ours, boolean due) {
        return ours.stream()
                .map(one -> new RecordChange(
                        due ? Kind.DELETE : Kind.WAIT,
                        one.record().name(),
                        zone,
                        Optional.of(one),
                        Optional.empty(),
                        due ? "" : "stays for a while"))
                .toList();
    }

    private List<RecordChange> ours(DnsRecord wanted, String zone, List<Stored> ours) {
        var kept = ours.stream()
                .filter(one -> one.record().leadsLike(wanted))
                .findFirst()
                .or(() -> ours.stream().findFirst());
        var changes = new ArrayList<RecordChange>();
        if (kept.isEmpty()) {
            changes.add(change(Kind.CREATE, wanted, zone, Optional.empty()));
        } else if (!kept.get().record().leadsLike(wanted)
                || !mark.ofBinding(kept.get().record())) {
            changes.add(change(Kind.UPDATE, wanted, zone, kept));
        }
        ours.stream()
                .filter(one -> !one.equals(kept.orElse(null)))
                .map(one -> new RecordChange(
                        Kind.DELETE, wanted.name(), zone, Optional.of(one), Optional.empty(), "one too many"))
                .forEach(changes::add);
        return changes;
    }

    private List<RecordChange> foreign(DnsRecord wanted, String zone, List<Stored> found) {
        var first = found.get(0);
        boolean alone = found.size() == 1;
        if (alone && first.record().leadsLike(wanted)) {
            return ownership == DnsOwnership.ADOPT_EQUAL
                    ? List.of(change(Kind.ADOPT, wanted, zone, Optional.of(first)))
                    : List.of();
        }
        if (alone && forced.contains(wanted.name())) {
            return List.of(change(Kind.UPDATE, wanted, zone, Optional.of(first)));
        }
        var stranger = found.stream()
                .filter(one -> !mark.ofInstance(one.record()))
                .findFirst()
                .orElse(first);
        var reason = !alone
                ? "several records, not all of them ours"
                : first.record().content().endsWith("." + Tunnel.DOMAIN)
                        ? "another tunnel has the name"
                        : "a record that is not ours has the name";
        return List.of(new RecordChange(
                Kind.CONFLICT, wanted.name(), zone, Optional.of(stranger), Optional.of(wanted), reason));
    }

    private static RecordChange change(Kind kind, DnsRecord wanted, String zone, Optional<Stored> before) {
        return new RecordChange(kind, wanted.name(), zone, before, Optional.of(wanted), "");
    }
}
