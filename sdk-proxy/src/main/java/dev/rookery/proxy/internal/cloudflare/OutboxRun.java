package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.CloudflarePlan;
import dev.rookery.proxy.cloudflare.CloudflareStatus;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.cloudflare.SyncOptions;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.ProxyDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which entry is to be brought further, and sees to it that one program at a time does so. Thread-safe. */
public final class OutboxRun {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRun.class);

    private final Entries entries;
    private final Parts parts;
    private final Schedule schedule;
    private final EntryRun run;

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
        this.schedule = new Schedule(parts.clock(), parts.drift().every());
        this.run = new EntryRun(entries, parts, schedule, this::told);
    }

    /** Notes what is wanted. */
    public void want(Wish wish) {
        told(entries.change(
                wish.binding().id(),
                entry -> Optional.of(entry.map(one -> one.wanting(wish, false)).orElseGet(() -> Entry.of(wish)))));
    }

    /** Notes that bindings are gone: what they had is to go, too. What is left of one that is gone for a while shares its tunnel with the bindings of now. */
    public void end(long revision, ProxyDocument document) {
        var kept = document.cloudflare().stream().map(CloudflareBinding::id).toList();
        for (var entry : entries.all()) {
            if (!kept.contains(entry.id())) {
                told(entries.change(
                        entry.id(), now -> now.map(one -> one.wanting(one.wish().ended(revision, document), true))));
            }
        }
    }

    /** Does what is due; returns when to come back. */
    public Optional<Instant> due() {
        for (var entry : entries.all()) {
            if (due(entry)) {
                entries.exclusively(all -> {
                    // Somebody else may have done it since.
                    all.find(entry.id()).filter(this::due).ifPresent(run::bring);
                    return true;
                });
            }
        }
        return entries.all().stream()
                .flatMap(entry -> schedule.comesAt(entry).stream())
                .min(Instant::compareTo);
    }

    /** Brings one entry further now, whatever its state; what was taken back is done again. */
    public CloudflareStatus now(String id, SyncOptions options) {
        return alone(id, entry -> run.run(entry.but().undo(false).build(), options, Sync::run));
    }

    /** Does what a plan lists. */
    public CloudflareStatus now(CloudflarePlan plan, SyncOptions options) {
        return alone(plan.binding(), entry -> {
            if (entry.wish().revision() != plan.revision()) {
                throw new ConflictException("the plan is of revision " + plan.revision() + " (expected: "
                        + entry.wish().revision() + ")");
            }
            return run.run(entry, options, sync -> sync.run(plan));
        });
    }

    /** Takes back what was written for the revision that is wanted, now or as soon as that can be. */
    public CloudflareStatus undo(String id) {
        return alone(id, entry -> {
            var undoing = entries.change(id, now -> now.map(Entry::undoing)).orElse(entry);
            return undoing.undo() ? run.undo(undoing) : undoing;
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
        var manner = new Planner.Manner(schedule.now(), options.deleteNow(), options.takeOver());
        return new Planner(api, parts.instance()).plan(wish, memory, manner);
    }

    private CloudflareStatus alone(String id, Function<Entry, Entry> work) {
        require(id);
        return entries.exclusively(all -> work.apply(require(id)))
                .orElseThrow(() -> new ConflictException(
                        "Cloudflare is being worked on by somebody else (expected: to try again in a moment)"))
                .status();
    }

    private boolean due(Entry entry) {
        return schedule.due(entry) || tokenChanged(entry);
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
}
