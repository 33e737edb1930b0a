package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.RookeryException;
import dev.rookery.kit.Backoff;
import dev.rookery.proxy.cloudflare.CloudflareException;
import dev.rookery.proxy.cloudflare.CloudflareReport;
import dev.rookery.proxy.cloudflare.CloudflareStatus.State;
import dev.rookery.proxy.cloudflare.RecordChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** Says when an entry is looked at again. Thread-safe. */
final class Schedule {

    /** Nobody may hold us off for days. */
    private static final Duration ASKED_MAX = Duration.ofHours(1);
    /** Whether a token is another one is seen by looking only. */
    private static final Duration TOKEN_LOOK = Duration.ofMinutes(1);

    private static final double JITTER = 0.2;
    private static final Backoff BETWEEN_TRIES = Backoff.of(Duration.ofSeconds(5), 2, Duration.ofMinutes(15), 0.5);

    private final Clock clock;
    private final Duration driftEvery;

    Schedule(Clock clock, Duration driftEvery) {
        this.clock = clock;
        this.driftEvery = driftEvery;
    }

    Instant now() {
        return clock.instant();
    }

    boolean due(Entry entry) {
        return entry.due(now());
    }

    boolean removalDue(Entry entry) {
        var removal = removal(entry, entry.report());
        return removal.isPresent() && removal.getAsLong() <= now().toEpochMilli();
    }

    /** Returns when to come back for an entry; empty if that is not planned. */
    Optional<Instant> comesAt(Entry entry) {
        if (due(entry)) {
            // Somebody else is at it, or a wish came meanwhile.
            return Optional.of(now());
        }
        return entry.state() == State.PAUSED
                ? Optional.of(now().plus(TOKEN_LOOK))
                : entry.status().nextAt();
    }

    /** Returns when records are to be removed, or to be looked at. */
    OptionalLong next(Entry entry, Optional<CloudflareReport> report) {
        var removal = removal(entry, report);
        var look = driftEvery.isZero() ? OptionalLong.empty() : later(jittered());
        if (removal.isPresent() && look.isPresent()) {
            return OptionalLong.of(Math.min(removal.getAsLong(), look.getAsLong()));
        }
        return removal.isPresent() ? removal : look;
    }

    /** Returns when it is tried again. */
    OptionalLong again(int attempts) {
        return later(BETWEEN_TRIES.pauseAfter(attempts));
    }

    /** Returns when it is tried again after a failure; empty if that does not help. */
    OptionalLong again(int attempts, RookeryException e) {
        if (state(e) != State.WAITING) {
            return OptionalLong.empty();
        }
        var pause = BETWEEN_TRIES.pauseAfter(attempts);
        var asked = e instanceof CloudflareException ours ? ours.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        var bounded = asked.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : asked;
        return later(pause.compareTo(bounded) < 0 ? bounded : pause);
    }

    /** Returns what a failure means. */
    static State state(RookeryException e) {
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

    private static OptionalLong removal(Entry entry, Optional<CloudflareReport> report) {
        long grace = entry.wish().binding().deleteGrace().toMillis();
        return report.stream()
                .flatMap(one -> one.hosts().stream())
                .filter(line -> line.kind() == RecordChange.Kind.WAIT)
                .flatMap(line -> Optional.ofNullable(entry.memory().unwanted().get(line.host())).stream())
                .mapToLong(since -> since + grace)
                .min();
    }

    /** Many who were started together do not look together. */
    private Duration jittered() {
        double share = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
        return Duration.ofMillis((long) (driftEvery.toMillis() * share));
    }

    private OptionalLong later(Duration pause) {
        return OptionalLong.of(now().plus(pause).toEpochMilli());
    }
}
