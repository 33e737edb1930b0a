package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.proxy.Finding;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.cloudflare.CloudflarePlan;
import dev.rookery.proxy.cloudflare.DnsRecord.Stored;
import dev.rookery.proxy.cloudflare.RecordChange;
import dev.rookery.proxy.cloudflare.RecordChange.Kind;
import dev.rookery.proxy.cloudflare.Tunnel;
import dev.rookery.proxy.cloudflare.Zone;
import dev.rookery.proxy.route.CloudflareBinding.DnsOwnership;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads what there is at Cloudflare, and finds what differs from what is wanted. Writes nothing. Used by one thread. */
public final class Planner {

    /** What records lead to as long as nobody knows the id. */
    private static final String NEW_TUNNEL = "new." + Tunnel.DOMAIN;

    private final CloudflareApi api;
    private final String instance;

    /**
     * How a plan is made.
     *
     * @param now the present time
     * @param deleteNow whether records go at once that nobody wants any more
     * @param forced names whose record is taken from whoever has it
     */
    public record Manner(Instant now, boolean deleteNow, Set<String> forced) {}

    /**
     * A plan, and what it was made from.
     *
     * @param plan for people
     * @param ingress makes the configuration of the tunnel; empty without one
     * @param zones ids by name
     * @param memory with what was seen
     */
    record Drawn(CloudflarePlan plan, Optional<IngressPlan> ingress, Map<String, String> zones, Memory memory) {}

    /** Creates a planner. */
    public Planner(CloudflareApi api, String instance) {
        this.api = api;
        this.instance = instance;
    }

    /** Returns what there is to do. */
    public CloudflarePlan plan(Wish wish, Memory memory, Manner manner) {
        return draw(wish, memory, manner).plan();
    }

    Drawn draw(Wish wish, Memory memory, Manner manner) {
        return new Drawing(wish, memory, manner).draw();
    }

    /** One look. */
    private final class Drawing {

        private final Wish wish;
        private final Memory memory;
        private final Manner manner;
        private final Mark mark;
        private final RecordPlan records;
        private final Map<String, List<Stored>> found = new TreeMap<>();
        private final Map<String, Zone> zoneOf = new LinkedHashMap<>();
        private final Set<String> places = new TreeSet<>();
        private final Map<String, Long> unwanted = new TreeMap<>();

        Drawing(Wish wish, Memory memory, Manner manner) {
            this.wish = wish;
            this.memory = memory;
            this.manner = manner;
            this.mark = new Mark(instance, wish.binding().id());
            this.records = new RecordPlan(mark, wish.binding().dns(), manner.forced());
        }

        Drawn draw() {
            var zones = api.zones(wish.binding().accountId());
            var tunnel = tunnel();
            read(zones);
            var ingress = tunnel.map(this::ingress);
            var taken = ingress.map(IngressPlan::taken).orElse(Set.of());
            var changes = new ArrayList<RecordChange>();
            wish.hosts().forEach(host -> changes.addAll(wanted(host, tunnel, taken)));
            changes.addAll(unwanted());
            var change = ingress.map(rules -> rules.change(going(changes), waiting(changes)));
            boolean makes = tunnel.isEmpty() && wish.hosts().stream().anyMatch(WantedHost::tunnelled);
            var plan = new CloudflarePlan(
                    wish.binding().id(),
                    wish.revision(),
                    tunnel,
                    makes,
                    change,
                    changes,
                    wish.binding().dns() == DnsOwnership.REPORT_ONLY,
                    deep());
            return new Drawn(
                    plan,
                    ingress,
                    zones.stream().collect(Collectors.toMap(Zone::name, Zone::id, (one, other) -> one)),
                    memory.withRecords(unwanted, places));
        }

        private Optional<Tunnel> tunnel() {
            var tunnels = api.tunnels(wish.binding().accountId());
            var tunnel = wish.binding().tunnelId().isPresent()
                    ? Optional.of(tunnels.get(wish.binding().tunnelId().get()))
                    : tunnels.find(wish.binding().tunnelName());
            tunnel.filter(one -> !one.remotelyManaged()).ifPresent(one -> {
                throw new CloudflareException(
                        CloudflareException.Kind.INVALID,
                        "tunnel '" + one.name() + "' has its rules in a file beside its connector"
                                + " (expected: one that Cloudflare configures; migrate it there, or name another)",
                        null,
                        null,
                        List.of(),
                        Optional.empty());
            });
            return tunnel;
        }

