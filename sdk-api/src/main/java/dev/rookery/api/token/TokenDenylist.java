package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tokens that were taken back: each denial concerns the tokens made up to the moment of the denial, by {@code jti}, by user, or by user on one
 * server. Source: node API §3.5. Thread-safe; no call waits for anything but another one.
 *
 * <p>The moment is one of this clock, and the dates of a token are those of the panel's: if the panel's clock is ahead, a token that it made
 * shortly before a denial may look made after it. So clocks have to be kept in step; whoever puts a user out ends the user's connections too.
 *
 * <p>Tokens carry whole seconds, so one that was made after a denial but within the same second is denied too: fetch another. A denial is
 * forgotten when every token it concerns has expired. The list is bounded: when it is full, the oldest denial is widened to all tokens
 * made up to then, so that nothing that was taken back is ever good again.
 */
public final class TokenDenylist {

    private static final int DEFAULT_CAPACITY = 100_000;

    private final Clock clock;
    private final Duration retention;
    private final int capacity;
    private final Object lock = new Object();

    // Guarded by lock, oldest denial first.
    private final Map<Entry.Subject, Instant> denials = new LinkedHashMap<>();
    private Instant floor = Instant.EPOCH;

    private TokenDenylist(Clock clock, Duration retention, int capacity) {
        this.clock = requireNonNull(clock, "clock");
        this.retention = requireNonNull(retention, "retention");
        this.capacity = capacity;
        if (retention.isNegative() || retention.isZero() || capacity < 1) {
            throw new InvalidInputException("retention: " + retention + ", capacity: " + capacity + " (expected: > 0)");
        }
    }

    /**
     * Returns an empty list for 100,000 denials.
     *
     * @param clock tells the time
     * @param retention how long a token may last
     */
    public static TokenDenylist create(Clock clock, Duration retention) {
        return create(clock, retention, DEFAULT_CAPACITY);
    }

    /**
     * Returns an empty list.
     *
     * @param clock tells the time
     * @param retention how long a token may last
     * @param capacity how many denials it holds, at least 1
     */
    public static TokenDenylist create(Clock clock, Duration retention, int capacity) {
        return new TokenDenylist(clock, retention, capacity);
    }

    /** Takes back the tokens with a {@code jti} that were made up to now. */
    public void denyId(String id) {
        deny(new Entry.Subject(Entry.Kind.ID, requireNonNull(id, "id")));
    }

    /** Takes back the tokens of a user that were made up to now. */
    public void denyUser(UUID user) {
        deny(userKey(user));
    }

    /** Takes back the tokens of a user on one server that were made up to now. */
    public void denyUser(UUID user, ServerId server) {
        deny(userKey(user, server));
    }

    /** Takes back all tokens that were made up to now. */
    public void denyAll() {
        synchronized (lock) {
            floor = clock.instant();
            denials.clear();
        }
    }

    /** Returns whether a token was taken back. A transfer has no user and can only be taken back by its {@code jti}, or with all. */
    public boolean denies(Token token) {
        var issuedAt = token.stamp().issuedAt();
        synchronized (lock) {
            if (!issuedAt.isAfter(floor)) {
                return true;
            }
            if (denials.isEmpty()) {
                return false;
            }
            return denied(new Entry.Subject(Entry.Kind.ID, token.stamp().id()), issuedAt)
                    || token.userId()
                            .filter(user -> denied(userKey(user), issuedAt)
                                    || token.serverId()
                                            .filter(server -> denied(userKey(user, server), issuedAt))
                                            .isPresent())
                            .isPresent();
        }
    }

    /** Returns how long a denial is remembered. */
    public Duration retention() {
        return retention;
    }

    /** Returns everything it remembers, so that it can be kept over a restart. */
    public Snapshot snapshot() {
        synchronized (lock) {
            forget();
            var entries = new ArrayList<Entry>();
            denials.forEach((subject, at) -> entries.add(new Entry(subject.kind(), subject.key(), at)));
            return new Snapshot(floor, entries);
        }
    }

    /** Adds what was remembered before. Denials of this list stay. */
    public void restore(Snapshot snapshot) {
        synchronized (lock) {
            var merged = new ArrayList<Entry>(snapshot.entries());
            denials.forEach((subject, at) -> merged.add(new Entry(subject.kind(), subject.key(), at)));
            merged.sort((a, b) -> a.deniedAt().compareTo(b.deniedAt()));
            floor = floor.isAfter(snapshot.floor()) ? floor : snapshot.floor();
            denials.clear();
            merged.forEach(entry -> put(new Entry.Subject(entry.kind(), entry.key()), entry.deniedAt()));
            forget();
        }
    }

    private void deny(Entry.Subject subject) {
        synchronized (lock) {
            put(subject, clock.instant());
            forget();
        }
    }

    private void put(Entry.Subject subject, Instant at) {
        // Removed first, so that the order is that of the denials; a clock that was set back takes nothing back.
        var before = denials.remove(subject);
        denials.put(subject, before != null && before.isAfter(at) ? before : at);
    }

    private void forget() {
        var oldest = clock.instant().minus(retention);
        var entries = denials.entrySet().iterator();
        while (entries.hasNext()) {
            var at = entries.next().getValue();
            boolean full = denials.size() > capacity;
            if (!full && !at.isBefore(oldest)) {
                return;
            }
            if (!at.isBefore(oldest) && at.isAfter(floor)) {
                floor = at;
            }
            entries.remove();
        }
    }

    private boolean denied(Entry.Subject subject, Instant issuedAt) {
        var at = denials.get(subject);
        return at != null && !issuedAt.isAfter(at);
    }

    private static Entry.Subject userKey(UUID user) {
        return new Entry.Subject(Entry.Kind.USER, user.toString());
    }

    private static Entry.Subject userKey(UUID user, ServerId server) {
        return new Entry.Subject(Entry.Kind.SERVER_USER, server + ":" + user);
    }

    /**
     * One denial.
     *
     * @param kind what it goes by
     * @param key the {@code jti}, the user, or the server and the user joined by a colon
     * @param deniedAt tokens made up to then are denied
     */
    public record Entry(
            @JsonProperty("kind") Kind kind,
            @JsonProperty("key") String key,
            @JsonProperty("denied_at") Instant deniedAt) {

        /** Checks its arguments. */
        public Entry {
            requireNonNull(kind, "kind");
            requireNonNull(key, "key");
            requireNonNull(deniedAt, "deniedAt");
        }

        /** What a denial goes by. */
        public enum Kind {
            /** The {@code jti}. */
            ID,
            /** The user. */
            USER,
            /** The user on one server. */
            SERVER_USER
        }

        record Subject(Kind kind, String key) {}
    }

    /**
     * All denials at one moment.
     *
     * @param floor all tokens made up to then are denied
     * @param entries the denials, oldest first
     */
    public record Snapshot(
            @JsonProperty("floor") Instant floor,
            @JsonProperty("entries") List<Entry> entries) {

        /** Checks its arguments and copies the list. */
        public Snapshot {
            requireNonNull(floor, "floor");
            entries = List.copyOf(entries);
        }
    }
}
