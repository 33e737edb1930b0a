package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.ConflictException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.proxy.cloudflare.CloudflarePlan;
import dev.rookery.proxy.cloudflare.CloudflareReport;
import dev.rookery.proxy.cloudflare.CloudflareReport.Outcome;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.cloudflare.RecordChange;
import dev.rookery.proxy.cloudflare.SyncOptions;
import dev.rookery.proxy.cloudflare.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one entry further, and keeps what became of it. Whoever calls does so alone. Thread-safe. */
final class EntryRun {

    private static final Logger LOG = LoggerFactory.getLogger(EntryRun.class);

    private final Entries entries;
    private final OutboxRun.Parts parts;
    private final Schedule schedule;
    private final Consumer<Optional<Entry>> told;

    EntryRun(Entries entries, OutboxRun.Parts parts, Schedule schedule, Consumer<Optional<Entry>> told) {
        this.entries = entries;
        this.parts = parts;
        this.schedule = schedule;
        this.told = told;
    }

    /** Does what is due. */
    void bring(Entry entry) {
        if (entry.undo()) {
            undo(entry);
        } else if (entry.state() == State.DONE && !schedule.removalDue(entry)) {
            look(entry);
        } else {
            run(entry, SyncOptions.USUAL, Sync::run);
        }
    }

    Entry run(Entry entry, SyncOptions options, Function<Sync, CloudflareReport> work) {
        return tried(entry, access -> {
            var sync = new Sync(
                    access.api(),
                    new Planner(access.api(), parts.instance()),
                    entry.wish(),
                    entry.memory(),
                    manner(options),
                    memory -> save(entry, one -> one.but().memory(memory).build()),
                    new JournalKeeper(
                            entry.wish().revision(),
                            entry.journal(),
                            entry.memory(),
                            journal -> save(
                                    entry, one -> one.but().journal(journal).build())),
                    parts.waiting());
            return finished(entry, work.apply(sync));
        });
    }

    /** Takes back what was written for the wish. What cannot be at the moment is tried again, like everything else. */
    Entry undo(Entry entry) {
        var journal = entry.journal().orElseThrow();
        return tried(entry, access -> {
            var binding = entry.wish().binding();
            var tunnel = binding.tunnelId()
                    .or(() -> access.api()
                            .tunnels(binding.accountId())
                            .find(binding.tunnelName())
                            .map(Tunnel::id));
            var report = new Undo(access.api(), binding.accountId(), tunnel, journal).run();
            if (report.outcome() == Outcome.UNFINISHED) {
                return save(entry, one -> again(one, report));
            }
            return save(
                    entry,
                    one -> undone(one, report)
                            .but()
                            .memory(one.memory().withRules(journal.rulesIn(), journal.rules()))
                            .build());
        });
    }

    private void look(Entry entry) {
        try {
            var api = parts.access().apply(entry.wish()).api();
            var plan = new Planner(api, parts.instance()).plan(entry.wish(), entry.memory(), manner(SyncOptions.USUAL));
            if (!plan.settled() && parts.drift().repair()) {
                run(entry, SyncOptions.USUAL, Sync::run);
                return;
            }
            var lines = new ArrayList<>(plan.settled() ? List.of() : plan.lines());
            lines.addAll(unwell(entry, plan));
            save(
                    entry,
                    one -> one.but()
                            .attempts(0)
                            .error(Optional.empty())
                            .drift(lines)
                            .nextAt(schedule.next(one, one.report()))
                            .build());
        } catch (RookeryException e) {
            if (e.retryable()) {
                unseen(entry, e);
            } else {
                failed(entry, e);
            }
        }
    }

    /** What could not be looked at is as it was; only another look is due, and nothing is written. */
    private void unseen(Entry entry, RookeryException e) {
        save(entry, one -> {
            int attempts = one.attempts() + 1;
            return one.but()
                    .attempts(attempts)
                    .error(Optional.of(String.valueOf(e.getMessage())))
                    .nextAt(schedule.again(attempts, e))
                    .build();
        });
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

    private Entry tried(Entry entry, Function<OutboxRun.Access, Entry> work) {
        try {
            var access = parts.access().apply(entry.wish());
            save(
                    entry,
                    one -> one.but()
                            .state(State.RUNNING)
                            .undo(entry.undo())
                            .tokenPrint(access.tokenPrint())
                            .build());
            return work.apply(access);
        } catch (ConflictException e) {
            save(entry, one -> one.but().state(State.PENDING).build());
            throw e;
        } catch (RookeryException e) {
            return failed(entry, e);
        } catch (RuntimeException e) {
            // A mistake of ours, about this one alone: others go on.
            LOG.error("What is at Cloudflare for {} cannot be brought to what is wanted", entry.id(), e);
            return failed(entry, new UnavailableException("this failed unexpectedly: " + e, e));
        }
    }

    private Entry finished(Entry entry, CloudflareReport report) {
        return save(
                entry,
                one -> report.outcome() == Outcome.UNFINISHED
                        ? again(one, report)
                        : one.but()
                                .state(State.DONE)
                                .attempts(0)
                                .report(report)
                                .error(Optional.empty())
                                .drift(List.of())
                                .nextAt(schedule.next(one, Optional.of(report)))
                                .doneRevision(entry.wish().revision())
                                .build());
    }

    private static Entry undone(Entry one, CloudflareReport report) {
        return one.but()
                .state(State.UNDONE)
                .undo(false)
                .attempts(0)
                .report(report)
                .error(Optional.empty())
                .drift(List.of())
                .journal(Optional.empty())
                .nextAt(OptionalLong.empty())
                .build();
    }

    private Entry again(Entry one, CloudflareReport report) {
        int attempts = one.attempts() + 1;
        return one.but()
                .state(State.WAITING)
                .attempts(attempts)
                .report(report)
                .error(Optional.of("some names are to be tried again"))
                .drift(List.of())
                .nextAt(schedule.again(attempts))
                .build();
    }

    private Entry failed(Entry entry, RookeryException e) {
        return save(entry, one -> {
            int attempts = one.attempts() + 1;
            return one.but()
                    .state(Schedule.state(e))
                    .attempts(attempts)
                    .error(Optional.of(String.valueOf(e.getMessage())))
                    .nextAt(schedule.again(attempts, e))
                    .build();
        });
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
                        .undo(false)
                        .nextAt(OptionalLong.empty())
                        .build();
            }
            return gone(changed) ? Optional.empty() : Optional.of(changed);
        });
        told.accept(saved);
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

    private Planner.Manner manner(SyncOptions options) {
        return new Planner.Manner(schedule.now(), options.deleteNow(), options.takeOver());
    }
}
