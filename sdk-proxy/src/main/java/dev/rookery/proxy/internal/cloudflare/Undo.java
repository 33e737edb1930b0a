package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.cloudflare.CloudflareReport;
import dev.rookery.proxy.cloudflare.CloudflareReport.HostLine;
import dev.rookery.proxy.cloudflare.CloudflareReport.Outcome;
import dev.rookery.proxy.cloudflare.DnsRecord;
import dev.rookery.proxy.cloudflare.DnsRecord.Stored;
import dev.rookery.proxy.cloudflare.RecordChange;
import dev.rookery.proxy.cloudflare.RecordChange.Kind;
import dev.rookery.proxy.cloudflare.Tunnels;
import dev.rookery.proxy.cloudflare.Zone;
import dev.rookery.proxy.internal.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes back what a journal lists: rules first, so that records that come back lead somewhere, then records, then the tunnel. Everything is looked at before;
 * what is not as we left it is somebody else's by now, and stays. It may be stopped anywhere and begun again. Used by one thread.
 */
final class Undo {

    private static final int ROUNDS_MAX = 5;
    private static final Json.Obj NOTHING = new Tree()
            .putAll("ingress", List.of(Tree.of("service", "http_status:404")))
            .json();

    private final CloudflareApi api;
    private final String accountId;
    private final Optional<String> tunnelId;
    private final Journal journal;
    private final Map<String, HostLine> lines = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Begins.
     *
     * @param tunnelId of the binding's tunnel; empty if there is none
     */
    Undo(CloudflareApi api, String accountId, Optional<String> tunnelId, Journal journal) {
        this.api = api;
        this.accountId = accountId;
        this.tunnelId = tunnelId;
        this.journal = journal;
    }

    CloudflareReport run() {
        tunnelId.ifPresent(this::rules);
        boolean settled = false;
        // An answer that was lost is no write that was not done: what counts is what is there afterwards.
        for (int round = 0; round < ROUNDS_MAX && !settled; round++) {
            settled = records();
        }
        journal.tunnel()
                .filter(tunnelId.map(List::of).orElse(List.of())::contains)
                .ifPresent(this::tunnel);
        boolean all = lines.values().stream().allMatch(HostLine::done) && notes.isEmpty();
        return new CloudflareReport(
                !settled ? Outcome.UNFINISHED : all ? Outcome.OK : Outcome.PARTIAL, List.copyOf(lines.values()), notes);
    }

    private void rules(String tunnel) {
        var before =
                journal.config().map(config -> ruled(config) ? config : NOTHING).orElse(null);
        if (before == null) {
            return;
        }
        var present = tunnels().config(tunnel).config();
        if (IngressPlan.sameRules(present, before)) {
            return;
        }
        if (journal.written().stream().anyMatch(written -> IngressPlan.sameRules(present, written))) {
            tunnels().replaceConfig(tunnel, before);
        } else if (ruled(present)) {
            notes.add("the tunnel's rules were changed by somebody else since, and stay");
        }
    }

    /** Returns whether nothing was left to write. */
    private boolean records() {
        var zones = api.zones(accountId).stream().collect(Collectors.toMap(Zone::name, Zone::id, (one, other) -> one));
        boolean settled = true;
        for (var zone :
                journal.steps().stream().map(Journal.Step::zone).distinct().toList()) {
            if (zones.containsKey(zone)) {
                settled &= records(zone, zones.get(zone));
            } else {
                ofZone(zone).forEach(step -> left(step, "the account has no zone for it any more"));
            }
        }
        return settled;
    }

    private boolean records(String zone, String id) {
        var found = api.records(id).list().stream()
                .filter(RecordPlan::leads)
                .collect(Collectors.groupingBy(stored -> stored.record().name()));
        var todo = new ArrayList<RecordChange>();
        for (var step : ofZone(zone)) {
            var present = found.getOrDefault(step.host(), List.of());
            if (same(present, step.before())) {
                lines.putIfAbsent(step.host(), new HostLine(step.host(), Kind.UPDATE, true, "as it was"));
            } else if (same(present, step.after())) {
                todo.addAll(back(step, present));
            } else {
                left(step, "was changed by somebody else since, and stays");
            }
        }
        var written = new ArrayList<HostLine>();
        new RecordWriter(api.records(id), written).write(todo);
        written.forEach(line -> lines.put(line.host(), line));
        return todo.isEmpty();
    }

    private List<Journal.Step> ofZone(String zone) {
        return journal.steps().stream().filter(step -> step.zone().equals(zone)).toList();
    }

    private void left(Journal.Step step, String why) {
        lines.put(step.host(), new HostLine(step.host(), Kind.CONFLICT, false, why));
    }

    private static List<RecordChange> back(Journal.Step step, List<Stored> present) {
        var changes = new ArrayList<RecordChange>();
        for (int i = 0; i < Math.max(present.size(), step.before().size()); i++) {
            var now = i < present.size() ? Optional.of(present.get(i)) : Optional.<Stored>empty();
            var then = i < step.before().size() ? Optional.of(step.before().get(i)) : Optional.<DnsRecord>empty();
            var kind = now.isEmpty() ? Kind.CREATE : then.isEmpty() ? Kind.DELETE : Kind.UPDATE;
            changes.add(new RecordChange(kind, step.host(), step.zone(), now, then, "taken back"));
        }
        return changes;
    }

    private static boolean same(List<Stored> present, List<DnsRecord> records) {
        return present.size() == records.size()
                && records.stream()
                        .allMatch(record -> present.stream()
                                .anyMatch(one -> one.record().leadsLike(record)
                                        && one.record().comment().equals(record.comment())));
    }

    /** Nothing can be connected to it: whoever runs connectors of it has to stop them first. */
    private void tunnel(String tunnel) {
        var present = tunnels().config(tunnel).config();
        if (ruled(present) && !IngressPlan.sameRules(present, NOTHING)) {
            return;
        }
        try {
            tunnels().delete(tunnel);
        } catch (CloudflareException e) {
            if (e.retryable()) {
                throw e;
            }
            notes.add("the tunnel that was made stays: " + e.getMessage());
        }
    }

    private static boolean ruled(Json.Obj config) {
        return !Answer.of(config).items("ingress").isEmpty();
    }

    private Tunnels tunnels() {
        return api.tunnels(accountId);
    }
}
