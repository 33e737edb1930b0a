package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Json;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.cloudflare.CloudflarePlan;
import dev.rookery.proxy.cloudflare.CloudflareReport;
import dev.rookery.proxy.cloudflare.CloudflareReport.HostLine;
import dev.rookery.proxy.cloudflare.CloudflareReport.Outcome;
import dev.rookery.proxy.cloudflare.IngressChange;
import dev.rookery.proxy.cloudflare.RecordChange;
import dev.rookery.proxy.cloudflare.RecordChange.Kind;
import dev.rookery.proxy.cloudflare.Tunnel;
import dev.rookery.proxy.cloudflare.Tunnels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Brings Cloudflare to what is wanted, in an order in which no name ever leads nowhere: rules before records that need them, records before rules that
 * nobody needs any more. Every write follows a look; nothing is kept in mind but what {@link Memory} says, so that it may be stopped anywhere and begun
 * again. Used by one thread.
 */
public final class Sync {

    private static final int ROUNDS_MAX = 5;

    private final CloudflareApi api;
    private final Planner planner;
    private final Wish wish;
    private final Planner.Manner manner;
    private final Consumer<Memory> remember;
    private final JournalKeeper journal;
    private final Waiting waiting;
    private final List<String> notes = new ArrayList<>();
    private Memory memory;

    /**
     * How long connectors may take.
     *
     * @param limit until they go by a new configuration
     * @param step between looks
     * @param sleep waits
     */
    public record Waiting(Duration limit, Duration step, Consumer<Duration> sleep) {}

    /**
     * Creates a sync.
     *
     * @param remember keeps what has to be kept, durably, before it returns
     * @param journal of what is written
     */
    Sync(
            CloudflareApi api,
            Planner planner,
            Wish wish,
            Memory memory,
            Planner.Manner manner,
            Consumer<Memory> remember,
            JournalKeeper journal,
            Waiting waiting) {
        this.api = api;
        this.planner = planner;
        this.wish = wish;
        this.memory = memory;
        this.manner = manner;
        this.remember = remember;
        this.journal = journal;
        this.waiting = waiting;
    }

    /** Does all there is to do. */
    public CloudflareReport run() {
        return run(plan -> {}, change -> true);
    }

    /** Does what a plan lists that somebody looked at; what has changed since is left, and said. */
    public CloudflareReport run(CloudflarePlan seen) {
        return run(
                now -> requireSame(seen, now),
                change -> seen.records().contains(change)
                        || (seen.makesTunnel()
                                && seen.records().stream()
                                        .anyMatch(one -> one.kind() == change.kind()
                                                && one.host().equals(change.host()))));
    }