        /** Reads the zones of names that are wanted, and those where something of ours may be left. */
        private void read(List<Zone> zones) {
            for (var host : wish.hosts()) {
                zones.stream()
                        .filter(zone -> zone.has(host.host()))
                        .max((one, other) -> Integer.compare(
                                one.name().length(), other.name().length()))
                        .ifPresent(zone -> zoneOf.put(host.host(), zone));
            }
            var used = zoneOf.values().stream().map(Zone::name).collect(Collectors.toSet());
            places.addAll(used);
            // A list that is behind hides what is there: a zone that was ours once is looked at for good.
            places.addAll(memory.zones());
            for (var zone : zones) {
                if (memory.zones().isEmpty() || memory.zones().contains(zone.name()) || used.contains(zone.name())) {
                    read(zone);
                }
            }
        }

        private void read(Zone zone) {
            for (var stored : api.records(zone.id()).list()) {
                if (RecordPlan.leads(stored)) {
                    found.computeIfAbsent(stored.record().name(), name -> new ArrayList<>())
                            .add(stored);
                    if (mark.ofInstance(stored.record())) {
                        places.add(zone.name());
                        zoneOf.putIfAbsent(stored.record().name(), zone);
                    }
                }
            }
        }

        private IngressPlan ingress(Tunnel tunnel) {
            var config = api.tunnels(wish.binding().accountId()).config(tunnel.id());
            return new IngressPlan(Tenancy.of(wish, tunnel.id(), tunnel.name()), config, memory.rulesIn(tunnel.id()));
        }

        private List<RecordChange> wanted(WantedHost host, Optional<Tunnel> tunnel, Set<String> taken) {
            var wanted = host.record(tunnel.map(Tunnel::target).orElse(NEW_TUNNEL), mark.toString());
            var zone = zoneOf.get(host.host());
            if (zone == null) {
                return List.of(
                        stuck(Kind.NO_ZONE, host.host(), "", "the account has no zone for it that the token may see"));
            }
            if (host.tunnelled() && taken.contains(host.host())) {
                return List.of(stuck(
                        Kind.CONFLICT, host.host(), zone.name(), "the tunnel has a rule for it that is not ours"));
            }
            return records.wanted(wanted, zone.name(), found.getOrDefault(host.host(), List.of()));
        }

        private List<Finding> deep() {
            return wish.hosts().stream()
                    .filter(this::deep)
                    .map(
                            host -> new Finding(
                                    "TUNNEL_DEEP_NAME",
                                    Finding.Severity.WARNING,
                                    Optional.empty(),
                                    "",
                                    "'" + host.host()
                                            + "' is more than one label below its zone: Cloudflare's Universal SSL has no certificate for it (expected: one label, or a certificate that was bought for the name)"))
                    .toList();
        }

        private boolean deep(WantedHost host) {
            var zone = zoneOf.get(host.host());
            return zone != null && host.tunnelled() && deep(host.host(), zone);
        }

        private static boolean deep(String host, Zone zone) {
            return host.length() > zone.name().length()
                    && host.substring(0, host.length() - zone.name().length() - 1)
                            .contains(".");
        }

        private RecordChange stuck(Kind kind, String host, String zone, String reason) {
            return new RecordChange(kind, host, zone, Optional.empty(), Optional.empty(), reason);
        }

        private List<RecordChange> unwanted() {
            var wanted = new HashSet<String>();
            wish.hosts().forEach(host -> wanted.add(host.host()));
            wish.neighbours().forEach(other -> other.hosts().forEach(host -> wanted.add(host.host())));
            var changes = new ArrayList<RecordChange>();
            found.forEach((name, stored) -> {
                var zone = zoneOf.get(name);
                var ours = stored.stream()
                        .filter(one -> mark.ofBinding(one.record()))
                        .toList();
                if (zone != null && !ours.isEmpty() && !wanted.contains(name)) {
                    changes.addAll(records.unwanted(zone.name(), ours, due(name)));
                }
            });
            return changes;
        }

        private boolean due(String name) {
            long now = manner.now().toEpochMilli();
            long since = memory.unwanted().getOrDefault(name, now);
            unwanted.put(name, since);
            return manner.deleteNow()
                    || now - since >= wish.binding().deleteGrace().toMillis();
        }
    }

    /** Returns the names whose records stop to lead to the tunnel now. */
    static Set<String> going(List<RecordChange> changes) {
        return changes.stream()
                .filter(Planner::leaves)
                .map(RecordChange::host)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the names whose records stay for a while although nobody wants them. */
    static Set<String> waiting(List<RecordChange> changes) {
        return changes.stream()
                .filter(change -> change.kind() == Kind.WAIT)
                .map(RecordChange::host)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean leaves(RecordChange change) {
        boolean removed = change.kind() == Kind.DELETE && change.after().isEmpty();
        boolean past = change.kind() == Kind.UPDATE
                && change.after().filter(record -> !record.proxied()).isPresent();
        return removed || past;
    }
}
