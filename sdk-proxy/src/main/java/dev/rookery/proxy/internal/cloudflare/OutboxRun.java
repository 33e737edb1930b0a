package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.kit.Backoff;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.cloudflare.CloudflarePlan;
import dev.rookery.proxy.cloudflare.CloudflareReport;
import dev.rookery.proxy.cloudflare.CloudflareStatus;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.cloudflare.RecordChange;
import dev.rookery.proxy.cloudflare.SyncOptions;
import dev.rookery.proxy.internal.name.Shown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings entries further: asks Cloudflare, and notes what became of it. Thread-safe. */
public final class OutboxRun {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRun.class);
    private static final double JITTER = 0.2;
    private static final Duration ASKED_MAX = Duration.ofHours(1);
    /** Whether a token is another one is seen by looking only. */
    private static final Duration TOKEN_LOOK = Duration.ofMinutes(1);

    private static final Backoff BETWEEN_TRIES = Backoff.of(Duration.ofSeconds(5), 2, Duration.ofMinutes(15), 0.5);

    private final Entries entries;
    private final Parts parts;

    /**
     * What it works with.
     *
     * @param instance in the marks of records
     * @param access makes the API of a wish; throws if there is no token
     * @param clock the present time
     * @param drift what happens if somebody changes something
     * @param waiting for connectors
     * @param listener is told of every change of a state
     */
    public record Parts(
            String instance,
            Function<Wish, Access> access,
            Clock clock,
            Drift drift,
            Sync.Waiting waiting,
            Consumer<CloudflareStatus> listener) {}

    /**
     * What happens if somebody changes something.
     *
     * @param every how often is looked; zero is never
     * @param repair whether it is changed back, as far as it is ours
     */
    public record Drift(Duration every, boolean repair) {}

    /**
     * A way to Cloudflare.
     *
     * @param api with the token
     * @param tokenPrint tells one token from another
     */
    public record Access(CloudflareApi api, String tokenPrint) {}

    /** Creates it. */
    public OutboxRun(Entries entries, Parts parts) {
        this.entries = entries;
        this.parts = parts;
    }

    /** Notes what is wanted. */
    public void want(Wish wish) {
        told(entries.change(
                wish.binding().id(),
                entry -> Optional.of(entry.map(one -> one.wanting(wish, false)).orElseGet(() -> Entry.of(wish)))));
    }

    /** Notes that bindings are gone: what they had is to go, too. */
    public void end(long revision, List<String> kept) {
        for (var entry : entries.all()) {
            if (!kept.contains(entry.id()) && !entry.ended()) {
                told(entries.change(
                        entry.id(), now -> now.map(one -> one.wanting(one.wish().ended(revision), true))));
            }
        }
    }

    /** Does what is due; returns when to come back. */
    public Optional<Instant> due() {
        for (var entry : entries.all()) {
            if (entry.due(now()) || tokenChanged(entry)) {
                entries.exclusively(all -> {
                    // Somebody else may have done it since.
                    all.find(entry.id())
                            .filter(one -> one.due(now()) || tokenChanged(one))
                            .ifPresent(this::bring);
                    return true;
                });
            }
        }
        return entries.all().stream().flatMap(entry -> comesAt(entry).stream()).min(Instant::compareTo);
    }

    private Optional<Instant> comesAt(Entry entry) {
        if (entry.due(now())) {
            // Somebody else is at it, or a wish came meanwhile.
            return Optional.of(now());
        }
        return entry.state() == State.PAUSED
                ? Optional.of(now().plus(TOKEN_LOOK))
                : entry.status().nextAt();
    }

    /** Brings one entry further now, whatever its state. */
    public CloudflareStatus now(String id, SyncOptions options) {
        return alone(id, entry -> run(entry, options, Sync::run));
    }

    /** Does what a plan lists. */
    public CloudflareStatus now(CloudflarePlan plan, SyncOptions options) {
        return alone(plan.binding(), entry -> {
            if (entry.wish().revision() != plan.revision()) {
                throw new ConflictException("the plan is of revision " + plan.revision() + " (expected: "
                        + entry.wish().revision() + ")");
            }
            return run(entry, options, sync -> sync.run(plan));
        });
    }

    /** Returns what there is to do. */
    public CloudflarePlan plan(String id, SyncOptions options) {
        var entry = require(id);
        return plan(entry.wish(), entry.memory(), options);
    }

    /** Returns what there would be to do. */
    public CloudflarePlan plan(Wish wish, SyncOptions options) {
        var memory = entries.find(wish.binding().id()).map(Entry::memory).orElse(Memory.NONE);
        return plan(wish, memory, options);
    }

    private CloudflarePlan plan(Wish wish, Memory memory, SyncOptions options) {
        var api = parts.access().apply(wish).api();
        return new Planner(api, parts.instance()).plan(wish, memory, manner(options));
    }

    private CloudflareStatus alone(String id, Function<Entry, Entry> work) {
        require(id);
        return entries.exclusively(all -> work.apply(require(id)))
                .orElseThrow(() -> new ConflictException(
                        "Cloudflare is being worked on by somebody else (expected: to try again in a moment)"))
                .status();
    }

    private void bring(Entry entry) {
        if (entry.state() == State.DONE && !removalDue(entry)) {
            look(entry);
        } else {
            run(entry, SyncOptions.USUAL, Sync::run);
        }
    }

    private boolean removalDue(Entry entry) {
        var removal = removal(entry, entry.report());
        return removal.isPresent() && removal.getAsLong() <= now().toEpochMilli();
    }

    private void look(Entry entry) {
        try {
            var plan = plan(entry.wish(), entry.memory(), SyncOptions.USUAL);
            if (!plan.settled() && parts.drift().repair()) {
                run(entry, SyncOptions.USUAL, Sync::run);
                return;
            }
            var lines = new ArrayList<>(plan.settled() ? List.of() : plan.lines());
            lines.addAll(unwell(entry, plan));
            save(
                    entry,
                    one -> one.but()
                            .drift(lines)
                            .nextAt(next(one, one.report()))
                            .build());
        } catch (RookeryException e) {
            failed(entry, e);
        }
    }

    /** What nobody wrote, and nothing that we write mends. */
    private List<String> unwell(Entry entry, CloudflarePlan plan) {
        var lines = new ArrayList<String>();
        plan.tunnel().ifPresent(tunnel -> {
            if (tunnel.status().equals("down") || tunnel.status().equals("degraded")) {
                lines.add("the tunnel is " + tunnel.status());
            }
            long version =
                    plan.ingress().map(change -> change.before().version()).orElse(0L);
            long behind = parts
                    .access()
                    .apply(entry.wish())
                    .api()
                    .tunnels(entry.wish().binding().accountId())
                    .connectors(tunnel.id())
                    .stream()
                    .filter(connector -> connector.behind(version))
                    .count();
            if (behind > 0) {
                lines.add(behind + " connectors do not go by version " + version);
            }
        });
        return lines;
    }

    private Entry run(Entry entry, SyncOptions options, Function<Sync, CloudflareReport> work) {
        try {
            var access = parts.access().apply(entry.wish());
            save(
                    entry,
                    one -> one.but()
                            .state(State.RUNNING)
                            .tokenPrint(access.tokenPrint())
                            .build());
            var sync = new Sync(
                    access.api(),
                    new Planner(access.api(), parts.instance()),
                    entry.wish(),
                    entry.memory(),
                    manner(options),
                    memory -> save(entry, one -> one.but().memory(memory).build()),
                    parts.waiting());
            return finished(entry, work.apply(sync));
        } catch (ConflictException e) {
            save(entry, one -> one.but().state(State.PENDING).build());
            throw e;
        } catch (RookeryException e) {
            return failed(entry, e);
        }
    }

    private Entry finished(Entry entry, CloudflareReport report) {
        boolean again = report.outcome() == CloudflareReport.Outcome.UNFINISHED;
        return save(entry, one -> {
            int attempts = again ? one.attempts() + 1 : 0;
            var changed = one.but()
                    .state(again ? State.WAITING : State.DONE)
                    .attempts(attempts)
                    .report(report)
                    .error(again ? Optional.of("some names are to be tried again") : Optional.empty())
                    .drift(List.of())
                    .nextAt(again ? later(BETWEEN_TRIES.pauseAfter(attempts)) : next(one, Optional.of(report)));
            return again
                    ? changed.build()
                    : changed.doneRevision(entry.wish().revision()).build();
        });
    }

    private Entry failed(Entry entry, RookeryException e) {
        var state = state(e);
        return save(entry, one -> {
            int attempts = one.attempts() + 1;
            var pause = BETWEEN_TRIES.pauseAfter(attempts);
            var asked = asked(e);
            return one.but()
                    .state(state)
                    .attempts(attempts)
                    .error(Optional.of(String.valueOf(e.getMessage())))
                    .nextAt(
                            state == State.WAITING
                                    ? later(pause.compareTo(asked) < 0 ? asked : pause)
                                    : OptionalLong.empty())
                    .build();
        });
    }

    /** Nobody may hold us off for days. */
    private static Duration asked(RookeryException e) {
        var asked = e instanceof CloudflareException ours ? ours.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        return asked.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : asked;
    }

    private static State state(RookeryException e) {
        if (!(e instanceof CloudflareException ours)) {
            // No token, or one that cannot be read.
            return e.retryable() ? State.WAITING : State.PAUSED;
        }
        return switch (ours.kind()) {
            case TOKEN, SCOPE -> State.PAUSED;
            case LIMITED, UNAVAILABLE, EXISTS -> State.WAITING;
            case NOT_FOUND, INVALID -> State.FAILED;
        };
    }

    /** Returns when records are to be removed, or to be looked at. */
    private OptionalLong next(Entry entry, Optional<CloudflareReport> report) {
        var removal = removal(entry, report);
        var look = later(jittered(parts.drift().every()));
        if (removal.isPresent() && look.isPresent()) {
            return OptionalLong.of(Math.min(removal.getAsLong(), look.getAsLong()));
        }
        return removal.isPresent() ? removal : look;
    }

    /** Many who were started together do not look together. */
    private static Duration jittered(Duration every) {
        return Duration.ofMillis((long)
                (every.toMillis() * (1 - JITTER * ThreadLocalRandom.current().nextDouble())));
    }

    private static OptionalLong removal(Entry entry, Optional<CloudflareReport> report) {
        long grace = entry.wish().binding().deleteGrace().toMillis();
        return report.stream()
                .flatMap(one -> one.hosts().stream())
                .filter(line -> line.kind() == RecordChange.Kind.WAIT)
                .flatMap(line -> Optional.ofNullable(entry.memory().unwanted().get(line.host())).stream())
                .mapToLong(since -> since + grace)
                .min();
    }

    /** Changes an entry after a try; a wish that came meanwhile stays to be fulfilled. An ended one that is done is gone. */
    private Entry save(Entry ran, Function<Entry, Entry> change) {
        var saved = entries.change(ran.id(), present -> {
            if (present.isEmpty()) {
                return present;
            }
            var changed = change.apply(present.get());
            if (present.get().wish().revision() != ran.wish().revision()) {
                changed = changed.but()
                        .state(State.PENDING)
                        .nextAt(OptionalLong.empty())
                        .build();
            }
            return gone(changed) ? Optional.empty() : Optional.of(changed);
        });
        told(saved);
        return saved.orElse(change.apply(ran));
    }

    private static boolean gone(Entry entry) {
        return entry.ended()
                && entry.state() == State.DONE
                && entry.report()
                        .map(report -> report.hosts().stream()
                                .noneMatch(line -> line.kind() == RecordChange.Kind.WAIT || !line.done()))
                        .orElse(false);
    }

    private boolean tokenChanged(Entry entry) {
        if (entry.state() != State.PAUSED) {
            return false;
        }
        try {
            var token = parts.access().apply(entry.wish()).tokenPrint();
            return !entry.tokenPrint().equals(Optional.of(token));
        } catch (RookeryException ignored) {
            // Still none.
            return false;
        }
    }

    private Entry require(String id) {
        return entries.find(id)
                .orElseThrow(() -> new NotFoundException("there is no binding '" + Shown.of(id) + "' in the outbox"));
    }

    private void told(Optional<Entry> entry) {
        try {
            entry.ifPresent(one -> parts.listener().accept(one.status()));
        } catch (RuntimeException e) {
            LOG.warn("a listener of the outbox for Cloudflare failed", e);
        }
    }

    private Planner.Manner manner(SyncOptions options) {
        return new Planner.Manner(now(), options.deleteNow(), options.takeOver());
    }

    private OptionalLong later(Duration pause) {
        return pause.isZero()
                ? OptionalLong.empty()
                : OptionalLong.of(now().plus(pause).toEpochMilli());
    }

    private Instant now() {
        return parts.clock().instant();
    }
}