    private CloudflareReport run(Consumer<CloudflarePlan> check, Predicate<RecordChange> agreed) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var drawn = planner.draw(wish, memory, manner);
            memory = drawn.memory();
            if (round == 0) {
                check.accept(drawn.plan());
            }
            if (drawn.plan().makesTunnel()) {
                makeTunnel();
            } else if (!firstConfig(drawn)) {
                remember.accept(memory);
                return records(drawn, agreed);
            }
        }
        throw changing();
    }

    /** The tunnel's configuration is one document: there is no doing a part of it. */
    private static void requireSame(CloudflarePlan seen, CloudflarePlan now) {
        if (!seen.ingress().equals(now.ingress()) || seen.makesTunnel() != now.makesTunnel()) {
            throw new ConflictException(
                    "the tunnel's configuration has changed since the plan was made (expected: a plan of now)");
        }
    }

    private void makeTunnel() {
        var made = tunnels().create(wish.binding().tunnelName());
        // A connector that finds no configuration answers nothing but 503.
        notes.add("made tunnel " + made.id());
        journal.made(made.id());
    }

    /** Returns whether the rules were written, after which everything is looked at again: waiting takes time. */
    private boolean firstConfig(Planner.Drawn drawn) {
        var change = drawn.plan().ingress().orElse(null);
        if (change == null || change.first().equals(change.before().config())) {
            return false;
        }
        keepRules(drawn);
        write(tunnel(drawn), change, change.first()).ifPresent(version -> connectors(tunnel(drawn), version));
        return true;
    }

    private CloudflareReport records(Planner.Drawn drawn, Predicate<RecordChange> agreed) {
        var lines = new ArrayList<HostLine>();
        var again = new TreeSet<String>();
        boolean writes = !drawn.plan().reportOnly();
        var todo = new ArrayList<RecordChange>();
        for (var change : drawn.plan().records()) {
            if (change.kind().writes() && writes && agreed.test(change)) {
                todo.add(change);
            } else {
                lines.add(left(change, writes));
            }
        }
        journal.changes(todo);
        RecordWriter.byZone(todo).forEach((zone, changes) -> {
            var writer = new RecordWriter(api.records(drawn.zones().getOrDefault(zone, "")), lines);
            writer.write(changes);
            again.addAll(writer.again());
        });
        lastConfig(drawn, lines);
        return new CloudflareReport(outcome(lines, again), lines, notes);
    }

    private static HostLine left(RecordChange change, boolean writes) {
        if (!change.kind().writes()) {
            return new HostLine(change.host(), change.kind(), change.kind() == Kind.WAIT, change.reason());
        }
        return new HostLine(
                change.host(),
                change.kind(),
                false,
                writes ? "has changed since the plan was made" : "records are only reported: " + change);
    }

    /** Rules go when their records are gone, and not before. */
    private void lastConfig(Planner.Drawn drawn, List<HostLine> lines) {
        var present = drawn.plan().ingress().orElse(null);
        if (present == null || drawn.ingress().isEmpty()) {
            return;
        }
        var left = Planner.waiting(drawn.plan().records());
        var going = Planner.going(drawn.plan().records());
        lines.stream()
                .filter(line -> going.contains(line.host()) && !line.done())
                .forEach(line -> left.add(line.host()));
        var last = drawn.ingress().get().config(left);
        if (last.equals(present.before().config())
                || write(tunnel(drawn), present, last).isPresent()) {
            keep(drawn, drawn.ingress().get().rules(left));
        } else {
            throw changing();
        }
    }

    /** Writes a configuration if what is there is still what was looked at; returns its version if so. */
    private Optional<Long> write(Tunnel tunnel, IngressChange change, Json.Obj config) {
        var now = tunnels().config(tunnel.id());
        if (!now.config().equals(change.before().config())) {
            return Optional.empty();
        }
        journal.configures(now.config(), config);
        var written = tunnels().replaceConfig(tunnel.id(), config);
        if (written.version() > now.version() + 1) {
            notes.add("somebody else wrote the tunnel's configuration at the same moment: version " + written.version()
                    + " after " + now.version());
        }
        return Optional.of(written.version());
    }

    private void connectors(Tunnel tunnel, long version) {
        var waited = Duration.ZERO;
        while (true) {
            var behind = tunnels().connectors(tunnel.id()).stream()
                    .filter(one -> one.behind(version))
                    .count();
            if (behind == 0) {
                return;
            }
            if (waited.compareTo(waiting.limit()) >= 0) {
                notes.add(behind + " connectors do not go by version " + version + " yet");
                return;
            }
            waiting.sleep().accept(waiting.step());
            waited = waited.plus(waiting.step());
        }
    }

    /** Until the write is known to have been done, the old ones are ours, too. */
    private void keepRules(Planner.Drawn drawn) {
        var leaving = Planner.waiting(drawn.plan().records());
        leaving.addAll(Planner.going(drawn.plan().records()));
        var rules = new LinkedHashSet<>(drawn.ingress().orElseThrow().rules(leaving));
        rules.addAll(memory.rulesIn(tunnel(drawn).id()));
        keep(drawn, rules);
    }

    private void keep(Planner.Drawn drawn, Set<String> rules) {
        memory = memory.withRules(Optional.of(tunnel(drawn).id()), rules);
        remember.accept(memory);
    }

    private static Outcome outcome(List<HostLine> lines, Set<String> again) {
        if (!again.isEmpty()) {
            return Outcome.UNFINISHED;
        }
        return lines.stream().allMatch(HostLine::done) ? Outcome.OK : Outcome.PARTIAL;
    }

    private Tunnels tunnels() {
        return api.tunnels(wish.binding().accountId());
    }

    private static Tunnel tunnel(Planner.Drawn drawn) {
        return drawn.plan().tunnel().orElseThrow();
    }

    private static CloudflareException changing() {
        return new CloudflareException(
                CloudflareException.Kind.UNAVAILABLE,
                "Cloudflare: the tunnel's configuration changes faster than it can be read (expected: one writer at a time)",
                null,
                null,
                List.of(),
                Optional.empty());
    }
}
